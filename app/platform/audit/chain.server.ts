// The chain: every event holds the hash of the one before it. Pure but for SHA-256; reading events is the caller's work, so that the
// same code proves the table, the files and an export.
import { createHash } from 'node:crypto';
import { type Json, toCanonicalJson } from './canonical-json.ts';

/** Stands before the first event. */
export const GENESIS_HASH = '0'.repeat(64);

/** One event as it is kept: `body` is the canonical JSON that was hashed. */
export type ChainLink = { seq: number; previousHash: string; hash: string; body: string };

/** SHA-256 over previous hash, number and body, each on a line of its own; `link_audit_event` in the database computes the same. */
export function computeLinkHash({ previousHash, seq, body }: Pick<ChainLink, 'previousHash' | 'seq' | 'body'>): string {
  return createHash('sha256').update(`${previousHash}\n${seq}\n${body}`, 'utf8').digest('hex');
}

/**
 * `missing`: numbers between this event and the one before are gone. `misplaced`: it stands where an earlier or the same number would.
 * `changed`: its content no longer gives its hash. `unlinked`: it does not follow from the event before it. `foreign`: it belongs to
 * another chain. `unreadable`: it is no event. `disagrees`: the columns beside it say something else than what was hashed.
 * `cut-off`: the chain was longer than what is there.
 */
export type BreakReason = 'missing' | 'misplaced' | 'changed' | 'unlinked' | 'foreign' | 'unreadable' | 'disagrees' | 'cut-off';

/** Where a chain first breaks: the number at which something else was expected. */
export type ChainBreak = { seq: number; because: BreakReason };
export type ChainVerdict = { kind: 'intact'; count: number; head: ChainHead } | { kind: 'broken'; count: number; first: ChainBreak };

/** The end of a chain; number 0 and the genesis hash while it is empty. */
export type ChainHead = { seq: number; hash: string };

export type ChainVerifier = {
  /**
   * The next event in the order in which it was found. Gives the break, and from then on nothing else. `findMore`: what else may be wrong with it,
   * asked only of an event that is the one that was hashed.
   */
  take: (link: ChainLink, findMore?: () => BreakReason | null) => ChainBreak | null;
  fail: (because: BreakReason) => ChainBreak;
  /** `known`: the end that somebody else remembers; a chain that ends before it was cut off. */
  finish: (known?: ChainHead | null) => ChainVerdict;
};

export function createChainVerifier(chainId: string): ChainVerifier {
  let head: ChainHead = { seq: 0, hash: GENESIS_HASH };
  let count = 0;
  let first: ChainBreak | null = null;
  const fail = (because: BreakReason): ChainBreak => {
    first ??= { seq: head.seq + 1, because };
    return first;
  };
  return {
    fail,
    take(link, findMore = () => null) {
      if (first !== null) return first;
      const because = findFault(link, head, chainId) ?? findMore();
      if (because !== null) return fail(because);
      head = { seq: link.seq, hash: link.hash };
      count += 1;
      return null;
    },
    finish(known = null) {
      if (first === null && known !== null && known.seq > head.seq) fail('cut-off');
      // The register ends where the chain went on: normal while it is being written, but then it must lie on the chain.
      if (first === null && known !== null && known.seq === head.seq && known.hash !== head.hash) fail('changed');
      return first === null ? { kind: 'intact', count, head } : { kind: 'broken', count, first };
    },
  };
}

function findFault(link: ChainLink, head: ChainHead, chainId: string): BreakReason | null {
  if (link.seq > head.seq + 1) return 'missing';
  if (link.seq <= head.seq) return 'misplaced';
  if (computeLinkHash(link) !== link.hash) return 'changed';
  if (link.previousHash !== head.hash) return 'unlinked';
  return readChainId(link.body) === chainId ? null : 'foreign';
}

function readChainId(body: string): unknown {
  try {
    return (JSON.parse(body) as { tenantId?: unknown }).tenantId;
  } catch {
    return null;
  }
}

/** A line of a file: the body as an object, so that people and tools can read it. */
export function toChainLine({ seq, previousHash, hash, body }: ChainLink): string {
  return `{"seq":${seq},"previousHash":"${previousHash}","hash":"${hash}","event":${body}}\n`;
}

/** Null when the line is no event. White space and the order of keys do not matter: the body is made canonical again. */
export function parseChainLine(line: string): ChainLink | null {
  try {
    const { seq, previousHash, hash, event } = JSON.parse(line) as { [name: string]: Json };
    if (!Number.isSafeInteger(seq) || typeof previousHash !== 'string' || typeof hash !== 'string') return null;
    if (event === null || typeof event !== 'object') return null;
    return { seq: seq as number, previousHash, hash, body: toCanonicalJson(event) };
  } catch {
    return null;
  }
}
