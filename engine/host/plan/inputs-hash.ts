/**
 * A fingerprint of the rounded problem: two 32-bit lanes of Murmur3's mixing over all its integers and names in a fixed order. It tells problems
 * apart and proves nothing; what is proved is proved by the checker.
 */
import type { LatticeProblem } from './lattice.ts';

const WORD = 4294967296;

function makeLanes(): { word: (value: number) => void; text: (value: string) => void; hex: () => string } {
  let first = 0x9747b28c;
  let second = 0x3c6ef372;
  let words = 0;
  const mix = (value: number) => {
    let key = Math.imul(value, 0xcc9e2d51);
    key = Math.imul((key << 15) | (key >>> 17), 0x1b873593);
    first = (Math.imul(((first ^ key) << 13) | ((first ^ key) >>> 19), 5) + 0xe6546b64) | 0;
    let other = Math.imul(value, 0x239b961b);
    other = Math.imul((other << 16) | (other >>> 16), 0xab0e9789);
    second = (Math.imul(((second ^ other) << 17) | ((second ^ other) >>> 15), 5) + 0x38b34ae5) | 0;
    words++;
  };
  const finish = (lane: number) => {
    let mixed = lane ^ words;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
  };
  return {
    word: (value) => {
      mix(value | 0);
      mix(Math.floor(value / WORD) | 0);
    },
    text: (value) => {
      mix(value.length);
      for (let index = 0; index < value.length; index++) mix(value.charCodeAt(index));
    },
    hex: () => finish(first) + finish(second),
  };
}

/** 16 hexadecimal digits. Null (no cap, no penalty) counts as -1, which no such figure can be. O(machines + sites * intervals). */
export function hashLattice(problem: LatticeProblem): string {
  const { word, text, hex } = makeLanes();
  const list = (values: readonly (number | null)[]) => {
    word(values.length);
    for (const value of values) word(value ?? -1);
  };
  word(problem.intervalCount);
  word(problem.minutes);
  list(problem.priceUnits);
  list(problem.hashpriceUnits);
  word(problem.machines.length);
  for (const machine of problem.machines) {
    text(machine.id);
    word(machine.count);
    word(machine.site);
    word(machine.client);
    list(machine.modeIndex);
    list(machine.powerW);
    list(machine.hashrateGhs);
    list(machine.bootGhs);
    word(machine.restartUnits);
    word(machine.minUp);
    word(machine.minDown);
    word(machine.maxStarts);
    text(machine.initial);
    word(machine.heldIntervals);
    for (const { kind, from, to } of machine.locks) {
      text(kind);
      word(from);
      word(to);
    }
  }
  for (const { id, capW, penaltyUnits, rampW } of problem.sites) {
    text(id);
    list(capW);
    word(penaltyUnits ?? -1);
    word(rampW ?? -1);
  }
  for (const { id, minMachineIntervals } of problem.clients) {
    text(id);
    word(minMachineIntervals);
  }
  const { takeOrPay, demandCharge } = problem;
  list([
    takeOrPay?.minWattIntervals ?? null,
    takeOrPay?.unitsPerMissing ?? null,
    demandCharge?.unitsPerW ?? null,
    demandCharge?.peakSoFarW ?? null,
  ]);
  return hex();
}
