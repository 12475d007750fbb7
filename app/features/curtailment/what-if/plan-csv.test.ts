import { describe, expect, it } from 'vitest';
import type { PlanAnswer } from '#engine';
import { toPlanCsv } from './plan-csv.ts';
import { aForm, settingOf } from './sample-problem.fixture.ts';
import { emptyRow } from './what-if-form.ts';

const TITLES = {
  machine: 'machine',
  unit: 'unit',
  client: 'client',
  from: 'from',
  to: 'to',
  mode: 'mode',
  powerW: 'power (W)',
  off: 'off',
};

describe('toPlanCsv', () => {
  it('writes every run with local times and offsets, across a change of the clock', () => {
    const { problem } = settingOf(aForm({ day: '2022-11-06', rows: [{ ...emptyRow(), model: 'Antminer S21', count: '1', client: 'A' }] }));
    const machines = [
      {
        id: '1-antminer-s21',
        unit: 0,
        runs: [
          [0, 2, 0],
          [2, 25, null],
        ],
      },
    ];
    expect(toPlanCsv(problem, { machines } as unknown as PlanAnswer, TITLES).split('\r\n')).toEqual([
      '\ufeffmachine,unit,client,from,to,mode,power (W)',
      '1-antminer-s21,0,A,2022-11-06T00:00-05:00,2022-11-06T01:00-06:00,normal,3500',
      '1-antminer-s21,0,A,2022-11-06T01:00-06:00,2022-11-07T00:00-06:00,off,0',
      '',
    ]);
  });

  it('defuses what a spreadsheet would run', () => {
    const { problem } = settingOf(
      aForm({ rows: [{ ...emptyRow(), model: 'Antminer S21', count: '1', client: '=HYPERLINK("http://a","b")' }], floors: {} }),
    );
    const machines = [{ id: '1-antminer-s21', unit: 0, runs: [[0, 24, 0]] }];
    expect(toPlanCsv(problem, { machines } as unknown as PlanAnswer, TITLES)).toContain(`,"'=HYPERLINK(""http://a"",""b"")",`);
  });
});
