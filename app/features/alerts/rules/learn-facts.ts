/** What a reading teaches about its machine, and which rules it makes pointless: what has stood for long enough is right. Pure but for the memory, which it changes. */
import type { Facts } from './facts.ts';
import { learnCounters, learnParts, learnPools, learnStarts, learnText, type Memory } from './memory.ts';
import type { RuleSettings } from './rule-settings.ts';
import type { RuleId } from './rule-table.ts';

/** How long another firmware, pool, worker, hash rate or number of parts must stand to be the right one. */
export type AdoptTimes = { firmwareS: number; poolS: number; workerS: number; usualS: number; boardsS: number; chipsS: number };

export function toAdoptTimes(book: Readonly<Record<RuleId, RuleSettings>>): AdoptTimes {
  const adoptS = (id: RuleId): number => {
    const value = book[id].numbers.adoptS;
    if (value === undefined) throw new Error(`rule ${id} has no number adoptS`);
    return value;
  };
  return {
    firmwareS: adoptS('firmware-changed'),
    poolS: adoptS('wrong-pool'),
    workerS: adoptS('wrong-worker'),
    usualS: adoptS('below-baseline'),
    boardsS: adoptS('boards-lost'),
    chipsS: adoptS('chips-lost'),
  };
}

const NONE: readonly RuleId[] = [];

/** Gives the rules whose right value has just become another. */
export function learnFacts(memory: Memory, facts: Facts, adopt: AdoptTimes): readonly RuleId[] {
  if (facts.trouble !== 'none') return NONE;
  const { atS } = facts;
  const { boards, chips, firmware, pool, worker } = memory;
  if (facts.observation === 'hashing') {
    memory.boards = learnParts(boards, facts.boardsAlive, atS, adopt.boardsS);
    memory.chips = learnParts(chips, facts.chips, atS, adopt.chipsS);
  }
  learnCounters(memory, facts, learnStarts(memory, facts));
  learnPools(memory, facts.poolHosts, atS);
  memory.firmware = learnText(firmware, facts.firmware, atS, adopt.firmwareS);
  memory.pool = learnText(pool, facts.poolHost, atS, adopt.poolS);
  memory.worker = learnText(worker, facts.worker, atS, adopt.workerS);
  const adopted: RuleId[] = [];
  if (isOther(firmware.right, memory.firmware.right)) adopted.push('firmware-changed');
  if (isOther(pool.right, memory.pool.right)) adopted.push('wrong-pool');
  if (isOther(worker.right, memory.worker.right)) adopted.push('wrong-worker');
  // What the firmware itself counts as missing stays missing.
  if ((facts.boardsDead === null || facts.boardsDead === 0) && isOther(boards.right, memory.boards.right)) adopted.push('boards-lost');
  if (facts.chipsMissing === null && isOther(chips.right, memory.chips.right)) adopted.push('chips-lost');
  return adopted;
}

const isOther = (before: string | number | null, after: string | number | null): boolean => before !== null && before !== after;
