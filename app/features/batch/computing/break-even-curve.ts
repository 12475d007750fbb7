/**
 * The fleet's break-even curve: how much load still earns its power bill today at each power price. Every machine has its own break-even power price
 * (DOMAIN section 3); at a price p those run that have p or more. Fixed costs are not in it: they are paid whether a machine runs or not. Pure.
 */
import type { ComputedBatch } from './compute-batch.ts';

/** Up to and including `powerUsdPerKwh` this much load is still profitable; above it, what the next step says, and after the last nothing. */
export type BreakEvenStep = { powerUsdPerKwh: number; profitableW: number };

/** Prices closer than this are one step: a hundredth of a cent per kWh is below anything that is drawn or traded. */
const STEP_USD_PER_KWH = 0.0001;

export type CurveBuilder = {
  add(part: Pick<ComputedBatch, 'machines' | 'results' | 'status' | 'rowCount'>): void;
  /** Steps by rising price; loads fall. At most `maxSteps`, thinned from the ends of equal shares of the load. */
  finish(maxSteps?: number): BreakEvenStep[];
};

const MAX_STEPS = 200;

/** For a batch that is computed in parts and never held whole. O(rows + steps log steps). */
export function createCurveBuilder(): CurveBuilder {
  const loadByStep = new Map<number, number>();
  return {
    add({ machines, results, status, rowCount }) {
      for (let row = 0; row < rowCount; row++) {
        const price = results.breakEvenPowerUsdPerKwh[row]!;
        if (status[row] !== 0 || Number.isNaN(price)) continue;
        // Rounded down: a curve must never promise a price that a machine cannot bear.
        const step = Math.floor(price / STEP_USD_PER_KWH);
        const loadW = machines.powerW[row]! * machines.pue[row]! * machines.count[row]!;
        loadByStep.set(step, (loadByStep.get(step) ?? 0) + loadW);
      }
    },
    finish(maxSteps = MAX_STEPS) {
      let profitableW = 0;
      const falling = [...loadByStep].sort(([a], [b]) => b - a);
      const steps = falling.map(([step, loadW]): BreakEvenStep => {
        profitableW += loadW;
        return { powerUsdPerKwh: step * STEP_USD_PER_KWH, profitableW };
      });
      return thin(steps, maxSteps).reverse();
    },
  };
}

export function toBreakEvenCurve(batch: ComputedBatch, maxSteps?: number): BreakEvenStep[] {
  const builder = createCurveBuilder();
  builder.add(batch);
  return builder.finish(maxSteps);
}

/** Of falling prices with growing loads: the first, the last, and one for each equal share of the load between, each time the lower price. */
function thin(steps: BreakEvenStep[], most: number): BreakEvenStep[] {
  const last = steps.at(-1);
  if (steps.length <= most || last === undefined) return steps;
  const share = last.profitableW / (most - 2);
  let next = 0;
  return steps.filter((step, index) => {
    if (index !== 0 && index !== steps.length - 1 && step.profitableW < next) return false;
    next = step.profitableW + share;
    return true;
  });
}

/** Load that is profitable at a price, W. */
export function profitableAt(curve: readonly BreakEvenStep[], powerUsdPerKwh: number): number {
  return curve.find((step) => step.powerUsdPerKwh >= powerUsdPerKwh)?.profitableW ?? 0;
}
