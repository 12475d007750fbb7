import { describe, expect, it } from 'vitest';
import { handFile, withChange } from './hand-file.fixture.ts';
import { checkPlanFile, describeVerdict } from './index.ts';

/** The lines about a file that could be read. */
function check(file: unknown) {
  const result = checkPlanFile(file);
  if (result.kind === 'unreadable') throw new Error(result.sentence);
  return { ...describeVerdict(result.verdict), verdict: result.verdict };
}

const change = (path: string, value: Parameters<typeof withChange>[2]) => withChange(handFile(), path, value);

describe('an answer that holds', () => {
  it('is proven, with the figures reckoned by hand', () => {
    const { isProven, lines } = check(handFile());
    expect(lines).toEqual([
      'HOLDS.',
      'The plan is worth 0.150000000000 USD.',
      'No plan is worth more than 0.150000001000 USD.',
      'Proven gap: 0.000000001000 USD, 1.000e-9 of the value.',
    ]);
    expect(isProven).toBe(true);
  });

  it('may carry multipliers that prove less, as long as it does not claim more', () => {
    // Without a price on the cap both machines would run in hour 1: bound 4 * 0.05 = 0.2 USD, and the claim of 0.150000001 falls.
    const { isProven, verdict, lines } = check(change('answer.multipliers.cap', [[0, 0, 0]]));
    expect(isProven).toBe(false);
    expect(verdict).toMatchObject({ kind: 'plan', boundPusd: 200_000_000_000n, gapPusd: 50_000_000_000n });
    expect(lines).toContain('- The answer says exact.boundUnits = 150000001000; it is 200000000000.');
  });
});

describe('one thing changed', () => {
  it('a cap that is lower by one watt is seen to be broken', () => {
    expect(check(change('problem.sites.0.capKw', [null, 2.999, null])).lines).toContain(
      '- Site s draws 3000 W in interval 1; its cap is 2999 W.',
    );
  });

  it('a price that differs by one unit changes the value', () => {
    const { verdict } = check(change('problem.priceUsdPerMwh', [50.000001, 50, 100]));
    // 1e-6 USD/MWh is 1e-12 USD, one unit, per W and hour; 6,000 W draw it.
    expect(verdict).toMatchObject({ kind: 'plan', recount: { valuePusd: 149_999_994_000n } });
    expect(verdict.findings).toContainEqual({
      kind: 'claim',
      figure: 'exact.valueUnits',
      claimed: '150000000000',
      reckoned: '149999994000',
    });
  });

  it('a load that the plan does not draw is seen', () => {
    expect(check(change('answer.loadKw', [6, 3.001, 0])).lines).toContain('- The answer says loadKw[1] = 3.001; it is 3.');
  });

  it('a unit that runs an hour longer breaks the cap and changes money and load', () => {
    const { verdict } = check(
      change('answer.machines.1.runs', [
        [0, 2, 0],
        [2, 3, null],
      ]),
    );
    expect(verdict.findings).toContainEqual({ kind: 'cap', siteId: 's', interval: 1, loadW: 6000n, capW: 3000n });
    expect(verdict.findings.map((finding) => (finding.kind === 'claim' ? finding.figure : finding.kind))).toEqual([
      'cap',
      'exact.valueUnits',
      'valueUsd',
      'money.hashingUsd',
      'money.energyUsd',
      'loadKw[1]',
      'gapUsd',
      'gapRatio',
      'gapParts.regretUsd',
      'gapParts.unusedCapUsd',
    ]);
  });

  it('a restart costs its wear and six minutes of hashing', () => {
    // On, off, on: hours 0 and 2 earn 0.05 - 0.1; the start costs 0.01 + 0.1 * 0.2 = 0.03. The other unit keeps 0.1: 0.02 in all.
    const { verdict } = check(
      change('answer.machines.1.runs', [
        [0, 1, 0],
        [1, 2, null],
        [2, 3, 0],
      ]),
    );
    expect(verdict).toMatchObject({ recount: { valuePusd: 20_000_000_000n, money: { startsPusd: 30_000_000_000n } } });
  });

  it('a multiplier below 0 proves nothing', () => {
    const { lines } = check(change('answer.multipliers.cap', [[0, -1, 0]]));
    expect(lines).toContain('- The multiplier on the row "cap of s in interval 1" proves nothing: it is below 0.');
    expect(lines.at(-1)).toBe('Its multipliers prove no bound.');
  });

  it('a multiplier on a cap that does not exist proves nothing', () => {
    expect(check(change('answer.multipliers.cap', [[1, 16_666_667, 0]])).lines).toContain(
      '- The multiplier on the row "cap of s in interval 0" proves nothing: the problem has no such row.',
    );
  });

  it.each([
    ['problem.machines.0.locks', [{ kind: 'on', from: 2, to: 3 }], '- Unit 0 of machine m must be on in interval 2 and is not.'],
    ['problem.machines.0.locks', [{ kind: 'off', from: 0, to: 1 }], '- Unit 1 of machine m must be off in interval 0 and is not.'],
    ['problem.machines.0.initialMode', null, '- The answer says money.restartUsd = 0; it is 0.06.'],
    ['problem.sites.0.rampKw', 2, '- Site s changes its load by -3000 W into interval 2; at most 2000 W is allowed.'],
    ['problem.hashpriceUsdPerThDay', [0.048, 0.048, 0], null],
  ])('%s = %j is heeded', (path, value, line) => {
    const { lines, isProven } = check(change(path, value));
    if (line === null) expect(isProven).toBe(true);
    else expect(lines).toContain(line);
  });

  it('minimum times, starts and a first state are held against the whole run', () => {
    const file = handFile();
    const machine = { ...Object(Reflect.get(Object(file.problem.machines), 0)), initialMode: 0, initialAgeIntervals: 1 };
    const withRules = (rules: object) => check({ ...file, problem: { ...file.problem, machines: [{ ...machine, ...rules }] } }).lines;
    // On for one hour before: unit 0 is on for 3 hours in all, unit 1 for 2.
    expect(withRules({ minUpIntervals: 3 })).toContain(
      '- Unit 1 of machine m stays on from interval 0 for 2 intervals in all; at least 3 are required.',
    );
    expect(withRules({ minUpIntervals: 2 })[0]).toBe('HOLDS.');
    // Off until the end of the horizon: no minimum down time is broken.
    expect(withRules({ minDownIntervals: 24, maxStarts: 0 })[0]).toBe('HOLDS.');
  });
});

