/**
 * Why machines of a kind are off, turned down or kept on, by stretches of time: read from the plan's multipliers, which are the prices at which the shared rows
 * trade. A reason is what decides between the states of one machine; it is not a second optimisation.
 */
import type { LatticeProblem, PlanMultipliers } from '#engine';

/**
 * - `price`: power costs more than the mode mines.
 * - `cap`, `peak`, `ramp`: it would earn, but the shared row it uses is worth more to others.
 * - `start`: it would earn, but less than starting (or the minimum times) costs.
 * - `floor`, `take-or-pay`: runs at a loss because a floor or a volume needs it.
 * - `bridge`: runs at a loss because stopping and starting again would cost more.
 */
export type Reason = 'price' | 'cap' | 'peak' | 'ramp' | 'start' | 'floor' | 'take-or-pay' | 'bridge';
export type Track = 'off' | 'low' | 'on';

export type ReasonSpan = {
  track: Track;
  reason: Reason;
  from: number;
  /** Not included. */
  to: number;
  /** Machines it applies to, fewest and most of the intervals. */
  fewest: number;
  most: number;
  /** Mean margin of one machine in the span, USD per hour: of its best mode when off, of what it does when on. */
  marginUsdPerHour: number;
};

const UNITS_PER_USD = 1e12;
const MINUTES_PER_HOUR = 60;
/** Machines at the margin earn at the row's price exactly nothing; rounding must not turn that into a reason. */
const NEAR_RATIO = 0.02;

/** What the rows add to the price of a W in an interval, part by part, in money units. */
export function surchargesAt(multipliers: PlanMultipliers, t: number): Record<'cap' | 'peak' | 'ramp' | 'volume', number> {
  const at = (list: readonly number[] | undefined, index: number) => list?.[index] ?? 0;
  const [cap, up, down] = [multipliers.cap[0], multipliers.rampUp[0], multipliers.rampDown[0]];
  return {
    cap: at(cap, t),
    peak: at(multipliers.peak, t),
    ramp: at(up, t) - at(up, t + 1) - (at(down, t) - at(down, t + 1)),
    volume: multipliers.takeOrPay,
  };
}

/** Half a tenth of a cent: a loss that small is nothing on a screen that shows three digits. */
const LEAST_LOSS_USD_PER_HOUR = 0.0005;

type Found = { track: Track; reason: Reason; units: number; marginUnits: number };

/** Why a unit that would earn is off: the dearest row that takes its margin, or the cost of starting when no row does. */
function blameRows(marginUnits: number, powerW: number, surcharges: ReturnType<typeof surchargesAt>): Reason {
  const total = surcharges.cap + surcharges.peak + surcharges.ramp - surcharges.volume;
  if (marginUnits - total * powerW > NEAR_RATIO * marginUnits) return 'start';
  const dearest = (['cap', 'peak', 'ramp'] as const).reduce((most, row) => (surcharges[row] > surcharges[most] ? row : most));
  return surcharges[dearest] > 0 ? dearest : 'start';
}

function blameLoss(marginUnits: number, powerW: number, clientUnits: number, surcharges: ReturnType<typeof surchargesAt>): Reason {
  if (clientUnits > 0 && marginUnits + clientUnits >= 0) return 'floor';
  if (surcharges.volume > 0 && marginUnits + surcharges.volume * powerW >= 0) return 'take-or-pay';
  if (surcharges.ramp < 0 && marginUnits - surcharges.ramp * powerW >= 0) return 'ramp';
  return clientUnits > 0 ? 'floor' : 'bridge';
}

/** What is remarkable about a machine's units in an interval: those off, those below their best mode, those on at a loss. */
function findAt(problem: LatticeProblem, multipliers: PlanMultipliers, machine: number, counts: readonly number[], t: number): Found[] {
  const { hashrateGhs, powerW, client } = problem.machines[machine]!;
  const surcharges = surchargesAt(multipliers, t);
  const margins = hashrateGhs.map((ghs, mode) => ghs * problem.hashpriceUnits[t]! - powerW[mode]! * problem.priceUnits[t]!);
  let best = 1;
  for (let mode = 2; mode < margins.length; mode++) if (margins[mode]! > margins[best]!) best = mode;
  const found: Found[] = [];
  if (counts[0]! > 0) {
    // With the mode that survives the rows best: a low mode may earn where the best one would not.
    const total = surcharges.cap + surcharges.peak + surcharges.ramp - surcharges.volume;
    let spared = best;
    for (let mode = 1; mode < margins.length; mode++) {
      if (margins[mode]! - total * powerW[mode]! > margins[spared]! - total * powerW[spared]!) spared = mode;
    }
    const reason = margins[best]! <= 0 ? 'price' : blameRows(margins[spared]!, powerW[spared]!, surcharges);
    found.push({ track: 'off', reason, units: counts[0]!, marginUnits: margins[best]! });
  }
  for (let mode = 1; mode < margins.length; mode++) {
    if (counts[mode]! === 0) continue;
    if (margins[mode]! < 0) {
      const clientUnits = client < 0 ? 0 : multipliers.client[client]!;
      const reason = blameLoss(margins[mode]!, powerW[mode]!, clientUnits, surcharges);
      found.push({ track: 'on', reason, units: counts[mode]!, marginUnits: margins[mode]! });
    } else if (powerW[mode]! < powerW[best]! && margins[best]! > margins[mode]!) {
      const step = { margin: margins[best]! - margins[mode]!, powerW: powerW[best]! - powerW[mode]! };
      const reason = blameRows(step.margin, step.powerW, surcharges);
      if (reason !== 'start') found.push({ track: 'low', reason, units: counts[mode]!, marginUnits: margins[mode]! });
    }
  }
  return found;
}

/** Spans of one machine of the list. `counts`: units in each lattice mode, [mode][interval]; mode 0 is off. */
export function listReasons(
  problem: LatticeProblem,
  multipliers: PlanMultipliers,
  machine: number,
  counts: readonly (readonly number[])[],
): ReasonSpan[] {
  const spans: ReasonSpan[] = [];
  const toUsdPerHour = MINUTES_PER_HOUR / problem.minutes / UNITS_PER_USD;
  for (let t = 0; t < problem.intervalCount; t++) {
    const found = findAt(
      problem,
      multipliers,
      machine,
      counts.map((mode) => mode[t]!),
      t,
    );
    for (const { track, reason, units, marginUnits } of found) {
      const margin = marginUnits * toUsdPerHour;
      const open = spans.find((span) => span.track === track && span.reason === reason && span.to === t);
      if (!open) {
        spans.push({ track, reason, from: t, to: t + 1, fewest: units, most: units, marginUsdPerHour: margin });
        continue;
      }
      const length = t - open.from;
      open.marginUsdPerHour = (open.marginUsdPerHour * length + margin) / (length + 1);
      open.to = t + 1;
      open.fewest = Math.min(open.fewest, units);
      open.most = Math.max(open.most, units);
    }
  }
  return spans
    .filter(({ track, marginUsdPerHour }) => track !== 'on' || marginUsdPerHour < -LEAST_LOSS_USD_PER_HOUR)
    .sort((a, b) => a.from - b.from || a.to - b.to);
}
