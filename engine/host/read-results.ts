/** From the module's columns to result objects. NaN in a column means "does not exist" and becomes null; elsewhere a number that is not finite is an error. */
import type { MemoryMap } from './memory-map.ts';
import type { Month, PathEvent, ProjectionSummary, Today } from './types.ts';

const EVENT_STRIDE = 3;

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

export function readToday(map: MemoryMap, row: number): Today {
  const { results } = map;
  return {
    hashpriceBtcPerThDay: map.pathScalars[0]!,
    minedBtcPerDay: results.minedBtcPerDay[row]!,
    revenueUsdPerDay: results.revenueUsdPerDay[row]!,
    energyKwhPerDay: results.energyKwhPerDay[row]!,
    powerUsdPerDay: results.powerUsdPerDay[row]!,
    fixedUsdPerDay: results.fixedUsdPerDay[row]!,
    netUsdPerDay: results.netUsdPerDay[row]!,
    breakEvenPowerUsdPerKwh: orNull(results.breakEvenPowerUsdPerKwh[row]),
    breakEvenPriceUsdPerBtc: orNull(results.breakEvenPriceUsdPerBtc[row]),
  };
}

/** `capexUsd` is that of all machines together. */
export function readSummary(map: MemoryMap, row: number, capexUsd: number): ProjectionSummary {
  const { results } = map;
  const profitUsd = results.profitUsd[row]!;
  return {
    minedBtc: results.minedBtc[row]!,
    npvUsd: results.npvUsd[row]!,
    irrRatioPerYear: orNull(results.irrRatioPerYear[row]),
    paybackMonths: orNull(results.paybackMonths[row]),
    staticPaybackMonths: orNull(results.staticPaybackMonths[row]),
    profitUsd,
    roiRatio: capexUsd === 0 ? null : profitUsd / capexUsd,
    shutdownMonth: orNull(results.shutdownMonth[row]),
    buyBtc: results.buyBtc[row]!,
    mineBtc: results.mineBtc[row]!,
  };
}

/** Whether every figure that must exist is a finite number. */
export function isFiniteRow(map: MemoryMap, row: number): boolean {
  const { results } = map;
  return (
    Number.isFinite(map.pathScalars[0]) &&
    Number.isFinite(results.minedBtc[row]) &&
    Number.isFinite(results.npvUsd[row]) &&
    Number.isFinite(results.profitUsd[row]) &&
    Number.isFinite(results.mineBtc[row]) &&
    Number.isFinite(results.buyBtc[row]) &&
    Number.isFinite(results.revenueUsdPerDay[row]) &&
    Number.isFinite(results.netUsdPerDay[row])
  );
}

/** The months that writeMonths or projectHost wrote last. */
export function readMonths(map: MemoryMap, horizonMonths: number): Month[] {
  const { months } = map;
  return Array.from({ length: horizonMonths }, (_, k) => ({
    month: k + 1,
    minedBtc: months.minedBtc[k]!,
    revenueUsd: months.revenueUsd[k]!,
    powerUsd: months.powerUsd[k]!,
    fixedUsd: months.fixedUsd[k]!,
    netUsd: months.netUsd[k]!,
    cumulativeUsd: months.cumulativeUsd[k]!,
  }));
}

export function readEvents(map: MemoryMap, count: number): PathEvent[] {
  return Array.from({ length: count }, (_, index): PathEvent => {
    const atS = map.events[index * EVENT_STRIDE]!;
    const isHalving = map.events[index * EVENT_STRIDE + 1] === 1;
    const value = map.events[index * EVENT_STRIDE + 2]!;
    return isHalving ? { kind: 'halving', atS, subsidyBtc: value } : { kind: 'retarget', atS, difficulty: value };
  });
}
