import { beforeAll, describe, expect, it } from 'vitest';
import { type CalculatorForm, createDefaultForm } from '#app/features/calculator/inputs/calculator-form.ts';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { composeSnapshot } from '#app/features/market/consistent-snapshot.ts';
import { type MarketSnapshot, unknownFigure } from '#app/features/market/snapshot.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine } from '#engine';
import { explainScenario, type Now } from './explain-scenario.ts';
import { parseSavedScenario, readOwnerInputs, type SavedScenario } from './saved-scenario.ts';
import { ScenarioExplanationSchema } from './scenario-answer.ts';

const SAVED_AT = new Date('2026-03-01T10:00:00Z');
const NOW_MS = Date.parse('2026-11-01T12:00:00Z');

const live = (value: number, at: string) => ({
  value,
  source: 'Kraken',
  sourceUrl: 'https://kraken.example/',
  at,
  origin: 'live' as const,
});
const THEN_MARKET: MarketSnapshot = { ...composeSnapshot({}), priceUsdPerBtc: live(90_000, '2026-03-01T09:59:00.000Z') };
const NOW_MARKET: MarketSnapshot = { ...THEN_MARKET, priceUsdPerBtc: live(70_000, '2026-11-01T11:59:00.000Z') };

let engine: Engine;
beforeAll(async () => {
  engine = await getEngine();
});

function save(form: CalculatorForm = createDefaultForm(), market = THEN_MARKET): SavedScenario {
  const read = readOwnerInputs(form, market, findMachine, SAVED_AT.getTime());
  if (read.kind !== 'ok') throw new Error('the form gives no inputs');
  // As it comes back from the database.
  const { inputs, machine } = read;
  const stored = JSON.parse(JSON.stringify({ form, market })) as { form: unknown; market: unknown };
  return parseSavedScenario({
    ...stored,
    inputs: JSON.stringify(inputs),
    id: crypto.randomUUID(),
    name: 'Spring',
    machine,
    createdAt: SAVED_AT,
  });
}

function explain(saved: SavedScenario, now: Partial<Now> = {}) {
  const whole: Now = { form: saved.form, market: NOW_MARKET, errors: [], inputsOfNow: 'saved', nowMs: NOW_MS, ...now };
  return ScenarioExplanationSchema.parse(explainScenario(saved, whole, { engine, findMachine }));
}

