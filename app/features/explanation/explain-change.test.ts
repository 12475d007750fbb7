import { beforeAll, describe, expect, it } from 'vitest';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine, RoiInputs } from '#engine';
import {
  EXPLAINED_FIGURE_NAMES,
  EXPLAINED_GROUPS,
  type ExplainedFigure,
  type ExplainedInput,
  type Explanation,
  explainChange,
  type FigureChange,
} from './explain-change.ts';

const THEN: RoiInputs = {
  height: 925_000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  epochElapsedS: 1_003_200,
  networkHashrateThs: 870.6e6,
  networkGrowthRatioPerMonth: 0.01,
  priceUsdPerBtc: 80_000,
  priceGrowthRatioPerMonth: 0,
  horizonMonths: 36,
  payoutModel: 'FPPS',
  hashrateThs: 200,
  powerW: 3500,
  count: 100,
  powerUsdPerKwh: 0.05,
  poolFeeRatio: 0.02,
  uptimeRatio: 0.97,
  pue: 1.05,
  hashrateDecayRatioPerMonth: 0.002,
  hostingFeeUsdPerMonth: 0,
  maintenanceUsdPerMonth: 0,
  capexUsd: 3000,
  residualUsd: 100,
  heldRatio: 0,
  discountRatioPerYear: 0.1,
  shutdownWhenUnprofitable: true,
  clientPowerUsdPerKwh: null,
  hostCapexUsd: 0,
};
const NOW: RoiInputs = {
  ...THEN,
  height: 937_000,
  difficulty: 140e12,
  networkHashrateThs: 1_000e6,
  priceUsdPerBtc: 65_000,
  feesBtcPerBlock: 0.05,
  powerUsdPerKwh: 0.062,
  capexUsd: 2600,
  uptimeRatio: 0.95,
};

/** Pays back inside the horizon, and still does when everything has changed. */
const EASY: RoiInputs = { ...THEN, capexUsd: 1500, powerUsdPerKwh: 0.03 };
const EASY_NOW: RoiInputs = {
  ...NOW,
  priceUsdPerBtc: 78_000,
  difficulty: 121e12,
  networkHashrateThs: 880e6,
  capexUsd: 1400,
  powerUsdPerKwh: 0.032,
};

let engine: Engine;
beforeAll(async () => {
  engine = await getEngine();
});

function explainAll(now: RoiInputs, then = THEN): Extract<Explanation, { kind: 'ok' }> {
  const explanation = explainChange(then, now, engine);
  if (explanation.kind !== 'ok') throw new Error(explanation.kind);
  return explanation;
}

function explain(now: RoiInputs, figure: ExplainedFigure = 'npvUsd', then = THEN): Extract<FigureChange, { kind: 'ok' }> {
  const change = explainAll(now, then).figures[figure];
  if (change.kind !== 'ok') throw new Error(change.kind);
  return change;
}

