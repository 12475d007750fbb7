import { describe, expect, it } from 'vitest';
import { aMarket } from '#app/features/calculator/fixtures.ts';
import type { Machine } from '#app/features/catalogue/machine.ts';
import { type CalculatorForm, createDefaultForm } from './calculator-form.ts';
import { convertCurrency } from './convert-currency.ts';
import { toRoiInputs } from './to-roi-inputs.ts';

const NOW_MS = Date.UTC(2026, 2, 5, 13);

const MACHINE: Machine = {
  name: 'Antminer S21 Pro',
  slug: 'antminer-s21-pro',
  maker: 'Bitmain',
  hashrateThs: 234,
  powerW: 3531,
  efficiencyJPerTh: 3531 / 234,
  releasedAt: null,
  cooling: 'air',
  source: 'test',
  doubt: null,
};
const OTHER: Machine = { ...MACHINE, name: 'Antminer S21 XP', slug: 'antminer-s21-xp', hashrateThs: 270, powerW: 3645 };

function findMachine(name: string): Machine | null {
  return [MACHINE, OTHER].find((machine) => machine.name === name) ?? null;
}

function aForm(changes: Partial<CalculatorForm> = {}): CalculatorForm {
  return { ...createDefaultForm(changes.currency ?? 'usd'), vs1: '', vs2: '', vs3: '', ...changes };
}

function errorsOf(changes: Partial<CalculatorForm>, market = aMarket()) {
  const read = toRoiInputs(aForm(changes), market, findMachine, NOW_MS);
  return read.errors.map(({ name, code, min, max }) => ({ name, code, min, max }));
}

function inputsOf(changes: Partial<CalculatorForm>, market = aMarket()) {
  const read = toRoiInputs(aForm(changes), market, findMachine, NOW_MS);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.errors));
  return read.inputs;
}

