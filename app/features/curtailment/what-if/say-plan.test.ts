import { beforeAll, describe, expect, it } from 'vitest';
import { getCurtailment } from '#app/platform/engine.server.ts';
import { createServerI18n } from '#app/platform/i18n/i18n.server.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { createFormat } from '#app/ui/format.ts';
import { type InfeasibleView, type PlanView, toView } from './plan-view.ts';
import { aForm, ownPrices, settingOf } from './sample-problem.fixture.ts';
import { sayError } from './say-error.ts';
import { relaxForm, sayInfeasible } from './say-infeasible.ts';
import {
  createSay,
  type Say,
  sayBreach,
  sayCertificate,
  sayGapParts,
  sayHeadline,
  sayPower,
  sayReason,
  sayShadowPrices,
} from './say-plan.ts';
import type { Texts } from './use-what-if.ts';
import { emptyRow, type WhatIfForm } from './what-if-form.ts';

const texts = {} as Record<Language, Texts>;

beforeAll(async () => {
  for (const language of ['en', 'zh'] as const) texts[language] = (await createServerI18n(language)).getFixedT(null, 'what-if');
});

function sayIn(language: Language, form: WhatIfForm): Say {
  return createSay(texts[language], createFormat(language), settingOf(form));
}

async function viewOf(form: WhatIfForm) {
  const { problem, classes } = settingOf(form);
  const curtailment = await getCurtailment();
  const result = curtailment.planCurtailment(problem, { iterations: 200 });
  return toView(result, { curtailment, problem, normal: classes.map(({ normal }) => normal), elapsedMs: 12 });
}

async function planOf(form: WhatIfForm): Promise<PlanView> {
  const view = await viewOf(form);
  if (view.kind !== 'plan') throw new Error(view.kind);
  return view;
}

describe('the headline', () => {
  it('says what the plan gains over the best rule that keeps the limits', async () => {
    const view = await planOf(aForm());
    const threshold = { ...view.rules[1]!, valueUsd: 100, breaches: [] };
    const made = { ...view, valueUsd: 130.5, rules: [{ ...view.rules[0]!, valueUsd: 500 }, threshold] };
    expect(sayHeadline(sayIn('en', aForm()), made)).toBe('The plan earns $130.50: $30.50 more than the threshold rule');
    expect(sayHeadline(sayIn('zh', aForm()), made)).toBe('方案收益 $130.50，比阈值规则多 $30.50');
    expect(sayHeadline(sayIn('en', aForm()), { ...made, valueUsd: 100.004 })).toBe('The plan earns $100.00, as much as the threshold rule');
    expect(sayHeadline(sayIn('en', aForm()), { ...made, rules: [made.rules[0]!] })).toBe(
      'The plan earns $130.50; every simple rule breaks a limit',
    );
  });
});

describe('the certificate', () => {
  it('is one sentence with the gap, or with the cent that is not there', async () => {
    const view = await planOf(aForm());
    const say = sayIn('en', aForm());
    expect(sayCertificate(say, { ...view, gapUsd: 0.14, gapRatio: 0.00107 })).toBe(
      'Proven: no plan can earn more than $0.14 above this one (0.11%).',
    );
    expect(sayCertificate(say, { ...view, gapUsd: 0.0099 })).toBe('Proven: no plan can earn a cent more than this one.');
  });

  it('names what the gap is made of and where the room is', async () => {
    const view = await planOf(aForm());
    const gapParts = { regretUsd: 0.02, unusedCapUsd: 0.12, unusedRampUsd: 0, clientUsd: 0, takeOrPayUsd: 0, demandChargeUsd: 0 };
    const parts = sayGapParts(sayIn('en', aForm()), { ...view, gapUsd: 0.14, gapParts, unusedCap: [{ interval: 17, usd: 0.12, kw: 2.1 }] });
    expect(parts).toEqual([
      '$0.12: room under the cap that no machine fits (2.1 kW at 17:00)',
      '$0.02: machines in a schedule that is not their best one at these prices, so that together they fit',
    ]);
  });
});

describe('the shadow prices', () => {
  it('say what a MW, a floor and a kW are worth, dearest first, equal neighbours once', async () => {
    const view = await planOf(aForm());
    const capUsdPerMw = new Array(24).fill(0);
    Object.assign(capUsdPerMw, { 17: 20, 18: 143, 19: 20.004, 20: 20 });
    const said = sayShadowPrices(sayIn('en', aForm()), {
      ...view,
      capUsdPerMw,
      clients: [
        { id: 'A', usdPerMachineInterval: 0.05, costUsd: 61 },
        { id: 'B', usdPerMachineInterval: 0.02, costUsd: null },
      ],
      peak: [{ interval: 12, usdPerKw: 0.4 }],
      takeOrPayUsdPerKwh: 0.03,
    });
    expect(said).toEqual([
      'One more MW at 18:00 is worth $143.00.',
      'One more MW at 19:00–21:00 is worth $20.00.',
      'One more MW at 17:00 is worth $20.00.',
      'One more MW of cap in all of its hours is worth $203.00 together.',
      'The floor of client A costs $61.00; its last machine hour costs $0.050.',
      'The last machine hour of client B’s floor costs $0.020.',
      'A kW less at 12:00 saves $0.40 of demand charge.',
      'One MWh less to be taken is worth $30.00.',
    ]);
  });
});

