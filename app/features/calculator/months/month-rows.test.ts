import { describe, expect, it } from 'vitest';
import { anAnswer, aProjection } from '#app/features/calculator/fixtures.ts';
import { toMonthRows } from './month-rows.ts';
import { type MonthsCsvTitles, toMonthsCsv } from './months-csv.ts';

const TITLES: MonthsCsvTitles = {
  machine: 'Machine',
  month: 'Month',
  until: 'Until',
  mined: 'Mined (BTC)',
  revenue: 'Revenue (USD)',
  power: 'Power (USD)',
  fixed: 'Fixed (USD)',
  net: 'Net (USD)',
  cumulative: 'Cumulative (USD)',
  events: 'Events',
};

describe('toMonthRows', () => {
  it('marks payback, halving, switch-off and the residual in their months', () => {
    const projection = aProjection(300, [150, 140, 130, 120], { paybackMonths: 2.1, shutdownMonth: 4 });
    projection.months[3] = { ...projection.months[3]!, minedBtc: 0 };
    const answer = anAnswer({ projection, halvingMonths: 1.5 });
    answer.inputs.residualUsd = 50;
    const rows = toMonthRows(answer);
    expect(rows.map((row) => row.events)).toEqual([[], ['halving'], ['paidBack'], ['off', 'residual']]);
    expect(rows.map((row) => row.isOff)).toEqual([false, false, false, true]);
    // 30.4375 days after 1 November
    expect(new Date(rows[0]!.untilMs).toISOString()).toBe('2025-12-01T10:30:00.000Z');
  });

  it('shows amounts in the chosen currency', () => {
    const rows = toMonthRows(anAnswer({ currency: 'cny', moneyPerUsd: 7 }));
    expect(rows[0]).toMatchObject({ net: 1050, cumulative: -1050 });
  });
});

describe('the CSV of the months', () => {
  it('has a header with units and one line a month', () => {
    const csv = toMonthsCsv('Antminer S21 Pro', toMonthRows(anAnswer()), TITLES, (event) => event);
    const lines = csv.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('Machine,Month,Until,Mined (BTC),Revenue (USD),Power (USD),Fixed (USD),Net (USD),Cumulative (USD),Events');
    expect(lines[1]).toBe('Antminer S21 Pro,1,2025-12-01,0.001000000000,250.000000,100.000000,0,150.000000,-150.000000,');
    expect(lines[3]).toMatch(/,paidBack$/);
  });
});
