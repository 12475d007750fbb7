import { describe, expect, it } from 'vitest';
import { aForm, errorsOf, ownPrices, settingOf, someDeps } from './sample-problem.fixture.ts';
import type { StoredDays } from './stored-days.ts';
import { sumFleet } from './to-plan-problem.ts';
import { createPreset, emptyRow, PRESET_NAMES, type WhatIfForm } from './what-if-form.ts';

describe('toPlanProblem', () => {
  it('makes the presets’ problems: catalogue figures, own modes, caps by the clock, floors by client', () => {
    const { problem, classes, date, source } = settingOf(aForm());
    expect(problem.interval).toEqual({ startAt: '2022-10-20T05:00:00.000Z', minutes: 60, count: 24, timeZone: 'America/Chicago' });
    expect([date, source]).toEqual(['2022-10-20', expect.stringContaining('ERCOT')]);
    expect(problem.machines[0]).toMatchObject({
      count: 24,
      client: 'A',
      modes: [
        { name: 'low', powerW: 2450, hashrateThs: 156 },
        { name: 'normal', powerW: 3500, hashrateThs: 200 },
      ],
      restartUsd: 0.1,
      bootMinutes: 6,
      minUpIntervals: 1,
    });
    expect(classes.map(({ normal }) => normal)).toEqual([1, 0, 0]);
    expect(problem.sites?.[0]?.capKw?.map((cap, hour) => (cap === null ? null : hour)).filter((hour) => hour !== null)).toEqual([
      15, 16, 17, 18, 19, 20,
    ]);
    // 50 % of 60 machines x 24 hours
    expect(problem.clients).toEqual([{ id: 'A', minMachineIntervals: 720 }]);
  });

  it.each(PRESET_NAMES)('finds nothing wrong with the preset %s', (name) => {
    expect(errorsOf(createPreset(name))).toEqual([]);
  });

  it('plans the days on which the clock changes with 23 and 25 hours', () => {
    expect(settingOf(aForm({ day: '2022-03-13' })).problem.interval.count).toBe(23);
    const autumn = settingOf(aForm({ day: '2022-11-06', caps: [{ from: '01:00', to: '02:00', kw: '5' }] }));
    expect(autumn.problem.interval.count).toBe(25);
    // The hour from one to two comes twice, and the cap holds in both.
    expect(autumn.problem.sites?.[0]?.capKw?.slice(0, 4)).toEqual([null, 5, 5, null]);
  });

  it('takes the length of the interval from the number of prices, or from the guest', () => {
    const step = (count: number, changes = {}) =>
      settingOf(ownPrices(new Array(count).fill(40), { step: 'auto', span: 'asGiven', ...changes })).problem.interval.minutes;
    expect([24, 23, 25, 48, 96, 92, 100, 288].map((count) => step(count))).toEqual([60, 60, 60, 30, 15, 15, 15, 5]);
    expect(step(17, { step: '15' })).toBe(15);
    expect(errorsOf(ownPrices(new Array(17).fill(40), { step: 'auto' }))).toEqual([{ field: 'prices', code: 'odd_count', min: 17 }]);
    expect(errorsOf(ownPrices(new Array(289).fill(40)))).toMatchObject([{ code: 'too_many_prices', min: 289, max: 288 }]);
  });

  it('converts prices to USD/MWh once, and asks whether the unit is right when they are out of any range', () => {
    const first = (unit: 'usdPerMwh' | 'usdPerKwh' | 'cnyPerKwh', price: number) =>
      settingOf(ownPrices([price, price], { unit })).problem.priceUsdPerMwh[0];
    expect(first('usdPerMwh', 45.5)).toBe(45.5);
    expect(first('usdPerKwh', 0.045)).toBeCloseTo(45, 9);
    // 0.35 CNY at 7 CNY per USD: 0.05 USD
    expect(first('cnyPerKwh', 0.35)).toBeCloseTo(50, 9);
    expect(errorsOf(ownPrices([40, 45], { unit: 'usdPerKwh' }))).toMatchObject([
      { field: 'prices', code: 'price_out_of_range', line: 1, max: 10 },
    ]);
    expect(errorsOf(ownPrices([1, 1], { unit: 'cnyPerKwh' }), someDeps({ cnyPerUsd: null }))).toMatchObject([
      { field: 'unit', code: 'rate_missing' },
    ]);
  });

  it('lets the lowest of several caps count, over midnight too', () => {
    const caps = [
      { from: '22:00', to: '02:00', kw: '50' },
      { from: '23:00', to: '24:00', kw: '80' },
    ];
    const cap = settingOf(ownPrices(new Array(24).fill(40), { caps })).problem.sites?.[0]?.capKw;
    expect(cap?.flatMap((kw, hour) => (kw === null ? [] : [[hour, kw]]))).toEqual([
      [0, 50],
      [1, 50],
      [22, 50],
      [23, 50],
    ]);
  });

  it('takes a cap without times for one of the whole day', () => {
    const form = ownPrices([40, 40, 40], { caps: [{ from: '', to: '', kw: '50' }] });
    expect(settingOf(form).problem.sites?.[0]?.capKw).toEqual([50, 50, 50]);
  });

  it('turns minutes into whole intervals, never shorter than asked for', () => {
    const machine = settingOf(ownPrices(new Array(96).fill(40), { step: '15', minUp: '40', minDown: '15' })).problem.machines[0];
    expect([machine?.minUpIntervals, machine?.minDownIntervals]).toEqual([3, 1]);
  });

  it('hands on penalty, ramp, take-or-pay and demand charge in the engine’s units', () => {
    const { problem } = settingOf(aForm({ penalty: '250', ramp: '30', takeMwh: '2', takePrice: '40', demand: '0.4', peak: '90' }));
    expect(problem.sites?.[0]).toMatchObject({ capPenaltyUsdPerKwh: 0.25, rampKw: 30 });
    expect(problem.takeOrPay).toEqual({ minKwh: 2000, usdPerMissingKwh: 0.04 });
    expect(problem.demandCharge).toEqual({ usdPerKw: 0.4, peakSoFarKw: 90 });
  });

  it('says what is wrong by field', () => {
    const codes = (changes: Parameters<typeof aForm>[0]) => errorsOf(aForm(changes)).map(({ field, code }) => `${field} ${code}`);
    expect(codes({ rows: [] })).toEqual(['m1 no_machines']);
    expect(codes({ rows: [{ ...emptyRow(), model: 'Antminer S99', count: '1.5' }] })).toEqual(['m1 unknown_model', 'n1 not_an_integer']);
    expect(
      codes({
        rows: [
          { ...emptyRow(), model: 'Antminer S21', count: '20000' },
          { ...emptyRow(), model: 'Antminer S21', count: '1' },
        ],
      }),
    ).toEqual(['n1 too_many_machines']);
    expect(codes({ rows: [{ ...emptyRow(), model: 'Antminer S21', count: '3', lowW: '2400' }] })).toEqual(['lt1 pair']);
    expect(codes({ caps: [{ from: '5pm', to: '25:00', kw: '-1' }] })).toEqual(['ck1 out_of_range', 'cf1 not_a_time', 'ct1 not_a_time']);
    expect(codes({ floors: { A: '101' } })).toEqual(['sla.A out_of_range']);
    expect(codes({ takeMwh: '5' })).toEqual(['takePrice pair']);
    expect(codes({ peak: '5' })).toEqual(['demand pair']);
    expect(codes({ restart: 'cheap' })).toEqual(['restart not_a_number']);
    expect(codes({ day: '2021-01-01' })).toEqual(['day unknown_day']);
    expect(codes({ day: 'own' })).toEqual(['prices no_prices']);
    expect(codes({ day: 'own', prices: '40\nx', zone: 'Mars/Olympus', date: 'today' })).toEqual([
      'prices price_unreadable',
      'zone unknown_zone',
      'date not_a_date',
    ]);
  });

  it('asks for a hashprice when the market’s is not known, and prefers the guest’s', () => {
    expect(errorsOf(aForm(), someDeps({ marketHashpriceUsdPerThDay: null }))).toEqual([{ field: 'hashprice', code: 'market_missing' }]);
    expect(settingOf(aForm({ hashprice: '50' }), someDeps({ marketHashpriceUsdPerThDay: null })).hashpriceUsdPerThDay).toBe(0.05);
  });
});

