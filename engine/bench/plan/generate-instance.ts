/**
 * Plan problems for measuring, the same for the same seed on every machine: only + - * / of doubles, and every figure rounded to a few decimals. The fleet and the
 * day are those of the prototype's measurements: 20 models of 15 to 30 J/TH, units that differ by some per cent, a day with two price spikes and a negative dip,
 * eight capped intervals, 0.10 USD and six minutes of hashing a restart.
 */

export type InstanceSize = {
  seed: number;
  machines: number;
  /** Intervals of a day: 24, 96, 288. */
  intervals: number;
  /** Off counts: 2 = off and normal, 3 = + low, 4 = + high. */
  modes: 2 | 3 | 4;
  /** Ten clients with floors, and a volume to be taken. */
  hasFloorsAndTakeOrPay: boolean;
  hasMinimumTimes: boolean;
  hasDemandCharge: boolean;
};

type Mode = { name: string; powerW: number; hashrateThs: number };
type Machine = {
  id: string;
  client?: string;
  modes: Mode[];
  restartUsd: number;
  bootMinutes: number;
  minUpIntervals?: number;
  minDownIntervals?: number;
};

/** The body of POST /api/v1/curtailment/plan, as far as it is used here. */
export type Instance = {
  interval: { startAt: string; minutes: number; count: number; timeZone: string };
  priceUsdPerMwh: number[];
  hashpriceUsdPerThDay: number;
  machines: Machine[];
  sites: { id: string; capKw: (number | null)[] }[];
  clients?: { id: string; minMachineIntervals: number }[];
  takeOrPay?: { minKwh: number; usdPerMissingKwh: number };
  demandCharge?: { usdPerKw: number; peakSoFarKw: number };
};

const MODELS = 20;
const CAPPED_INTERVALS = 8;
const CLIENTS = 10;
const MINUTES_PER_DAY = 1440;

export function generateInstance(size: InstanceSize): Instance {
  const random = createRandom(size.seed);
  const minutes = MINUTES_PER_DAY / size.intervals;
  const machines = generateFleet(size, random);
  const fullKw = machines.reduce((sum, { modes }) => sum + modes.find(({ name }) => name === 'normal')!.powerW, 0) / 1000;
  const priceUsdPerMwh = generatePrices(size.intervals, random);
  const capKw = generateCaps(size.intervals, fullKw, random);
  const cappedShare = capKw.reduce<number>((sum, cap) => sum + (cap === null ? 0 : 1 - cap / fullKw), 0) / size.intervals;
  const instance: Instance = {
    interval: { startAt: '2026-01-15T00:00:00Z', minutes, count: size.intervals, timeZone: 'UTC' },
    priceUsdPerMwh,
    hashpriceUsdPerThDay: 0.04,
    machines,
    sites: [{ id: 'site', capKw }],
  };
  if (size.hasFloorsAndTakeOrPay) {
    instance.clients = Array.from({ length: CLIENTS }, (_none, c) => {
      const units = machines.filter(({ client }) => client === `client-${c}`).length;
      return { id: `client-${c}`, minMachineIntervals: Math.floor(units * size.intervals * (1 - cappedShare) * random(0.85, 0.97)) };
    });
    instance.takeOrPay = { minKwh: Math.floor(fullKw * 24 * (1 - cappedShare) * 0.92), usdPerMissingKwh: 0.03 };
  }
  if (size.hasDemandCharge) instance.demandCharge = { usdPerKw: 12, peakSoFarKw: Math.floor(fullKw * 0.7) };
  return instance;
}

function generateFleet(size: InstanceSize, random: Random): Machine[] {
  const models = Array.from({ length: MODELS }, (_none, model) => ({
    hashrateThs: random(90, 230),
    joulesPerTh: 15 + (15 * model) / (MODELS - 1),
  }));
  return Array.from({ length: size.machines }, (_none, index) => {
    const model = models[Math.floor(random(0, MODELS))]!;
    const hashrateThs = model.hashrateThs * (1 + spread(random, 0.04));
    const powerW = hashrateThs * model.joulesPerTh * (1 + spread(random, 0.02));
    const mode = (name: string, powerShare: number, hashrateShare: number): Mode => ({
      name,
      powerW: Math.round(powerW * powerShare),
      hashrateThs: Math.round(hashrateThs * hashrateShare * 1000) / 1000,
    });
    const modes = [
      ...(size.modes >= 3 ? [mode('low', 0.62, 0.7)] : []),
      mode('normal', 1, 1),
      ...(size.modes >= 4 ? [mode('high', 1.25, 1.15)] : []),
    ];
    return {
      id: `m${index}`,
      ...(size.hasFloorsAndTakeOrPay ? { client: `client-${Math.floor(random(0, CLIENTS))}` } : {}),
      modes,
      restartUsd: 0.1,
      bootMinutes: 6,
      ...(size.hasMinimumTimes ? { minUpIntervals: Math.floor(random(1, 5)), minDownIntervals: Math.floor(random(1, 5)) } : {}),
    };
  });
}

/** 22 to 54 USD/MWh over the day (a parabola for the sine), noise, a spike of 120 to 370, one of 90 to 140, a dip below 0. */
function generatePrices(intervals: number, random: Random): number[] {
  const prices = Array.from({ length: intervals }, (_none, t) => {
    const hour = (24 * (t + 0.5)) / intervals;
    const half = (hour % 12) / 12;
    const wave = 4 * half * (1 - half) * (hour < 12 ? -1 : 1);
    return 38 + 16 * wave + spread(random, 3);
  });
  const overwrite = (fromHour: number, hours: number, least: number, most: number) => {
    const first = Math.floor((fromHour / 24) * intervals);
    const count = Math.max(1, Math.round((hours / 24) * intervals));
    for (let t = first; t < first + count; t++) prices[t] = random(least, most);
  };
  overwrite(random(17, 19), 2, 120, 370);
  overwrite(random(7, 9), 1, 90, 140);
  overwrite(random(2, 4), 1, -25, -2);
  return prices.map((price) => Math.round(price * 100) / 100);
}

/** 40 to 75 % of full power on eight intervals in a row, from some hour of the evening. */
function generateCaps(intervals: number, fullKw: number, random: Random): (number | null)[] {
  const first = Math.min(intervals - CAPPED_INTERVALS, Math.floor((random(13, 19) / 24) * intervals));
  return Array.from({ length: intervals }, (_none, t) =>
    t >= first && t < first + CAPPED_INTERVALS ? Math.floor(fullKw * random(0.4, 0.75)) : null,
  );
}

/** A number in [least, most). */
type Random = (least: number, most: number) => number;

/** mulberry32 (T. Ettinger, public domain). */
function createRandom(seed: number): Random {
  let state = seed;
  return (least, most) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + ((most - least) * ((mixed ^ (mixed >>> 14)) >>> 0)) / 2 ** 32;
  };
}

/** About normal: the sum of three even ones, of standard deviation `deviation`. */
function spread(random: Random, deviation: number): number {
  return deviation * (random(-1, 1) + random(-1, 1) + random(-1, 1));
}
