import { describe, expect, it } from 'vitest';
import { handFile } from './hand-file.fixture.ts';
import { Place } from './json-place.ts';
import { readProblem } from './read-problem.ts';
import { createDice } from './tiny-problem.fixture.ts';

const read = (changes: object) => readProblem(new Place({ ...handFile().problem, ...changes }, 'problem'));
const interval = (minutes: number) => ({ startAt: '2026-01-01T00:00:00Z', minutes, count: 1, timeZone: 'UTC' });

/** The decimal that a JSON figure is, as a fraction. */
function toFraction(value: number): [bigint, bigint] {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new Error(`not a decimal: ${value}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return power >= 0 ? [digits * 10n ** BigInt(power), 1n] : [digits, 10n ** BigInt(-power)];
}

/** How far the whole number is from value * numerator / denominator. */
function distance(rounded: bigint, value: number, numerator: bigint, denominator: bigint): number {
  const [top, bottom] = toFraction(value);
  const scale = 1_000_000n;
  return Number(((rounded * bottom * denominator - top * numerator) * scale) / (bottom * denominator)) / Number(scale);
}

describe('the rounding of inputs', () => {
  it('takes money to the nearest pico-dollar, power to the nearest watt, hash rates to the nearest GH/s', () => {
    const dice = createDice(1);
    // Doubles leave a tie to either side: a hair above one half.
    const near = (rounded: bigint, value: number, numerator: bigint, denominator: bigint) =>
      expect(Math.abs(distance(rounded, value, numerator, denominator)), `${value}`).toBeLessThan(0.5001);
    for (let round = 0; round < 500; round++) {
      const minutes = [5, 15, 30, 60][dice(0, 3)]!;
      const usdPerMwh = dice(-50_000, 400_000) / 10 ** dice(0, 4);
      const usdPerThDay = dice(0, 99_999) / 1e6;
      const usdPerKwh = dice(0, 5000) / 1e4;
      const restartUsd = dice(0, 9999) / 1e4;
      const powerW = dice(0, 120_000) / 10;
      const hashrateThs = dice(1, 5_000_000) / 1e4;
      const bootMinutes = dice(0, 300) / 10;
      const problem = read({
        interval: interval(minutes),
        priceUsdPerMwh: [usdPerMwh],
        hashpriceUsdPerThDay: usdPerThDay,
        machines: [{ id: 'm', modes: [{ name: 'n', powerW, hashrateThs }], restartUsd, bootMinutes }],
        sites: [{ id: 's', capPenaltyUsdPerKwh: usdPerKwh }],
        takeOrPay: { minKwh: 1, usdPerMissingKwh: usdPerKwh },
        demandCharge: { usdPerKw: usdPerKwh, peakSoFarKw: powerW },
      });
      const perHour = BigInt(minutes);
      // USD/MWh to pUSD per W and interval: 1e12 / 1e6 * minutes / 60.
      near(problem.energyPusdPerW[0]!, usdPerMwh, 1_000_000n * perHour, 60n);
      // USD per TH/s and day to pUSD per GH/s and interval: 1e12 / 1e3 * minutes / 1440.
      near(problem.hashPusdPerGhs[0]!, usdPerThDay, 1_000_000_000n * perHour, 1440n);
      // USD/kWh to pUSD per W and interval: 1e12 / 1e3 * minutes / 60.
      near(problem.sites[0]!.penaltyPusdPerW!, usdPerKwh, 1_000_000_000n * perHour, 60n);
      near(problem.takeOrPay!.pusdPerWInterval, usdPerKwh, 1_000_000_000n * perHour, 60n);
      near(problem.demandCharge!.pusdPerW, usdPerKwh, 1_000_000_000n, 1n);
      near(problem.demandCharge!.peakSoFarW, powerW, 1000n, 1n);
      const machine = problem.machines[0]!;
      near(machine.restartPusd, restartUsd, 10n ** 12n, 1n);
      near(machine.modes[0]!.powerW, powerW, 1n, 1n);
      near(machine.modes[0]!.hashrateGhs, hashrateThs, 1000n, 1n);
      near(machine.modes[0]!.bootGhs, bootMinutes, machine.modes[0]!.hashrateGhs, perHour);
    }
  });

  it('takes caps and ramps down to whole watts and the take-or-pay volume up to whole W x intervals', () => {
    const problem = read({
      interval: interval(45),
      priceUsdPerMwh: [1],
      sites: [{ id: 's', capKw: [1.2349], rampKw: 0.29 }],
      takeOrPay: { minKwh: 1, usdPerMissingKwh: 1 },
    });
    // 0.29 * 1000 is 289.99999999999994 in doubles; it is 290 W that were meant. 1 kWh = 1,000 W * 60 / 45 = 1,333.3 W x intervals.
    expect(problem.sites[0]).toMatchObject({ capW: [1234n], rampW: 290n });
    expect(problem.takeOrPay!.minWIntervals).toBe(1334n);
  });
});

describe('what is left out', () => {
  it('takes its default', () => {
    const { machines, sites, clients, takeOrPay, demandCharge } = read({
      machines: [{ id: 'm', modes: [{ name: 'n', powerW: 1, hashrateThs: 1 }] }],
      sites: undefined,
    });
    expect(machines).toEqual([
      {
        id: 'm',
        count: 1,
        site: 0,
        client: null,
        modes: [{ powerW: 1n, hashrateGhs: 1000n, bootGhs: 0n }],
        sleepMode: null,
        restartPusd: 0n,
        minUpIntervals: 1,
        minDownIntervals: 1,
        maxStarts: null,
        initial: null,
        mustRun: [false, false, false],
        mustStop: [false, false, false],
      },
    ]);
    expect(sites).toEqual([{ id: 'site', capW: [null, null, null], penaltyPusdPerW: null, rampW: null }]);
    expect({ clients, takeOrPay, demandCharge }).toEqual({ clients: [], takeOrPay: null, demandCharge: null });
  });

  it('the first state is free without initialMode, off with null or the sleep mode, on otherwise', () => {
    const modes = [
      { name: 'sleep', powerW: 20, hashrateThs: 0 },
      { name: 'normal', powerW: 3000, hashrateThs: 100 },
    ];
    const initialOf = (changes: object) => read({ machines: [{ id: 'm', modes, ...changes }] }).machines[0]!.initial;
    const ageIntervals = Number.POSITIVE_INFINITY;
    expect(initialOf({})).toBeNull();
    expect(initialOf({ initialMode: null })).toEqual({ isOn: false, ageIntervals });
    expect(initialOf({ initialMode: 0 })).toEqual({ isOn: false, ageIntervals });
    expect(initialOf({ initialMode: 1, initialAgeIntervals: 3 })).toEqual({ isOn: true, ageIntervals: 3 });
  });
});