describe('sumFleet', () => {
  it('counts what is filled in and leaves out what is not', () => {
    const rows = [{ ...emptyRow(), model: 'Antminer S21', count: '10' }, { ...emptyRow(), model: 'nothing', count: '5' }, emptyRow()];
    expect(sumFleet(rows)).toEqual({ count: 10, fullKw: 35 });
  });

  it('has as many own prices as its day has intervals, unless they are meant to run on', () => {
    const chicago = (count: number, date: string, changes: Partial<WhatIfForm> = {}) =>
      ownPrices(new Array(count).fill(40), { zone: 'America/Chicago', date, step: 'auto', ...changes });
    const [spring, autumn, plain] = ['2026-03-08', '2026-11-01', '2026-03-09'];
    const [shorter, longer] = [
      { date: spring, zone: 'America/Chicago', hours: 23 },
      { date: autumn, zone: 'America/Chicago', hours: 25 },
    ];
    for (const [count, date] of [
      [23, spring],
      [24, plain],
      [25, autumn],
      [92, spring],
      [100, autumn],
      [96, plain],
    ] as const)
      expect(settingOf(chicago(count, date)).problem.interval.count).toBe(count);
    expect(errorsOf(chicago(24, spring))).toEqual([{ field: 'prices', code: 'clock_day_length', min: 24, max: 23, day: shorter }]);
    expect(errorsOf(chicago(96, spring))).toEqual([{ field: 'prices', code: 'clock_day_length', min: 96, max: 92, day: shorter }]);
    expect(errorsOf(chicago(24, autumn, { step: '60' }))).toEqual([
      { field: 'prices', code: 'clock_day_length', min: 24, max: 25, day: longer },
    ]);
    expect(errorsOf(chicago(23, plain))).toMatchObject([{ code: 'day_length', min: 23, max: 24 }]);
    expect(errorsOf(chicago(25, plain))).toMatchObject([{ code: 'day_length', min: 25, max: 24 }]);
    const on = settingOf(chicago(24, spring, { span: 'asGiven' }));
    expect(on.times.day.at(-1)).toBe(1);
    // What nobody takes for a day is planned as it is.
    expect(settingOf(chicago(48, spring, { step: '60' })).problem.interval.count).toBe(48);
  });
});

