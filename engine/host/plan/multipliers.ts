/** Multipliers between the engine's rows and the answer's named lists. */
import type { LatticeProblem } from './lattice.ts';
import type { PlanExports } from './plan-exports.ts';
import { type Row, viewsOf } from './plan-memory.ts';
import type { PlanMultipliers, PlanShadowPrices } from './problem.ts';
import { UNITS_PER_USD } from './problem.ts';

const W_PER_KW = 1e3;
const W_PER_MW = 1e6;
const MINUTES_PER_HOUR = 60;

export function emptyMultipliers(problem: LatticeProblem): PlanMultipliers {
  const cells = () => problem.sites.map(() => Array.from({ length: problem.intervalCount }, () => 0));
  return {
    cap: cells(),
    rampUp: cells(),
    rampDown: cells(),
    client: problem.clients.map(() => 0),
    takeOrPay: 0,
    peak: Array.from({ length: problem.intervalCount }, () => 0),
  };
}

/** The row's place in the lists: the list and the index in it. */
function placeOf(multipliers: PlanMultipliers, { kind, owner, interval }: Row): [number[], number] | null {
  if (kind === 'client') return [multipliers.client, owner];
  if (kind === 'peak') return [multipliers.peak, interval];
  if (kind === 'takeOrPay') return null;
  const site = multipliers[kind][owner];
  return site ? [site, interval] : null;
}

/** Multipliers of the engine's rows as they are in `figures`. */
export function toMultipliers(problem: LatticeProblem, rows: readonly Row[], figures: Float64Array): PlanMultipliers {
  const multipliers = emptyMultipliers(problem);
  rows.forEach((row, index) => {
    const place = placeOf(multipliers, row);
    if (place) place[0][place[1]] = figures[index]!;
    else multipliers.takeOrPay = figures[index]!;
  });
  return multipliers;
}

/** Figures for the rows from an earlier answer; whatever does not fit the row's bounds is cut to them, whatever is missing is 0. */
export function fromMultipliers(rows: readonly Row[], multipliers: PlanMultipliers): Float64Array {
  return Float64Array.from(rows, (row) => {
    const place = placeOf(multipliers, row);
    const figure = place ? place[0][place[1]] : multipliers.takeOrPay;
    return figure === undefined || !Number.isInteger(figure) ? 0 : Math.max(0, Math.min(row.upper, figure));
  });
}

export function bestFigures(wasm: PlanExports, rows: readonly Row[]): Float64Array {
  return viewsOf(wasm).f64(wasm.ROW_BEST_PTR.value, rows.length);
}

/** The multipliers as prices: USD for one more of each thing. */
export function toShadowPrices(problem: LatticeProblem, multipliers: PlanMultipliers): PlanShadowPrices {
  const { sites, clients, minutes } = problem;
  const hours = minutes / MINUTES_PER_HOUR;
  const perMw = (units: number) => (units * W_PER_MW) / UNITS_PER_USD;
  const cells = (lists: number[][][]) =>
    sites.flatMap(({ id }, site) =>
      Array.from({ length: problem.intervalCount }, (_, interval) => ({
        site: id,
        interval,
        usdPerMw: perMw(lists.reduce((sum, list) => sum + list[site]![interval]!, 0)),
      })).filter(({ usdPerMw }) => usdPerMw !== 0),
    );
  return {
    cap: cells([multipliers.cap]),
    ramp: cells([multipliers.rampUp, multipliers.rampDown]),
    clients: clients
      .map(({ id, minMachineIntervals }, index) => {
        const usdPerMachineInterval = multipliers.client[index]! / UNITS_PER_USD;
        return { id, usdPerMachineInterval, totalUsd: usdPerMachineInterval * minMachineIntervals };
      })
      .filter(({ usdPerMachineInterval }) => usdPerMachineInterval !== 0),
    takeOrPayUsdPerKwh: problem.takeOrPay ? (multipliers.takeOrPay * W_PER_KW) / hours / UNITS_PER_USD : null,
    peak: multipliers.peak
      .map((units, interval) => ({ interval, usdPerKw: (units * W_PER_KW) / UNITS_PER_USD }))
      .filter(({ usdPerKw }) => usdPerKw !== 0),
  };
}
