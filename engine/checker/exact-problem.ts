/**
 * The plan problem as the checker sees it: integers only, so that every sum below is exact and two readers agree to the last unit.
 * Money is counted in pico-dollars (`Pusd`, 1e-12 USD), power in W, hash rate in GH/s, time in intervals. `read-problem.ts` is the only
 * place that turns the public problem into this one.
 */

/** `bootGhs`: GH/s times intervals of hashing lost by a start into the mode. */
export type ExactMode = { powerW: bigint; hashrateGhs: bigint; bootGhs: bigint };

/** One entry of the problem's machines: `count` identical units. */
export type ExactMachine = {
  id: string;
  count: number;
  site: number;
  /** `null`: belongs to no client of the problem. */
  client: number | null;
  modes: readonly ExactMode[];
  /** The mode that stands for "off" because it hashes nothing (sleep); `null`: off is implicit and draws nothing. */
  sleepMode: number | null;
  /** Wear of a start; the hashing lost while booting comes on top. */
  restartPusd: bigint;
  minUpIntervals: number;
  minDownIntervals: number;
  /** `null`: any number. */
  maxStarts: number | null;
  /** State just before the first interval and for how long it has lasted (infinity: not known, long enough); `null`: the first interval's state is free. */
  initial: { isOn: boolean; ageIntervals: number } | null;
  /** Protected. [interval] */
  mustRun: readonly boolean[];
  /** In maintenance. [interval] */
  mustStop: readonly boolean[];
};

export type ExactSite = {
  id: string;
  /** `null`: no cap in that interval. */
  capW: readonly (bigint | null)[];
  /** Price of one W over the cap through one interval; `null`: the cap is hard. */
  penaltyPusdPerW: bigint | null;
  /** Largest change of the site's load between neighbouring intervals; `null`: none. */
  rampW: bigint | null;
};

export type ExactProblem = {
  intervalCount: number;
  /** Price of drawing 1 W through interval t. */
  energyPusdPerW: readonly bigint[];
  /** What 1 GH/s earns through interval t. */
  hashPusdPerGhs: readonly bigint[];
  machines: readonly ExactMachine[];
  sites: readonly ExactSite[];
  clients: readonly { id: string; minMachineIntervals: bigint }[];
  /** Energy to be taken over the horizon, in W x intervals, and the price of each missing one. */
  takeOrPay: { minWIntervals: bigint; pusdPerWInterval: bigint } | null;
  /** Price of the highest load of all sites together, or of the peak already reached where that is higher. */
  demandCharge: { pusdPerW: bigint; peakSoFarW: bigint } | null;
};

/** What a start in interval t costs: wear, and the hashing lost while booting in the mode and at the hashprice of that interval. */
export function startCostPusd(machine: ExactMachine, mode: ExactMode, hashPusdPerGhs: bigint): bigint {
  return machine.restartPusd + mode.bootGhs * hashPusdPerGhs;
}

/** Whether the mode (`null`: implicit off) counts as running. */
export function isRunning(machine: ExactMachine, mode: number | null): boolean {
  return mode !== null && mode !== machine.sleepMode;
}

/** What the machine draws while it is off. */
export function offPowerW(machine: ExactMachine): bigint {
  return machine.sleepMode === null ? 0n : machine.modes[machine.sleepMode]!.powerW;
}