describe('days of a stored series', () => {
  const KEY = '11111111-2222-3333-4444-555555555555:2024-03-10:2024-03-10';
  const stored = (changes: Partial<StoredDays> = {}): StoredDays => ({
    key: KEY,
    name: 'West',
    fromDate: '2024-03-10',
    toDate: '2024-03-10',
    zone: 'America/Chicago',
    minutes: 60,
    startMs: Date.parse('2024-03-10T06:00:00Z'),
    intervals: 23,
    missing: 0,
    source: 'west.csv',
    fetchedAt: '2024-03-12T00:00:00Z',
    rate: null,
    priceUsdPerMwh: Array.from({ length: 23 }, (_, hour) => hour - 2),
    ...changes,
  });

  it('are planned with interval, zone and negative prices as they are stored, and name their series', () => {
    const { problem, source, zone } = settingOf(aForm({ day: KEY }), someDeps({ storedDays: [stored()] }));
    expect(problem.interval).toEqual({ startAt: '2024-03-10T06:00:00.000Z', minutes: 60, count: 23, timeZone: 'America/Chicago' });
    expect(problem.priceUsdPerMwh.slice(0, 3)).toEqual([-2, -1, 0]);
    expect({ source, zone }).toEqual({ source: 'West (west.csv)', zone: 'America/Chicago' });
  });

  it('are refused with gaps, with too many intervals, with prices beyond the engine, and where the reader has no such series', () => {
    const noRate = someDeps({ withoutRate: [{ id: KEY.slice(0, 36), name: 'Toronto', currency: 'CAD' }] });
    expect(errorsOf(aForm({ day: KEY }), noRate)).toEqual([{ field: 'day', code: 'no_rate', text: 'Toronto (CAD)' }]);
    const errors = (changes: Partial<StoredDays>) => errorsOf(aForm({ day: KEY }), someDeps({ storedDays: [stored(changes)] }));
    expect(errors({ missing: 2, priceUsdPerMwh: [] })).toEqual([{ field: 'day', code: 'stored_gaps', text: 'West', min: 2, max: 23 }]);
    expect(errors({ intervals: 300, priceUsdPerMwh: [] })).toMatchObject([{ field: 'day', code: 'too_many_prices', min: 300, max: 288 }]);
    expect(errors({ priceUsdPerMwh: [1, 20_000] })).toMatchObject([{ field: 'day', code: 'price_out_of_range', line: 2, text: '20000' }]);
    expect(errorsOf(aForm({ day: KEY }))).toMatchObject([{ field: 'day', code: 'unknown_day' }]);
  });
});
