/** From the module's summary, scalars and fan to a result. NaN and infinities mean "does not exist" and become null. */
import type { RiskMemoryMap } from './memory-map.ts';
import { QUANTILE_COUNT } from './memory-map.ts';
import type { FanMonth, Quantiles, Risk } from './types.ts';

const QUANTILE_NAMES = ['p5', 'p10', 'p50', 'p90', 'p95'] as const;
const FAN_NAMES = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;
const NPV = 0;
const PROFIT = 1;
const PAYBACK = 2;

function orNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Every second number of a summary's array: its quantiles (`offset` 0) or their standard errors (1). */
function readQuantiles(map: RiskMemoryMap, array: number, offset: 0 | 1, scale: number): Quantiles<number | null> {
  const at = (index: number) => orNull(map.summary[(array * QUANTILE_COUNT + index) * 2 + offset]! * scale);
  return Object.fromEntries(QUANTILE_NAMES.map((name, index) => [name, at(index)])) as Quantiles<number | null>;
}

function readFan(map: RiskMemoryMap, horizonMonths: number): FanMonth[] {
  return Array.from({ length: horizonMonths }, (_, k) => {
    const row = FAN_NAMES.map((name, index) => [name, map.fan[k * QUANTILE_COUNT + index]!] as const);
    return { month: k + 1, ...Object.fromEntries(row) } as FanMonth;
  });
}

/** Whether every figure that must exist is a finite number. */
export function isFiniteRisk(map: RiskMemoryMap): boolean {
  const upTo = (array: number) => Array.from({ length: QUANTILE_COUNT }, (_, index) => map.summary[(array * QUANTILE_COUNT + index) * 2]!);
  return [...upTo(NPV), ...upTo(PROFIT), map.scalars[5]!].every((value) => Number.isFinite(value));
}

/** `capexUsd` is that of all machines together. */
export function readRisk(map: RiskMemoryMap, horizonMonths: number, capexUsd: number, engineVersion: string): Risk {
  const [payback, paybackError, shutdown, shutdownError, meanShutdownMonth, meanNpvUsd, meanNpvError] = map.scalars;
  // Without capex there is no return: NaN times anything is null.
  const perCapex = capexUsd === 0 ? Number.NaN : 1 / capexUsd;
  const offRatioByMonth = Array.from(map.offRatio.subarray(0, horizonMonths));
  return {
    quantiles: {
      npvUsd: readQuantiles(map, NPV, 0, 1) as Quantiles<number>,
      roiRatio: readQuantiles(map, PROFIT, 0, perCapex),
      paybackMonths: readQuantiles(map, PAYBACK, 0, 1),
    },
    standardErrors: {
      npvUsd: readQuantiles(map, NPV, 1, 1),
      roiRatio: readQuantiles(map, PROFIT, 1, perCapex),
      paybackMonths: readQuantiles(map, PAYBACK, 1, 1),
      meanNpvUsd: orNull(meanNpvError),
      probabilityOfPayback: orNull(paybackError),
      probabilityOfShutdown: orNull(shutdownError),
    },
    meanNpvUsd: meanNpvUsd!,
    probabilityOfPayback: payback!,
    shutdown: {
      probability: shutdown!,
      meanMonth: orNull(meanShutdownMonth),
      meanMonthsOff: offRatioByMonth.reduce((sum, ratio) => sum + ratio, 0),
      offRatioByMonth,
    },
    fan: readFan(map, horizonMonths),
    engineVersion,
  };
}
