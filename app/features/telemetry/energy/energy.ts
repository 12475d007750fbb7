/** Energy and demand from what was integrated. Pure. */
import { QUARTER_S } from '#app/features/telemetry/layers.ts';

export type EnergySums = {
  /** Counted by the site's own meter; machine sums then are of the rest of the time. Left out: there is no meter of these. */
  meterKwh?: number;
  /** Integrated from power that machines reported. */
  machineKwh: number;
  /** Rated power of machines that hashed and reported no power. */
  ratedKwh: number;
  /** Machine seconds of which the power is metered, known or estimated. */
  powerKnownS: number;
  /** Machine seconds in all. */
  totalS: number;
};

export type Energy = {
  /** Null: of no time is the power known. */
  energyKwh: number | null;
  /** Share of the energy that the site's own meter counted, 0..1. The rest was summed over machines, without fans, cooling and losses of the site. */
  meterRatio: number | null;
  /** Share of the energy that is estimated from ratings, 0..1. */
  estimatedRatio: number | null;
  /** Share of machine time without a power; its energy is in no sum. */
  unknownRatio: number | null;
};

export function toEnergy({ meterKwh, machineKwh, ratedKwh, powerKnownS, totalS }: EnergySums): Energy {
  const energyKwh = (meterKwh ?? 0) + machineKwh + ratedKwh;
  const isKnown = powerKnownS > 0 || meterKwh !== undefined;
  const shareOf = (kwh: number) => (isKnown && energyKwh > 0 ? kwh / energyKwh : null);
  return {
    energyKwh: isKnown ? energyKwh : null,
    meterRatio: shareOf(meterKwh ?? 0),
    estimatedRatio: shareOf(ratedKwh),
    unknownRatio: totalS > 0 ? 1 - powerKnownS / totalS : null,
  };
}

/** Mean power of one quarter of an hour. */
export type Demand = {
  atS: number;
  /** Null: not known. */
  demandKw: number | null;
  /** `meter`: the site's own; `machines`: sum of what its machines drew, without fans, cooling and losses of the site. */
  source: 'meter' | 'machines';
  /** Share estimated from ratings; null with a meter. */
  estimatedRatio: number | null;
  /** Share of machine time in the quarter without a power; null with a meter. */
  unknownRatio: number | null;
};

const HOURS_PER_QUARTER = QUARTER_S / 3_600;

/** kWh of a quarter of an hour over a quarter of an hour. A meter's figure goes before the sum of machines. */
export function toDemand(atS: number, sums: EnergySums | null, meterKwh: number | null): Demand {
  if (meterKwh !== null) {
    return { atS, demandKw: meterKwh / HOURS_PER_QUARTER, source: 'meter', estimatedRatio: null, unknownRatio: null };
  }
  const energy = sums === null ? null : toEnergy(sums);
  return {
    atS,
    demandKw: energy === null || energy.energyKwh === null ? null : energy.energyKwh / HOURS_PER_QUARTER,
    source: 'machines',
    estimatedRatio: energy?.estimatedRatio ?? null,
    unknownRatio: energy?.unknownRatio ?? null,
  };
}

/** The quarter with the highest known demand; of several, the first. Null: none is known. */
export function findPeak(quarters: readonly Demand[]): Demand | null {
  let peak: Demand | null = null;
  for (const quarter of quarters) {
    if (quarter.demandKw !== null && (peak === null || peak.demandKw === null || quarter.demandKw > peak.demandKw)) peak = quarter;
  }
  return peak;
}
