/**
 * A fingerprint of the rounded problem: two 32-bit lanes of Murmur3's mixing over all its integers and names in a fixed order. It tells problems
 * apart and proves nothing; what is proved is proved by the checker.
 */
import type { LatticeProblem } from './lattice.ts';

const WORD = 4294967296;

/** Words of the problem in order. The buffer outlives the call: fleets have hundreds of thousands of words, and growing it anew costs more than the mixing. */
let buffer = new Int32Array(1 << 16);

class WordList {
  length = 0;

  push(word: number): void {
    if (this.length === buffer.length) {
      const larger = new Int32Array(2 * this.length);
      larger.set(buffer);
      buffer = larger;
    }
    buffer[this.length++] = word;
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

function finish(mixed: number, length: number): string {
  let lane = mixed ^ length;
  lane = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  lane = Math.imul(lane ^ (lane >>> 13), 0xc2b2ae35);
  return ((lane ^ (lane >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

/** Murmur3's mixing in two lanes of their own constants, side by side. */
function mixWords(length: number): string {
  let one = 0x9747b28c | 0;
  let two = 0x3c6ef372;
  for (let index = 0; index < length; index++) {
    const word = buffer[index]!;
    let key = Math.imul(word, 0xcc9e2d51);
    one ^= Math.imul((key << 15) | (key >>> 17), 0x1b873593);
    one = (Math.imul((one << 13) | (one >>> 19), 5) + 0xe6546b64) | 0;
    key = Math.imul(word, 0x239b961b);
    two ^= Math.imul((key << 16) | (key >>> 16), 0x1b873593);
    two = (Math.imul((two << 13) | (two >>> 19), 5) + 0xe6546b64) | 0;
  }
  return finish(one, length) + finish(two, length);
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
  return mixWords(words.length);
}
