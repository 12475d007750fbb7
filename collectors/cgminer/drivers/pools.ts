/** The `POOLS` section, alike in all dialects but for the words. Positions count from 0 in the order of the list, whatever the machine counts from. */
import { type Replies, type ReplyRecord, recordsOf, textOf } from '../parsing/replies.ts';
import type { Pool } from '../snapshot.ts';
import type { Figures } from './figures.ts';

const MAX_URL = 300;
/** Vnish and Hiveon list the pools of their own fee among the owner's. */
const FEE_WORDS = /^dev ?fee/i;
/** "Deed" is written by stock Antminers of 2020. */
const WORDS_OF_LIFE: Readonly<Record<string, boolean>> = { alive: true, dead: false, deed: false, disabled: false, rejecting: false };

export type PoolsRead = { pools: readonly Pool[]; activePool: number | null };

export function readPools(figures: Figures, replies: Replies): PoolsRead {
  const records = recordsOf(replies, 'pools', 'POOLS').filter(({ URL: url }) => textOf(url) !== null);
  const pools = records.map((record, position): Pool => {
    const url = textOf(record.URL, MAX_URL)!;
    const worker = textOf(record.User);
    return {
      position,
      url,
      worker,
      isAlive: isAlive(record.Status),
      isActive: typeof record['Stratum Active'] === 'boolean' ? record['Stratum Active'] : null,
      acceptedShares: figures.count(`pools.${position}.acceptedShares`, record.Accepted),
      rejectedShares: figures.count(`pools.${position}.rejectedShares`, record.Rejected),
      staleShares: figures.count(`pools.${position}.staleShares`, record.Stale),
      isDeveloperFee: FEE_WORDS.test(url) || FEE_WORDS.test(worker ?? ''),
    };
  });
  return { pools, activePool: findActive(pools, records) };
}

export function isAlive(word: unknown): boolean | null {
  const text = textOf(word)?.toLowerCase();
  return text === undefined ? null : (WORDS_OF_LIFE[text] ?? null);
}

/**
 * Firmware of 2019 keeps `Stratum Active` on pools it has left: of several, those that are not dead come first, then the one it prefers (lowest priority
 * number).
 */
function findActive(pools: readonly Pool[], records: readonly ReplyRecord[]): number | null {
  const priority = (position: number) => {
    const value = records[position]!.Priority;
    return typeof value === 'number' && Number.isFinite(value) ? value : position;
  };
  const deadLast = ({ isAlive }: Pool) => Number(isAlive === false);
  const active = pools.filter(({ isActive, isDeveloperFee }) => isActive === true && !isDeveloperFee);
  active.sort((a, b) => deadLast(a) - deadLast(b) || priority(a.position) - priority(b.position) || a.position - b.position);
  return active[0]?.position ?? null;
}