describe('explainScenario', () => {
  it('gives the price all of the change when only the price of the market moved', () => {
    const { figures, changed } = explain(save());
    expect(changed).toEqual([{ group: 'price', input: 'priceUsdPerBtc', thenInput: 90_000, nowInput: 70_000 }]);
    const npv = figures.find(({ figure }) => figure === 'npvUsd');
    expect(npv?.change).toBeLessThan(0);
    expect(npv?.contributions?.map(({ change }) => change)).toEqual([expect.closeTo(npv?.change ?? 0, 6), 0, 0, 0, 0, 0]);
  });

  it('has contributions that add up, for every figure that is split', () => {
    const saved = save();
    const form = { ...saved.form, power: '0.075', capex: '2500', fees: '0.1', difficulty: '180' };
    const { figures } = explain(saved, { form, inputsOfNow: 'given' });
    for (const { figure, change, contributions } of figures) {
      if (contributions === null) continue;
      const sum = contributions.reduce((total, one) => total + one.change, 0);
      expect(sum, figure).toBeCloseTo(change ?? Number.NaN, 6);
    }
    expect(figures.filter(({ contributions }) => contributions !== null).length).toBeGreaterThan(2);
  });

  it('names the market figures of then and now with source and time, and what was typed as typed', () => {
    const form = { ...createDefaultForm(), fees: '0.05' };
    const { marketFigures } = explain(save(form));
    expect(marketFigures.find(({ figure }) => figure === 'priceUsdPerBtc')).toEqual({
      figure: 'priceUsdPerBtc',
      thenFigure: { ...live(90_000, '2026-03-01T09:59:00.000Z') },
      nowFigure: { ...live(70_000, '2026-11-01T11:59:00.000Z') },
    });
    const typed = { value: 0.05, origin: 'typed', source: null, sourceUrl: null, at: null };
    expect(marketFigures.find(({ figure }) => figure === 'feesBtcPerBlock')).toMatchObject({ thenFigure: typed, nowFigure: typed });
    expect(marketFigures.some(({ figure }) => figure === 'cnyPerUsd')).toBe(false);
  });

  it('invents nothing when a figure of now is not known: then stands alone and the input is named', () => {
    const market = { ...NOW_MARKET, priceUsdPerBtc: unknownFigure('live') };
    const { figures, missing, changed, marketFigures } = explain(save(), { market });
    expect(missing).toEqual([{ field: 'price', code: 'market_missing' }]);
    expect(changed).toEqual([]);
    for (const one of figures.filter(({ figure }) => figure !== 'paybackMonths'))
      expect(one).toMatchObject({
        valueThen: expect.any(Number),
        valueNow: null,
        change: null,
        contributions: null,
        notSplitBecause: 'inputs',
      });
    expect(marketFigures.find(({ figure }) => figure === 'priceUsdPerBtc')?.nowFigure).toMatchObject({ value: null, origin: 'unknown' });
  });

  it('says of a payback that is no longer reached that it does not exist now', () => {
    const { figures } = explain(save({ ...createDefaultForm(), power: '0.02', price: '150000', capex: '1000' }), {
      form: { ...createDefaultForm(), power: '0.15', price: '60000' },
      inputsOfNow: 'given',
    });
    expect(figures.find(({ figure }) => figure === 'paybackMonths')).toEqual({
      figure: 'paybackMonths',
      valueThen: expect.any(Number),
      valueNow: null,
      change: null,
      contributions: null,
      notSplitBecause: 'now',
      inYuan: null,
    });
  });

  it('of a form in yuan holds the yuan: a rate that alone moved changes no tariff, and then is what was seen then', () => {
    const form = { ...createDefaultForm('cny'), power: '0.35', capex: '20000' };
    const market = { ...THEN_MARKET, cnyPerUsd: live(7, '2026-03-01T00:00:00.000Z') };
    const saved = save(form, market);
    const { figures, changed, exchangeRate } = explain(saved, {
      market: { ...market, cnyPerUsd: live(7.7, '2026-11-01T00:00:00.000Z') },
    });
    expect(changed).toEqual([{ group: 'exchangeRate', input: 'cnyPerUsd', thenInput: 7, nowInput: 7.7 }]);
    expect(exchangeRate).toEqual({ thenCnyPerUsd: 7, nowCnyPerUsd: 7.7 });
    const npv = figures.find(({ figure }) => figure === 'npvUsd')!;
    expect(npv.inYuan?.valueThen).toBe(npv.valueThen! * 7);
    expect(npv.inYuan?.valueNow).toBe(npv.valueNow! * 7.7);
    expect(npv.inYuan?.contributions?.map(({ change }) => change)).toEqual([0, 0, 0, 0, 0, expect.closeTo(npv.inYuan?.change ?? 0, 4)]);
    expect(figures.find(({ figure }) => figure === 'roiRatio')?.inYuan).toBeNull();
  });

  it('explains the side of the client whose machine is hosted', () => {
    const hosted = { ...createDefaultForm(), view: 'host' as const, power: '0.05', client: '0.08' };
    const saved = save(hosted);
    expect(saved.inputs).toMatchObject({ powerUsdPerKwh: 0.08, clientPowerUsdPerKwh: null });
    const { changed } = explain(saved, { form: { ...hosted, client: '0.09' }, market: THEN_MARKET });
    expect(changed).toEqual([{ group: 'powerPrice', input: 'powerUsdPerKwh', thenInput: 0.08, nowInput: 0.09 }]);
  });
});

describe('parseSavedScenario', () => {
  it('puts a field that the form has gained since at its default, and leaves out one that it has lost', () => {
    const { seed: _seed, ...older } = { ...createDefaultForm('cny'), bygone: 'x' };
    const parsed = parseSavedScenario({ ...save(), inputs: '{}', form: older, createdAt: SAVED_AT });
    expect(parsed.form).toEqual(createDefaultForm('cny'));
  });

  it('throws on what never was a scenario', () => {
    expect(() => parseSavedScenario({ ...save(), inputs: '{}', market: { priceUsdPerBtc: 'high' }, createdAt: SAVED_AT })).toThrow();
  });
});
