/**
 * A fingerprint of the rounded problem: two 32-bit lanes of Murmur3's mixing over all its integers and names in a fixed order. It tells problems
 * apart and proves nothing; what is proved is proved by the checker.
 */
import type { LatticeProblem } from './lattice.ts';

const WORD = 4294967296;

/** Words of the problem in order, grown as they come. */
class WordList {
  words = new Int32Array(4096);
  length = 0;

  push(word: number): void {
    if (this.length === this.words.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(this.words);
      this.words = larger;
    }
    this.words[this.length++] = word;
  }

  /** A whole number below 2^53 as two words. */
  whole(value: number): void {
    this.push(value | 0);
    this.push(Math.floor(value / WORD) | 0);
  }

  text(value: string): void {
    this.push(value.length);
    for (let index = 0; index < value.length; index++) this.push(value.charCodeAt(index));
  }

  list(values: readonly (number | null)[]): void {
    this.push(values.length);
    for (let index = 0; index < values.length; index++) this.whole(values[index] ?? -1);
  }
}

/** One lane of Murmur3's mixing, its constants and rotations given. */
function mixLane(words: Int32Array, length: number, seed: number, multiplier: number, turns: number): string {
  let lane = seed;
  for (let index = 0; index < length; index++) {
    let key = Math.imul(words[index]!, multiplier);
    key = Math.imul((key << turns) | (key >>> (32 - turns)), 0x1b873593);
    const mixed = lane ^ key;
    lane = (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
  }
  lane ^= length;
  lane = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  lane = Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35);
  return ((lane ^ (lane >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

/** 16 hexadecimal digits. Null (no cap, no penalty) counts as -1, which no such figure can be. O(machines + sites * intervals). */
export function hashLattice(problem: LatticeProblem): string {
  const words = new WordList();
  words.whole(problem.intervalCount);
  words.whole(problem.minutes);
  words.list(problem.priceUnits);
  words.list(problem.hashpriceUnits);
  words.whole(problem.machines.length);
  for (const machine of problem.machines) {
    words.text(machine.id);
    words.push(machine.count);
    words.push(machine.site);
    words.push(machine.client);
    words.list(machine.modeIndex);
    words.list(machine.powerW);
    words.list(machine.hashrateGhs);
    words.list(machine.bootGhs);
    words.whole(machine.restartUnits);
    words.push(machine.minUp);
    words.push(machine.minDown);
    words.push(machine.maxStarts);
    words.text(machine.initial);
    words.push(machine.heldIntervals);
    words.push(machine.locks.length);
    for (const { kind, from, to } of machine.locks) {
      words.text(kind);
      words.push(from);
      words.push(to);
    }
  }
  words.push(problem.sites.length);
  for (const { id, capW, penaltyUnits, rampW } of problem.sites) {
    words.text(id);
    words.list(capW);
    words.whole(penaltyUnits ?? -1);
    words.whole(rampW ?? -1);
  }
  words.push(problem.clients.length);
  for (const { id, minMachineIntervals } of problem.clients) {
    words.text(id);
    words.whole(minMachineIntervals);
  }
  const { takeOrPay, demandCharge } = problem;
  words.list([
    takeOrPay?.minWattIntervals ?? null,
    takeOrPay?.unitsPerMissing ?? null,
    demandCharge?.unitsPerW ?? null,
    demandCharge?.peakSoFarW ?? null,
  ]);
  const lane = (seed: number, multiplier: number, turns: number) => mixLane(words.words, words.length, seed, multiplier, turns);
  return lane(0x9747b28c | 0, 0xcc9e2d51, 15) + lane(0x3c6ef372, 0x239b961b, 16);
}
