/**
 * The best a single machine can do by itself when the shared limits are replaced by prices: plain dynamic programming, one step per interval
 * over the states of `machine-states.ts`.
 */
import { type ExactMachine, isRunning, offPowerW, startCostPusd } from './exact-problem.ts';
import { firstState, followState, type MachineState } from './machine-states.ts';

/** Prices one machine sees. */
export type MachinePrices = {
  /** For 1 W through each interval. */
  energyPusdPerW: readonly bigint[];
  /** For 1 GH/s through each interval. */
  hashPusdPerGhs: readonly bigint[];
  /** Paid for each interval in which the machine runs. */
  runningBonusPusd: bigint;
  /** Leaves out the wear of starts. */
  areStartsFree: boolean;
};

/** Largest sum of revenue less cost over the horizon; `null` when no schedule obeys the machine's own rules. */
export function bestMachineValue(machine: ExactMachine, prices: MachinePrices): bigint | null {
  const graph = new StateGraph(machine);
  let best: (bigint | undefined)[] = [0n];
  for (const t of prices.energyPusdPerW.keys()) {
    const worth = valueInterval(machine, prices, t);
    const next: (bigint | undefined)[] = [];
    for (const [from, beforePusd] of best.entries()) {
      if (beforePusd === undefined) continue;
      for (const { to, kind } of graph.steps(from)) {
        if (kind === 'off' ? machine.mustRun[t] : machine.mustStop[t]) continue;
        const pusd = beforePusd + worth[kind];
        const known = next[to];
        if (known === undefined || pusd > known) next[to] = pusd;
      }
    }
    best = next;
  }
  return largestOf(best);
}

type IntervalKind = 'off' | 'start' | 'run';

/** Worth of interval t in the mode that is best for it. */
function valueInterval(machine: ExactMachine, prices: MachinePrices, t: number): Record<IntervalKind, bigint> {
  const energyPusd = prices.energyPusdPerW[t]!;
  const hashPusd = prices.hashPusdPerGhs[t]!;
  let run: bigint | undefined;
  let start: bigint | undefined;
  for (const [index, mode] of machine.modes.entries()) {
    if (!isRunning(machine, index)) continue;
    const runPusd = mode.hashrateGhs * hashPusd - mode.powerW * energyPusd + prices.runningBonusPusd;
    const startPusd = runPusd - (prices.areStartsFree ? 0n : startCostPusd(machine, mode, hashPusd));
    if (run === undefined || runPusd > run) run = runPusd;
    if (start === undefined || startPusd > start) start = startPusd;
  }
  if (run === undefined || start === undefined) throw new Error(`machine ${machine.id} has no mode to run in`);
  return { off: -offPowerW(machine) * energyPusd, start, run };
}

function largestOf(values: readonly (bigint | undefined)[]): bigint | null {
  let largest: bigint | null = null;
  for (const value of values) if (value !== undefined && (largest === null || value > largest)) largest = value;
  return largest;
}

type Step = { to: number; kind: IntervalKind };

/** Numbers the states as they are reached; 0 is the one before the first interval. */
class StateGraph {
  readonly #machine: ExactMachine;
  readonly #states: (MachineState | null)[];
  readonly #numbers = new Map<string, number>();
  readonly #steps: (readonly Step[])[] = [];

  constructor(machine: ExactMachine) {
    this.#machine = machine;
    this.#states = [firstState(machine)];
  }

  steps(from: number): readonly Step[] {
    this.#steps[from] ??= [true, false].flatMap((isOn) => {
      const before = this.#states[from] ?? null;
      const after = followState(this.#machine, before, isOn);
      const isStart = isOn && before !== null && !before.isOn;
      return after === null ? [] : [{ to: this.#numberOf(after), kind: isStart ? 'start' : isOn ? 'run' : 'off' }];
    });
    return this.#steps[from];
  }

  #numberOf(state: MachineState): number {
    const key = `${state.isOn} ${state.ageIntervals} ${state.starts}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#states.push(state) - 1);
    return this.#states.length - 1;
  }
}