describe('every figure of the answer', () => {
  const figures = [
    ...['valueUsd', 'boundUsd', 'gapUsd', 'gapRatio', 'loadKw.0', 'loadKw.1', 'loadKw.2'],
    ...['hashingUsd', 'energyUsd', 'restartUsd', 'capPenaltyUsd', 'takeOrPayUsd', 'demandChargeUsd'].map((part) => `money.${part}`),
    ...['regretUsd', 'unusedCapUsd', 'unusedRampUsd', 'clientUsd', 'takeOrPayUsd', 'demandChargeUsd'].map((part) => `gapParts.${part}`),
  ];
  it.each(figures)('%s is caught when it is off by a millionth', (figure) => {
    const path = `answer.${figure}`;
    const claimed = path.split('.').reduce<unknown>((at, name) => Reflect.get(Object(at), name), handFile());
    const { verdict } = check(change(path, Number(claimed) + 1e-6));
    expect(verdict.findings.map((finding) => finding.kind)).toEqual(['claim']);
  });

  it.each(['exact.valueUnits', 'exact.boundUnits'])('%s is caught when it is off by one unit', (figure) => {
    const claimed = figure === 'exact.valueUnits' ? '150000000001' : '150000000999';
    expect(check(change(`answer.${figure}`, claimed)).verdict.findings).toHaveLength(1);
  });
});

