import { describe, expect, it } from 'vitest';
import { getCurtailment } from '#app/platform/engine.server.ts';
import type { PlanAnswer, PlanOptions, PlanResult } from '#engine';
import { type PlanView, toView, type View } from './plan-view.ts';
import { aForm, ownPrices, settingOf } from './sample-problem.fixture.ts';
import type { Setting } from './to-plan-problem.ts';
import { emptyRow, type WhatIfForm } from './what-if-form.ts';

async function plan(
  form: WhatIfForm,
  options: PlanOptions = { iterations: 60 },
): Promise<{ setting: Setting; view: View; result: PlanResult }> {
  const setting = settingOf(form);
  const curtailment = await getCurtailment();
  const { problem } = setting;
  const result = curtailment.planCurtailment(problem, options);
  const view = toView(result, { curtailment, problem, normal: setting.classes.map(({ normal }) => normal), elapsedMs: 1 });
  return { setting, view, result };
}

async function planView(form: WhatIfForm): Promise<PlanView> {
  const { view } = await plan(form);
  if (view.kind !== 'plan') throw new Error(view.kind);
  return view;
}

const S21 = { ...emptyRow(), model: 'Antminer S21', count: '10' };

describe('toView', () => {
  it('sums thousands of schedules by kind of machine without losing a watt', async () => {
    const { setting, view, result } = await plan(aForm());
    if (view.kind !== 'plan') throw new Error(view.kind);
    const { loadKw, money } = result as PlanAnswer;
    loadKw.forEach((kw, t) => {
      expect(view.classes.reduce((sum, { powerKw }) => sum + powerKw[t]!, 0)).toBeCloseTo(kw, 9);
    });
    for (const [index, { counts }] of view.classes.entries()) {
      const units = setting.classes[index]!.count;
      for (let t = 0; t < setting.problem.interval.count; t++) expect(counts.reduce((sum, mode) => sum + mode[t]!, 0)).toBe(units);
    }
    expect(view.energyKwh).toBeCloseTo(
      loadKw.reduce((sum, kw) => sum + kw, 0),
      6,
    );
    const { hashingUsd, energyUsd, restartUsd, capPenaltyUsd, takeOrPayUsd, demandChargeUsd } = money;
    expect(view.valueUsd).toBeCloseTo(hashingUsd - energyUsd - restartUsd - capPenaltyUsd - takeOrPayUsd - demandChargeUsd, 6);
    expect(Object.values(view.gapParts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(view.gapUsd, 9);
  });

  it('names the room under the cap that no machine fits', async () => {
    // 3.5 kW machines under 12 kW: 1.5 kW stay free.
    const view = await planView(ownPrices([40, 40, 40, 40], { rows: [S21], caps: [{ from: '01:00', to: '02:00', kw: '12' }], floors: {} }));
    expect(view.unusedCap).toMatchObject([{ interval: 1, kw: 1.5 }]);
    expect(view.capUsdPerMw.map((usd) => usd > 0)).toEqual([false, true, false, false]);
  });

  it('gives a certificate instead of a plan when there is none, and what the rules would do', async () => {
    const form = ownPrices([40, 40, 40, 40], {
      rows: [{ ...S21, client: 'A' }],
      caps: [{ from: '00:00', to: '24:00', kw: '10' }],
      floors: { A: '90' },
    });
    const { view } = await plan(form, { iterations: 400 });
    expect(view).toMatchObject({
      kind: 'infeasible',
      certificate: { kind: 'rows', clients: ['A'] },
      floors: [{ id: 'A', minMachineIntervals: 36 }],
    });
    if (view.kind === 'infeasible') expect(view.rules.every(({ breaches }) => breaches.length > 0)).toBe(true);
  });
});

describe('the cost of a floor', () => {
  it('is what the plan would earn more without it, not the price of its last hour times all of them', async () => {
    // 200 TH/s earn 0.311 USD/h. Two hours at 300 USD/MWh lose 1.05 - 0.311 = 0.739 USD each; three of four hours must be on: one of the two, ten times.
    const view = await planView(
      ownPrices([20, 300, 300, 20], { rows: [{ ...S21, client: 'A' }], caps: [], floors: { A: '75' }, restart: '0', boot: '0' }),
    );
    expect(view.clients).toHaveLength(1);
    expect(view.clients[0]?.costUsd).toBeCloseTo(10 * (3.5 * 0.3 - (200 * 0.03733) / 24), 2);
    expect(view.clients[0]?.usdPerMachineInterval).toBeCloseTo(3.5 * 0.3 - (200 * 0.03733) / 24, 2);
  });

  it('is not said where no floor binds', async () => {
    expect((await planView(ownPrices([20, 20], { rows: [{ ...S21, client: 'A' }], caps: [], floors: { A: '75' } }))).clients).toEqual([]);
  });
});

describe('the reasons', () => {
  const reasonsOf = async (form: WhatIfForm) =>
    (await planView(form)).classes.map(({ reasons }) =>
      reasons.map(({ track, reason, from, to, most }) => `${track} ${reason} ${from}-${to} ${most}`),
    );

  it('are the price where power costs more than it mines', async () => {
    expect(await reasonsOf(ownPrices([20, 500, 500, 20], { rows: [S21], caps: [], floors: {} }))).toEqual([['off price 1-3 10']]);
  });

  it('are the cap where others earn more under it', async () => {
    const rows = [S21, { ...emptyRow(), model: 'Antminer S19j Pro', count: '10' }];
    const form = ownPrices([20, 20, 20, 20], {
      rows,
      caps: [{ from: '01:00', to: '03:00', kw: '35' }],
      floors: {},
      restart: '0',
      boot: '0',
    });
    expect(await reasonsOf(form)).toEqual([[], ['off cap 1-3 10']]);
  });

  it('are the start where the hours would not pay for it, and bridging where stopping would cost more', async () => {
    const start = ownPrices([20, 500, 80, 500, 20], { rows: [S21], caps: [], floors: {}, restart: '1', boot: '0' });
    expect(await reasonsOf(start)).toEqual([['off price 1-2 10', 'off start 2-3 10', 'off price 3-4 10', 'off start 4-5 10']]);
    // 200 TH/s earn 0.311 USD/h; 3.5 kW at 100 USD/MWh cost 0.35: a loss of 4 cents against a start of a dollar.
    const bridge = ownPrices([20, 100, 20], { rows: [S21], caps: [], floors: {}, restart: '1', boot: '0' });
    expect(await reasonsOf(bridge)).toEqual([['on bridge 1-2 10']]);
  });

  it('are the floor where a client needs what loses', async () => {
    const form = ownPrices([20, 300, 300, 20], { rows: [{ ...S21, client: 'A' }], caps: [], floors: { A: '75' }, restart: '0', boot: '0' });
    const [[first]] = [await reasonsOf(form)];
    expect(first?.some((reason) => reason.startsWith('on floor'))).toBe(true);
  });

  it('are the cap too where machines run in a lower mode for it', async () => {
    const rows = [{ ...S21, lowW: '2450', lowThs: '156' }];
    const form = ownPrices([30, 30, 30], { rows, caps: [{ from: '01:00', to: '02:00', kw: '24.5' }], floors: {} });
    expect(await reasonsOf(form)).toEqual([['low cap 1-2 10']]);
  });
});