describe('reasons, breaches and errors', () => {
  it('are whole sentences in both languages', async () => {
    const span = { track: 'off', reason: 'price', from: 18, to: 20, fewest: 24, most: 24, marginUsdPerHour: -0.067 } as const;
    expect(sayReason(sayIn('en', aForm()), span)).toEqual({
      what: '24 machines off 18:00–20:00',
      why: 'power costs $0.067/h more than it mines',
    });
    expect(sayReason(sayIn('zh', aForm()), { ...span, fewest: 3 })).toEqual({
      what: '18:00–20:00 停 3 到 24 台',
      why: '电费每小时比挖矿收入多 $0.067',
    });
    expect(sayBreach(sayIn('en', aForm()), { kind: 'cap', intervals: 1, mostOverKw: 2100 })).toBe(
      'over the cap in 1 interval, by up to 2.10 MW',
    );
    expect(sayBreach(sayIn('zh', aForm()), { kind: 'floor', client: 'A', missingMachineIntervals: 48 })).toBe('客户 A 少 48 台时');
    expect(sayError(texts.en, createFormat('en'), { field: 'n1', code: 'out_of_range', min: 1, max: 20_000 })).toBe(
      'Type a number from 1 to 20,000.',
    );
  });

  it('say how many prices the day takes and how many there are', () => {
    const day = { date: '2026-03-08', zone: 'America/Chicago', hours: 23 };
    const error = { field: 'prices', code: 'clock_day_length', min: 24, max: 23, day } as const;
    expect(sayError(texts.en, createFormat('en'), error)).toBe(
      'The clock changes on Mar 8, 2026 in America/Chicago: the day has 23 hours, so 23 prices are expected; 24 were found.',
    );
    expect(sayError(texts.zh, createFormat('zh'), error)).toBe(
      'America/Chicago 在 2026年3月8日调钟，当天 23 小时，应有 23 个电价，读到 24 个。',
    );
  });

  it('name days and repeated hours where the clock alone does not', () => {
    const autumn = sayIn('en', aForm({ day: '2022-11-06' }));
    expect([autumn.time.at(1), autumn.time.at(2), autumn.time.at(3)]).toEqual(['01:00', '01:00 (2nd)', '02:00']);
    expect(autumn.time.range(20, 25)).toBe('19:00–24:00');
    const long = sayIn('en', ownPrices(new Array(30).fill(40)));
    expect(long.time.range(23, 26)).toBe('day 1 23:00–day 2 02:00');
    expect(long.time.ranges([0, 1, 5])).toBe('day 1 00:00–day 1 02:00, day 1 05:00–day 1 06:00');
  });
});

describe('an infeasible problem', () => {
  const form = ownPrices([40, 40, 40, 40], {
    rows: [{ ...emptyRow(), model: 'Antminer S21', count: '10', client: 'A' }],
    caps: [{ from: '00:00', to: '24:00', kw: '10' }],
    floors: { A: '90' },
  });

  it('is told by naming hours and client, with the change that makes it feasible', async () => {
    const view = (await viewOf(form)) as InfeasibleView;
    const { clash, changes } = sayInfeasible(sayIn('en', form), view);
    // One capped hour is enough: three hours with all ten on and one with two are 32.
    expect(clash).toMatch(/the cap at 0\d:00–0\d:00 and client A/);
    expect(clash).toContain('client A’s floor of 36 machine hours');
    expect(changes).toEqual(['lower client A’s floor by 28 machine hours, from 90.0% to 20.0%']);
    expect(sayInfeasible(sayIn('zh', form), view).clash).toContain('客户 A 的保底 36 台时');
  });

  it('names the locks of a machine that has no schedule', async () => {
    const view = (await viewOf(form)) as InfeasibleView;
    const id = settingOf(form).classes[0]!.id;
    const locks = [
      { kind: 'on', from: 0, to: 2 },
      { kind: 'off', from: 1, to: 3 },
    ] as const;
    const locked: InfeasibleView = { ...view, certificate: { kind: 'unit', id, unit: 0, locks: [...locks] } };
    expect(sayInfeasible(sayIn('en', form), locked).clash).toBe(
      'Antminer S21 has no schedule at all: its lock to be on 00:00–02:00 and its lock to be off 01:00–03:00 cannot hold together with its minimum times, its state at the beginning and its starts.',
    );
    expect(sayInfeasible(sayIn('zh', form), locked).clash).toContain('00:00–02:00 锁定开机和01:00–03:00 锁定停机');
  });

  it('has a plan once the change is made', async () => {
    const relax = relaxForm(sayIn('en', form), (await viewOf(form)) as InfeasibleView);
    if (typeof relax !== 'function') throw new Error('no change was found');
    const relaxed = { ...form, ...relax(form) };
    expect(relaxed.floors).toEqual({ A: '20' });
    expect((await viewOf(relaxed)).kind).toBe('plan');
  });
});

describe('small writers', () => {
  it('choose unit and digits by size', () => {
    const format = createFormat('en');
    expect([0.8, 83.4, 100, 2410].map((kw) => sayPower(format, kw))).toEqual(['800 W', '83.4 kW', '100 kW', '2.41 MW']);
  });
});
