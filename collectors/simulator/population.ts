/** The machines of a farm and what is wrong with each, before anybody talks to them. Pure. */
import type { Dialect } from '#collectors/cgminer/snapshot.ts';
import { mix } from './draw.ts';
import { dealFaults, type Fault, type FaultShares } from './faults.ts';
import { createMachine, type SimulatedMachine } from './machine.ts';

export type PopulationPlan = {
  miners: number;
  seed: number;
  /** Machines take turns in this order. */
  dialects: readonly Dialect[];
  faults: FaultShares;
  /** How often a machine has trouble of its own, per day, 0 to 1. */
  troublesPerDay: number;
  /** All of them have been running since some time before this moment, seconds since 1970. */
  runningSinceS: number;
};

export const USUAL_TROUBLES_PER_DAY = 0.012;

/** The same plan gives the same machines. A fault is dealt, and not yet done to the machine. */
export function createPopulation({
  miners,
  seed,
  dialects,
  faults,
  troublesPerDay,
  runningSinceS,
}: PopulationPlan): { machine: SimulatedMachine; fault: Fault | null }[] {
  return dealFaults(miners, faults, mix(seed, 0x5eed)).map((fault, index) => ({
    machine: createMachine({ farmSeed: seed, index, dialects, troublesPerDay, startS: runningSinceS }),
    fault,
  }));
}
