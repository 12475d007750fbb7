/**
 * Replies damaged on purpose, for the tests of drivers: seeded, so that a failure can be had again. A damage is what firmware and networks do:
 * a field gone, of another type, impossible, or a list cut.
 */
import { isRecord, type Replies, type ReplyRecord } from './parsing/replies.ts';
import type { MachineSnapshot } from './snapshot.ts';
import { findBrokenPromises } from './snapshot-promises.ts';
import type { ReadingCommand } from './transport/reading-commands.ts';

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  '',
  'nan',
  '-',
  'm-m',
  -1,
  -83,
  -273,
  4_294_967_295,
  65_535,
  1e308,
  '1e400',
  '0x10',
  '12,5',
  [],
  [[]],
  {},
  [null, 3, 'x'],
  { length: 9 },
  'x'.repeat(5_000),
  '0-'.repeat(3_000),
  'Ver[[[',
  '\u0000\u001b[2J',
  '__proto__',
];

/** Numbers in [0, 1) that follow from the seed (mulberry32, public domain). */
function createRandom(seed: string): () => number {
  let state = [...seed].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16_777_619), 2_166_136_261) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Place = { holder: Record<string, unknown> | unknown[]; key: string };

function listPlaces(value: unknown): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Place['holder'];
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...listPlaces((holder as Record<string, unknown>)[key])]);
}

function damage({ holder, key }: Place, random: () => number): void {
  const kind = random();
  if (kind < 0.3) {
    if (Array.isArray(holder)) holder.length = Number(key);
    else delete holder[key];
    return;
  }
  (holder as Record<string, unknown>)[key] = structuredClone(ODD_VALUES[Math.floor(random() * ODD_VALUES.length)]);
}

/** Sentences of what broke in `rounds` damaged copies of the replies, each with the round it happened in. */
export function listBrokenByMutation(
  replies: Replies,
  read: (replies: Replies) => MachineSnapshot,
  { seed, rounds }: { seed: string; rounds: number },
): readonly string[] {
  const random = createRandom(seed);
  return Array.from({ length: rounds }, (_, round) => {
    const damaged = structuredClone(replies) as Partial<Record<ReadingCommand, ReplyRecord>>;
    const hits = 1 + Math.floor(random() * 8);
    for (let hit = 0; hit < hits; hit++) {
      const places = listPlaces(damaged);
      const place = places[Math.floor(random() * places.length)];
      if (place !== undefined) damage(place, random);
    }
    // A reply that is no object does not get past `parseReply`.
    const understood = Object.fromEntries(Object.entries(damaged).filter(([, reply]) => isRecord(reply))) as Replies;
    try {
      return findBrokenPromises(read(understood)).map((sentence) => `round ${round}: ${sentence}`);
    } catch (error) {
      return [`round ${round}: the driver threw ${error}`];
    }
  }).flat();
}

const ZERO_IN_LIST = /(?<=[[ -]|^)-?0(?:\.0+)?%?(?=[\] -]|$)/g;

/** The replies without any zero: as a number, as text, or as one of several figures in a text. What reads as zero afterwards is invented. */
export function withoutZeros(replies: Replies): Replies {
  return strip(replies) as Replies;
}

function strip(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(ZERO_IN_LIST, '');
  if (Array.isArray(value)) return value.filter((inner) => inner !== 0).map(strip);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === 0 ? [] : [[key, strip(inner)]])));
}
