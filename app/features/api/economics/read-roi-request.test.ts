import { describe, expect, it } from 'vitest';
import { GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { MAX_FAULTS_PER_REQUEST } from '#app/features/api/wire/fault.ts';
import { type ReadRequest, readRoiRequest } from './read-roi-request.ts';
import { aContext, aSnapshot } from './sample-context.ts';

function faultsOf(read: ReadRequest): [string, string][] {
  return read.kind === 'ok' ? [] : read.faults.map((fault) => [fault.field, fault.code]);
}

function inputsOf(read: ReadRequest) {
  if (read.kind !== 'ok') throw new Error(`refused: ${JSON.stringify(read.faults)}`);
  return read.inputs;
}

describe('readRoiRequest', () => {
  it('fills in the defaults and the market', () => {
    const inputs = inputsOf(readRoiRequest({ hashrateThs: 100, powerW: 2000, powerUsdPerKwh: 0.05 }, aContext()));
    expect(inputs).toEqual({
      height: 925_000,
      difficulty: 1.2e14,
      feesBtcPerBlock: 0.03,
      epochElapsedS: 500_000,
      networkHashrateThs: 8.8e8,
      networkGrowthRatioPerMonth: 0,
      priceUsdPerBtc: 80_000,
      priceGrowthRatioPerMonth: 0,
      horizonMonths: 36,
      payoutModel: 'FPPS',
      hashrateThs: 100,
      powerW: 2000,
      count: 1,
      powerUsdPerKwh: 0.05,
      poolFeeRatio: 0,
      uptimeRatio: 1,
      pue: 1,
      hashrateDecayRatioPerMonth: 0,
      hostingFeeUsdPerMonth: 0,
      maintenanceUsdPerMonth: 0,
      capexUsd: 0,
      residualUsd: 0,
      heldRatio: 0,
      discountRatioPerYear: 0,
      shutdownWhenUnprofitable: false,
      clientPowerUsdPerKwh: null,
      hostCapexUsd: 0,
    });
  });

  it('takes what was sent, and derives nothing that was not', () => {
    const inputs = inputsOf(readRoiRequest(GOLDEN_EXAMPLE, aContext()));
    expect(inputs).toMatchObject(GOLDEN_EXAMPLE);
    expect([inputs.networkHashrateThs, inputs.epochElapsedS]).toEqual([null, null]);
  });

  it('refuses what a host invests where there is no contract, and takes the 0 of an echo', () => {
    const machine = { hashrateThs: 100, powerW: 2000, powerUsdPerKwh: 0.05 };
    expect(faultsOf(readRoiRequest({ ...machine, hostCapexUsd: 200 }, aContext()))).toEqual([['hostCapexUsd', 'needs_client_power']]);
    expect(readRoiRequest({ ...machine, hostCapexUsd: 0 }, aContext()).kind).toBe('ok');
    expect(readRoiRequest({ ...machine, hostCapexUsd: 200, clientPowerUsdPerKwh: 0.07 }, aContext()).kind).toBe('ok');
    const both = readRoiRequest({ ...machine, hostCapexUsd: -1 }, aContext());
    expect(faultsOf(both)).toEqual([['hostCapexUsd', 'out_of_range']]);
  });

  it('lets a model stand for hash rate and power, whatever its case', () => {
    const read = readRoiRequest({ model: 'SAMPLE S1', powerUsdPerKwh: 0.05 }, aContext());
    expect(inputsOf(read)).toMatchObject({ hashrateThs: 200, powerW: 3500 });
    expect(read).toMatchObject({ model: 'Sample S1' });
  });

  it('lets explicit figures win over the model, each by itself', () => {
    const read = readRoiRequest({ model: 'Sample S1', powerW: 3300, powerUsdPerKwh: 0.05 }, aContext());
    expect(inputsOf(read)).toMatchObject({ hashrateThs: 200, powerW: 3300 });
  });

  it('takes an unknown model for a label when both figures are given', () => {
    const read = readRoiRequest({ model: 'My own', hashrateThs: 1, powerW: 30, powerUsdPerKwh: 0 }, aContext());
    expect(read).toMatchObject({ kind: 'ok', model: 'My own' });
  });

  it('offers the nearest names for an unknown model, and does not also ask for its figures', () => {
    const read = readRoiRequest({ model: 'Sample S2', powerUsdPerKwh: 0.05 }, aContext());
    expect(faultsOf(read)).toEqual([['model', 'unknown_model']]);
    expect(read).toMatchObject({ faults: [{ details: { suggestions: 'Sample S1' } }] });
  });

  it('refuses everything that is not a number, by name', () => {
    const wrong = ['0.05', null, true, [], {}, Number.POSITIVE_INFINITY, Number.NaN];
    for (const value of wrong) {
      const read = readRoiRequest({ ...GOLDEN_EXAMPLE, powerUsdPerKwh: value }, aContext());
      expect(faultsOf(read), String(value)).toEqual([['powerUsdPerKwh', 'not_a_number']]);
    }
  });

  it('refuses 1e999, which JSON reads as infinity', () => {
    const read = readRoiRequest(JSON.parse('{"hashrateThs": 1e999, "powerW": 1, "powerUsdPerKwh": 0}'), aContext());
    expect(faultsOf(read)).toEqual([['hashrateThs', 'not_a_number']]);
  });

  it('tells all mistakes at once, in the order sent, then what is missing', () => {
    const read = readRoiRequest({ powerW: -1, cout: 3, count: 1.5, payoutModel: 'XPPS', shutdownWhenUnprofitable: 1 }, aContext());
    expect(faultsOf(read)).toEqual([
      ['powerW', 'out_of_range'],
      ['cout', 'unknown_field'],
      ['count', 'not_an_integer'],
      ['payoutModel', 'not_a_choice'],
      ['shutdownWhenUnprofitable', 'not_a_boolean'],
      ['powerUsdPerKwh', 'missing'],
      ['hashrateThs', 'missing_or_model'],
    ]);
  });

  it('asks for hash rate and power when there is no model', () => {
    expect(faultsOf(readRoiRequest({}, aContext()))).toEqual([
      ['powerUsdPerKwh', 'missing'],
      ['hashrateThs', 'missing_or_model'],
      ['powerW', 'missing_or_model'],
    ]);
  });

  it('asks for a market figure that nobody knows instead of inventing it', () => {
    const context = aContext(aSnapshot({ priceUsdPerBtc: null, difficulty: null }));
    const own = { hashrateThs: 1, powerW: 30, powerUsdPerKwh: 0 };
    expect(faultsOf(readRoiRequest(own, context))).toEqual([
      ['difficulty', 'market_unknown'],
      ['priceUsdPerBtc', 'market_unknown'],
    ]);
    expect(faultsOf(readRoiRequest({ ...own, difficulty: 0, priceUsdPerBtc: 1 }, context))).toEqual([['difficulty', 'out_of_range']]);
  });

  it('refuses what is not an object', () => {
    for (const raw of [null, [], 'x', 1, true]) expect(faultsOf(readRoiRequest(raw, aContext()))).toEqual([['', 'not_an_object']]);
  });

  it('refuses the names every object inherits like any other unknown name', () => {
    const read = readRoiRequest(JSON.parse('{"__proto__": {"powerW": 1}, "constructor": 1}'), aContext());
    expect(faultsOf(read).slice(0, 2)).toEqual([
      ['__proto__', 'unknown_field'],
      ['constructor', 'unknown_field'],
    ]);
  });

  it('stops telling after a bounded number of faults', () => {
    const raw = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, 0]));
    expect(faultsOf(readRoiRequest(raw, aContext()))).toHaveLength(MAX_FAULTS_PER_REQUEST);
    expect(faultsOf(readRoiRequest(raw, aContext(), 3))).toHaveLength(3);
  });
});