describe('explainChange', () => {
  it.each(EXPLAINED_FIGURE_NAMES)('%s: contributions add up to the whole change', (figure) => {
    const { valueThen, valueNow, change: total, contributions } = explain(EASY_NOW, figure, EASY);
    const sum = contributions.reduce((value, { change }) => value + change, 0);
    expect(Math.abs(sum - total)).toBeLessThan(1e-12 * (Math.abs(valueThen) + Math.abs(valueNow)));
    expect(contributions.map(({ group }) => group)).toEqual([...EXPLAINED_GROUPS]);
  });

  it('blames the group that alone changed for all of it, and the others for exactly nothing', () => {
    const { changed, figures } = explainAll({ ...THEN, priceUsdPerBtc: 65_000 });
    const { change: total, contributions } = explain({ ...THEN, priceUsdPerBtc: 65_000 });
    expect(figures.npvUsd).toEqual({
      kind: 'ok',
      change: total,
      contributions,
      valueThen: expect.any(Number),
      valueNow: expect.any(Number),
    });
    expect(contributions[0]!.change).toBeCloseTo(total, 6);
    expect(contributions.slice(1).map(({ change }) => change)).toEqual([0, 0, 0, 0, 0]);
    expect(changed).toEqual({ price: ['priceUsdPerBtc'], difficulty: [], fees: [], powerPrice: [], machine: [], exchangeRate: [] });
  });

  it('has the signs a miner expects', () => {
    const [price, difficulty, fees, power, machine] = explain(NOW).contributions.map(({ change }) => Math.sign(change));
    expect({ price, difficulty, fees, power }).toEqual({ price: -1, difficulty: -1, fees: 1, power: -1 });
    // 400 USD less for each of 100 machines, and two points of uptime lost.
    expect(machine).toBe(1);
  });

  it('is the mean over all 720 orders in which the groups can change', () => {
    const names: Record<string, ExplainedInput[]> = explainAll(NOW).changed;
    const sums: Record<string, number> = Object.fromEntries(EXPLAINED_GROUPS.map((group) => [group, 0]));
    const npvOf = (inputs: RoiInputs) => {
      const result = engine.project(inputs);
      if (result.kind !== 'ok') throw new Error('refused');
      return result.projection.npvUsd;
    };
    const visit = (left: readonly string[], inputs: RoiInputs): number => {
      if (left.length === 0) return 1;
      return left.reduce((orders, group) => {
        const next: RoiInputs = { ...inputs, ...Object.fromEntries(names[group]!.map((name) => [name, NOW[name as keyof RoiInputs]])) };
        const own = visit(
          left.filter((other) => other !== group),
          next,
        );
        sums[group] = sums[group]! + own * (npvOf(next) - npvOf(inputs));
        return orders + own;
      }, 0);
    };
    expect(visit(EXPLAINED_GROUPS, THEN)).toBe(720);
    for (const { group, change } of explain(NOW).contributions) expect(sums[group]! / 720).toBeCloseTo(change, 5);
  });

  it('turns round when then and now change places', () => {
    const forth = explain(NOW).contributions;
    const back = explain(THEN, 'npvUsd', NOW).contributions;
    forth.forEach(({ change }, i) => {
      expect(back[i]!.change).toBeCloseTo(-change, 6);
    });
  });

  it('says what the engine refuses, and of which figures there is none', () => {
    expect(explainChange(THEN, { ...NOW, uptimeRatio: 2 }, engine)).toMatchObject({ kind: 'invalid', errors: [{ field: 'uptimeRatio' }] });
    const { npvUsd, roiRatio } = explainAll({ ...NOW, capexUsd: 0 }).figures;
    expect(npvUsd.kind).toBe('ok');
    expect(roiRatio).toEqual({ kind: 'unknown', valueThen: expect.any(Number), valueNow: null });
  });

  it('does not split a payback that one of the mixtures never reaches', () => {
    const { paybackMonths } = explainAll({ ...EASY, priceUsdPerBtc: 20_000 }, EASY).figures;
    expect(paybackMonths).toEqual({ kind: 'unknown', valueThen: expect.any(Number), valueNow: null });
    // A price that fell and machines that became cheaper: both ends pay back, the old price of a machine at the new price of a coin does not.
    const between = explainAll({ ...EASY, priceUsdPerBtc: 35_000, capexUsd: 300 }, EASY).figures.paybackMonths;
    expect(between).toEqual({ kind: 'unknown', valueThen: expect.any(Number), valueNow: expect.any(Number) });
  });

  describe('of amounts in yuan', () => {
    /** What a tariff and a machine typed in yuan come to in dollars at a rate. */
    const typedAt = (cnyPerUsd: number): RoiInputs => ({
      ...THEN,
      powerUsdPerKwh: 0.35 / cnyPerUsd,
      capexUsd: 20_000 / cnyPerUsd,
      residualUsd: 700 / cnyPerUsd,
    });
    const rates = { thenCnyPerUsd: 7, nowCnyPerUsd: 7.7, thenInYuan: true, nowInYuan: true };

    it('blames a rate that alone moved, and neither the tariff nor the machine', () => {
      const explanation = explainChange(typedAt(7), typedAt(7.7), engine, rates);
      if (explanation.kind !== 'ok') throw new Error(explanation.kind);
      expect(explanation.changed).toMatchObject({ powerPrice: [], machine: [], exchangeRate: ['cnyPerUsd'] });
      for (const npv of [explanation.figures.npvUsd, explanation.figuresInYuan?.npvUsd]) {
        if (npv?.kind !== 'ok') throw new Error('not split');
        expect(npv.contributions.slice(0, 5).map(({ change }) => change)).toEqual([0, 0, 0, 0, 0]);
        expect(npv.contributions[5]!.change).toBeCloseTo(npv.change, 4);
        expect(npv.change).toBeGreaterThan(0);
      }
    });

    it('keeps then as it was seen, at the rate of then, and adds up in both currencies', () => {
      const now = { ...typedAt(7.7), priceUsdPerBtc: 70_000, powerUsdPerKwh: 0.4 / 7.7 };
      const explanation = explainChange(typedAt(7), now, engine, rates);
      const plain = explainChange(typedAt(7), now, engine);
      if (explanation.kind !== 'ok' || plain.kind !== 'ok') throw new Error('refused');
      const [usd, yuan] = [explanation.figures.npvUsd, explanation.figuresInYuan?.npvUsd];
      if (usd.kind !== 'ok' || yuan?.kind !== 'ok') throw new Error('not split');
      expect([usd.valueThen, usd.valueNow]).toEqual([plain.figures.npvUsd.valueThen, plain.figures.npvUsd.valueNow]);
      expect([yuan.valueThen, yuan.valueNow]).toEqual([usd.valueThen * 7, usd.valueNow * 7.7]);
      expect(explanation.changed.powerPrice).toEqual(['powerUsdPerKwh']);
      for (const { contributions, change } of [usd, yuan])
        expect(contributions.reduce((sum, one) => sum + one.change, 0) / change).toBeCloseTo(1, 10);
    });

    it('leaves dollars alone when the rate moves', () => {
      const explanation = explainChange(THEN, THEN, engine, { ...rates, thenInYuan: false, nowInYuan: false });
      if (explanation.kind !== 'ok') throw new Error(explanation.kind);
      expect(explanation.figures.npvUsd).toMatchObject({ change: 0 });
    });
  });
});