describe('toRoiInputs', () => {
  it('takes percent as percent: 0.5 is half a percent, never 50 %', () => {
    const inputs = inputsOf({ pool: '0.5', uptime: '97', decay: '0.2', growth: '-1', discount: '10', held: '100' });
    expect(inputs.poolFeeRatio).toBe(0.005);
    expect(inputs.uptimeRatio).toBe(0.97);
    expect(inputs.hashrateDecayRatioPerMonth).toBe(0.002);
    expect(inputs.networkGrowthRatioPerMonth).toBe(-0.01);
    expect(inputs.discountRatioPerYear).toBe(0.1);
    expect(inputs.heldRatio).toBe(1);
  });

  it('keeps a zero that was typed', () => {
    expect(inputsOf({ pool: '0', power: '0', capex: '0' })).toMatchObject({ poolFeeRatio: 0, powerUsdPerKwh: 0, capexUsd: 0 });
  });

  it('reads money in CNY at the rate of the market, or at one of your own', () => {
    // 0.355 CNY/kWh / 7.1 = 0.05 USD/kWh
    expect(inputsOf({ currency: 'cny', power: '0.355' }).powerUsdPerKwh).toBeCloseTo(0.05, 15);
    expect(inputsOf({ currency: 'cny', power: '0.4', rate: '8' }).powerUsdPerKwh).toBe(0.05);
  });

  it('asks for the rate when CNY is wanted and no rate is known', () => {
    expect(errorsOf({ currency: 'cny' }, aMarket({ cnyPerUsd: null }))).toEqual([
      { name: 'rate', code: 'market_missing', min: 0.01, max: 1000 },
    ]);
    expect(errorsOf({}, aMarket({ cnyPerUsd: null }))).toEqual([]);
  });

  it('says ranges in the unit that is typed', () => {
    expect(errorsOf({ pool: '150' })).toEqual([{ name: 'pool', code: 'out_of_range', min: 0, max: 100 }]);
    expect(errorsOf({ currency: 'cny', power: '100' })).toEqual([{ name: 'power', code: 'out_of_range', min: -7.1, max: 71 }]);
    expect(errorsOf({ difficulty: '0' })).toEqual([{ name: 'difficulty', code: 'out_of_range', min: 0, max: 1e8 }]);
    expect(errorsOf({ count: '2.5' })).toEqual([{ name: 'count', code: 'not_an_integer', min: 1, max: 1e6 }]);
    expect(errorsOf({ power: 'cheap' })).toEqual([{ name: 'power', code: 'not_a_number', min: -1, max: 10 }]);
    expect(errorsOf({ months: '' })).toEqual([{ name: 'months', code: 'missing', min: 1, max: 120 }]);
  });

  it('never invents a market figure: it asks for each one that is missing', () => {
    const market = aMarket({ height: null, difficulty: null, feesBtcPerBlock: null, priceUsdPerBtc: null });
    expect(errorsOf({}, market).map(({ name, code }) => `${name} ${code}`)).toEqual([
      'price market_missing',
      'height market_missing',
      'difficulty market_missing',
      'fees market_missing',
    ]);
    expect(errorsOf({ price: '80000', height: '925000', difficulty: '119.12', fees: '0.03' }, market)).toEqual([]);
  });

  it('drops the measured hash rate and the epoch time when height or difficulty is typed', () => {
    expect(inputsOf({})).toMatchObject({ networkHashrateThs: 870.6e6, epochElapsedS: 1_003_200 });
    expect(inputsOf({ difficulty: '130' })).toMatchObject({ difficulty: 130e12, networkHashrateThs: null, epochElapsedS: null });
    expect(inputsOf({ difficulty: '130', network: '900' })).toMatchObject({ networkHashrateThs: 900e6 });
  });

  it('lets own figures win over the catalogue, one by one', () => {
    expect(inputsOf({})).toMatchObject({ hashrateThs: 234, powerW: 3531 });
    expect(inputsOf({ watt: '3300' })).toMatchObject({ hashrateThs: 234, powerW: 3300 });
    expect(inputsOf({ model: '<script>alert(1)</script>', ths: '200', watt: '3500' })).toMatchObject({ hashrateThs: 200, powerW: 3500 });
  });

  it('asks for the figures of a machine that nobody knows', () => {
    expect(errorsOf({ model: 'Moonminer' }).map(({ name, code }) => `${name} ${code}`)).toEqual(['model unknown_model']);
    expect(errorsOf({ model: '' }).map(({ name, code }) => `${name} ${code}`)).toEqual(['model missing']);
    expect(errorsOf({ model: 'Moonminer', ths: '100' }).map(({ name, code }) => `${name} ${code}`)).toEqual([
      'model unknown_model',
      'watt missing',
    ]);
  });

  it('lets the other machines fail without stopping the answer', () => {
    const read = toRoiInputs(
      aForm({ vs1: 'Moonminer', vs2: 'Antminer S21 XP', vs3: 'Antminer S21 XP', vs3price: '-5' }),
      aMarket(),
      findMachine,
      NOW_MS,
    );
    expect(read.kind).toBe('ok');
    expect(read.errors.map(({ name, code }) => `${name} ${code}`)).toEqual(['vs1 unknown_model', 'vs3price out_of_range']);
    // 3200 USD / 234 TH/s * 270 TH/s
    expect(read.kind === 'ok' && read.compared).toMatchObject([
      { name: 'Antminer S21 XP', capexUsd: (3200 / 234) * 270, priceOrigin: 'per_th' },
    ]);
  });

  it('needs the client price only when the page is seen from client or host', () => {
    expect(errorsOf({ client: '' })).toEqual([]);
    expect(errorsOf({ client: '', view: 'host' }).map(({ name, code }) => `${name} ${code}`)).toEqual(['client missing']);
  });
});

describe('the start of the months', () => {
  function startOf(changes: Partial<CalculatorForm>, market = aMarket()): string {
    const read = toRoiInputs(aForm(changes), market, findMachine, NOW_MS);
    return read.kind === 'ok' ? new Date(read.startMs).toISOString() : read.errors.map(({ name, code }) => `${name} ${code}`).join();
  }

  it('is the day of the market figures, today for a typed height, or the day that was typed', () => {
    expect(startOf({})).toBe('2025-11-01T00:00:00.000Z');
    expect(startOf({ height: '930000' })).toBe('2026-03-05T00:00:00.000Z');
    expect(startOf({ start: '2026-01-31' })).toBe('2026-01-31T00:00:00.000Z');
  });

  it.each(['2026-02-30', 'tomorrow', '1999-01-01', '2026-1-1'])('refuses %j', (start) => {
    expect(startOf({ start })).toBe('start not_a_date');
  });
});

describe('convertCurrency', () => {
  it('changes the currency and not the meaning, there and back', () => {
    const form = aForm({ power: '0.055', capex: '3,200', client: 'dear' });
    const yuan = convertCurrency(form, 'cny', 7.1);
    expect(yuan).toMatchObject({ currency: 'cny', power: '0.3905', capex: '22720', client: 'dear', price: '' });
    expect(convertCurrency(yuan, 'usd', 7.1)).toMatchObject({ currency: 'usd', power: '0.055', capex: '3200', client: 'dear' });
  });
});
