import { describe, expect, it } from 'vitest';
import { handFile, withChange } from './hand-file.fixture.ts';
import { checkPlanFile, checkPlanText } from './index.ts';
import { createDice } from './tiny-problem.fixture.ts';

const sentenceOf = (path: string, value: Parameters<typeof withChange>[2]) => {
  const result = checkPlanFile(withChange(handFile(), path, value));
  return result.kind === 'unreadable' ? result.sentence : null;
};

describe('a file that cannot be checked', () => {
  it.each([
    ['problem', undefined, 'file has no problem.'],
    ['answer.exact', undefined, 'file.answer has no exact.'],
    ['problem.interval.count', 3.5, 'file.problem.interval.count is 3.5; allowed: a whole number from 1 to 10000.'],
    ['problem.interval.count', 4, 'file.problem.sites[0].capKw has 3 entries; allowed: 4.'],
    ['problem.priceUsdPerMwh', 'dear', 'file.problem.priceUsdPerMwh is "dear"; allowed: a list.'],
    [
      'problem.machines.0.modes.0.powerW',
      null,
      'file.problem.machines[0].modes[0].powerW is null; allowed: a number from 0 to 1000000000.',
    ],
    ['problem.machines.0.site', 'elsewhere', 'file.problem.machines[0].site is "elsewhere"; allowed: the id of a site of the problem.'],
    ['problem.machines.0.colour', 'red', 'file.problem.machines[0] has a field "colour" that this checker does not know.'],
    ['problem.weather', 'fine', 'file.problem has a field "weather" that this checker does not know.'],
    [
      'problem.machines.0.modes',
      [],
      'file.problem.machines[0].modes is []; allowed: at least one mode that hashes and at most one that does not.',
    ],
    [
      'answer.status',
      'fine',
      'file.answer.status is "fine"; allowed: certified, bounded, cancelled, infeasible, unknown, cancelled_without_plan.',
    ],
    ['answer.machines.1.unit', 0, 'file.answer.machines[1].unit is 0; allowed: a unit that no earlier entry has.'],
    ['answer.machines.1.id', 'x', 'file.answer.machines[1].id is "x"; allowed: the id of a machine of the problem.'],
    ['answer.machines.1', undefined, 'file.answer.machines[1] is undefined; allowed: an object.'],
    ['answer.machines', [], 'file.answer.machines has no entry for unit 0 of machine m.'],
    ['answer.machines.0.runs', [[0, 2, 0]], 'file.answer.machines[0].runs ends after 2 of 3 intervals.'],
    ['answer.machines.0.runs.1.0', 1, 'file.answer.machines[0].runs[1][0] is 1; allowed: a whole number from 2 to 2.'],
    ['answer.machines.0.runs.1.1', 4, 'file.answer.machines[0].runs[1][1] is 4; allowed: a whole number from 3 to 3.'],
    ['answer.machines.0.runs.1.2', 1, 'file.answer.machines[0].runs[1][2] is 1; allowed: a whole number from 0 to 0.'],
    [
      'answer.multipliers.cap.0.1',
      0.5,
      'file.answer.multipliers.cap[0][1] is 0.5; allowed: a whole number from -9007199254740991 to 9007199254740991.',
    ],
    ['answer.multipliers.cap', [], 'file.answer.multipliers.cap has 0 entries; allowed: 1.'],
    ['answer.exact.valueUnits', 15, 'file.answer.exact.valueUnits is 15; allowed: a whole number in quotation marks.'],
  ])('%s = %j', (path, value, sentence) => {
    expect(sentenceOf(path, value)).toBe(sentence);
  });

  it('refuses text that is not JSON, and JSON that is no file', () => {
    expect(checkPlanText('{')).toMatchObject({ kind: 'unreadable', sentence: expect.stringMatching(/^The file is not JSON: /) });
    expect(checkPlanText('[]')).toEqual({ kind: 'unreadable', sentence: 'file is []; allowed: an object.' });
    expect(checkPlanText('null')).toEqual({ kind: 'unreadable', sentence: 'file is null; allowed: an object.' });
  });

  it('refuses two machines of one id', () => {
    const machine = Reflect.get(Object(handFile().problem.machines), 0);
    expect(sentenceOf('problem.machines', [machine, machine])).toBe(
      'file.problem.machines[1].id is "m"; allowed: an id that no earlier entry has.',
    );
  });

  it('does not take inherited names for fields', () => {
    expect(checkPlanText('{"problem": {"__proto__": {"interval": 1}}}')).toMatchObject({ kind: 'unreadable' });
    expect(sentenceOf('problem.machines.0.client', 'constructor')).toBeNull();
  });
});

describe('2,000 files with one to three places replaced by anything', () => {
  it('are read or refused in one sentence, and never crash', () => {
    const dice = createDice(7);
    const anything = [null, true, -1, 0, 0.5, 1e300, -1e300, 2 ** 60, '', 'm', [], {}, [[]], [0, 1, 2], '1e9', 'toString', Number.NaN];
    let refused = 0;
    for (let round = 0; round < 2000; round++) {
      let file: unknown = handFile();
      for (let times = dice(1, 3); times > 0; times--) {
        const paths = listPaths(file);
        const path = paths[dice(0, paths.length - 1)]!;
        file = withChange(file as ReturnType<typeof handFile>, path, structuredClone(anything[dice(0, anything.length - 1)]) as null);
      }
      const result = checkPlanFile(file);
      if (result.kind !== 'unreadable') continue;
      refused++;
      expect(result.sentence).toMatch(/^file[^\n]*\.$/);
    }
    expect(refused).toBeGreaterThan(1000);
    expect(refused).toBeLessThan(2000);
  });
});

function listPaths(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [path, ...listPaths(inner, path)];
  });
}