describe('certificates', () => {
  it('weights on rows prove that a floor does not fit under the caps', () => {
    // Two machines, three hours, cap 3 kW throughout: at most 3 machine-hours. Floor 4. Weights: 1 on each cap, 3,000 on the floor. A machine-hour is then worth 3,000 - 3,000 = 0 to a machine;
    // rows: 3 * 3,000 - 4 * 3,000 = -3,000 < 0.
    const file = handFile();
    const problem = {
      ...file.problem,
      machines: [{ ...Object(Reflect.get(Object(file.problem.machines), 0)), client: 'c' }],
      sites: [{ id: 's', capKw: [3, 3, 3] }],
      clients: [{ id: 'c', minMachineIntervals: 4 }],
    };
    const answer = (cap: number[], client: number, value: string) => ({
      status: 'infeasible',
      certificate: { kind: 'rows', weights: { cap: [cap], rampUp: [[0, 0, 0]], rampDown: [[0, 0, 0]], client: [client] }, value },
    });
    expect(check({ problem, answer: answer([1, 1, 1], 3000, '-3000') }).lines).toEqual([
      'HOLDS.',
      'No plan can meet the rules of this problem.',
    ]);
    // A floor of 3 fits: the same weights give 0.
    const feasible = { ...problem, clients: [{ id: 'c', minMachineIntervals: 3 }] };
    expect(check({ problem: feasible, answer: answer([1, 1, 1], 3000, '0') }).lines).toContain(
      '- Not proven: no plan exists; the weighted sum of rows is 0, which is not below 0.',
    );
    expect(check({ problem, answer: answer([1, 1, 1], 3000, '-2999') }).isProven).toBe(false);
    // Soft caps prove nothing.
    const soft = { ...problem, sites: [{ id: 's', capKw: [3, 3, 3], capPenaltyUsdPerKwh: 1 }] };
    expect(check({ problem: soft, answer: answer([1, 1, 1], 3000, '-3000') }).isProven).toBe(false);
  });

  it('a machine whose rules contradict each other has no schedule', () => {
    const [on, off] = [
      { kind: 'on', from: 0, to: 2 },
      { kind: 'off', from: 1, to: 3 },
    ];
    const answerOf = (locks: object[]) => ({ status: 'infeasible', certificate: { kind: 'unit', id: 'm', unit: 0, locks } });
    const answer = answerOf([on!, off!]);
    const late = { kind: 'off', from: 2, to: 3 };
    const contradictory = withChange(handFile(), 'problem.machines.0.locks', [on, off, late]) as { problem: unknown };
    expect(check({ problem: contradictory.problem, answer }).isProven).toBe(true);
    const { problem } = contradictory;
    expect(check({ problem, answer: answerOf([on!]) }).lines).toContain(
      '- Not proven: machine m has no schedule because of the lock "on" from 0 to 2; with these locks alone it has one.',
    );
    expect(check({ problem, answer: answerOf([on!, off!, late]) }).lines).toContain(
      '- Not proven: the lock "off" from 2 to 3 is one of the reasons; without it the machine has no schedule either.',
    );
    expect(check({ problem, answer: answerOf([{ ...on!, to: 3 }, off!]) }).lines).toContain(
      '- Not proven: the lock "on" from 0 to 3 is one of the reasons; the machine has no such lock.',
    );
    expect(check({ problem: handFile().problem, answer }).lines).toContain(
      '- Not proven: machine m has no schedule; it has one that obeys all its rules.',
    );
  });
});

describe('what an answer says of itself', () => {
  it('is not proven by a search that tried everything: there is nothing to check', () => {
    const answer = { status: 'infeasible', certificate: { kind: 'search' }, boundUsd: null, multipliers: null };
    const { isProven, lines } = check({ problem: handFile().problem, answer });
    expect(isProven).toBe(false);
    expect(lines.join(' ')).toContain('leaves nothing to check');
  });

  it('is held against the gap that was asked for', () => {
    const file = handFile();
    const told = (gapTarget: number) => check({ ...file, answer: { ...file.answer, status: 'certified', options: { gapTarget } } });
    expect(told(1).isProven).toBe(true);
    expect(told(0).lines.join(' ')).toContain('a gap of at most 0');
  });
});

describe('an answer without a plan', () => {
  const answer = { status: 'unknown', boundUsd: 0.150000001, multipliers: handFile().answer.multipliers ?? null };
  it('still proves its bound', () => {
    expect(check({ problem: handFile().problem, answer }).lines).toEqual([
      'HOLDS.',
      'No plan in the answer. No plan is worth more than 0.150000001000 USD.',
    ]);
  });

  it('proves no bound without multipliers', () => {
    expect(check({ problem: handFile().problem, answer: { ...answer, multipliers: null } }).isProven).toBe(false);
    expect(check({ problem: handFile().problem, answer: { ...answer, multipliers: null, boundUsd: null } }).lines).toEqual([
      'HOLDS.',
      'The answer holds neither a plan nor a bound.',
    ]);
  });
});
