/**
 * Height, difficulty, hash rate and age of the epoch from a Bitcoin node by JSON-RPC: one's own node, or a provider that speaks the same
 * (Ankr). Two rounds: `getblockchaininfo` with `getnetworkhashps`, then the header of the block that opened the epoch.
 */
import { z } from 'zod';
import { BLOCKS_PER_DAY, BLOCKS_PER_EPOCH, HASHES_PER_TH } from '#engine/units/constants.ts';
import { checkHashrate } from './check-hashrate.ts';
import type { FetchedJson, FetchJson } from './fetch-json.ts';
import { type CollectedFigure, judge, type MarketSource, type ReadOutcome, type Trouble } from './source.ts';

const FIGURES = ['height', 'epochElapsedS', 'difficulty', 'networkHashrateThs'] as const satisfies readonly CollectedFigure[];

const envelope = <T extends z.ZodType>(result: T) => z.object({ error: z.null().optional(), result });
const Chain = envelope(
  z.object({
    chain: z.literal('main'),
    /** Height of the tip. */
    blocks: z.int().nonnegative(),
    difficulty: z.number(),
    /** Is the node still catching up? Then its tip is not the network's. */
    initialblockdownload: z.boolean(),
  }),
);
const Hashps = envelope(z.number());
const Hash = envelope(z.string().regex(/^[0-9a-f]{64}$/));
/** `time`: seconds since 1970. */
const Header = envelope(z.object({ height: z.int(), time: z.int() }));

/** A day of blocks, as the other sources take it. */
const HASHRATE_BLOCKS = BLOCKS_PER_DAY;
/** A block may be stamped up to two hours ahead of real time (Bitcoin consensus). */
const MAX_BLOCK_TIME_AHEAD_S = 7200;

export type RpcAccess = {
  name: string;
  /** Address to post to; shown as the source, without user, password, path and query. */
  url: string;
  /** Basic authentication of a node; `null`: the address is enough. */
  login: { user: string; password: string } | null;
};

type Call = <T extends z.ZodType>(method: string, params: readonly unknown[], schema: T) => Promise<z.infer<T> | Trouble>;

function createCall({ url, login }: RpcAccess, fetchJson: FetchJson, signal: AbortSignal | undefined): Call {
  const headers: Record<string, string> =
    login === null ? {} : { authorization: `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}` };
  return async (method, params, schema) => {
    const reply: FetchedJson = await fetchJson(url, { signal, headers, post: { jsonrpc: '1.0', id: method, method, params } });
    if (reply.kind !== 'json') return { ...reply, reason: `${method}: ${reply.reason}` };
    const parsed = schema.safeParse(reply.body);
    return parsed.success ? parsed.data : { kind: 'garbled', reason: `${method}: ${z.prettifyError(parsed.error)}` };
  };
}

const isTrouble = (value: object): value is Trouble => 'kind' in value && 'reason' in value;

async function readChain(call: Call, nowMs: () => number): Promise<readonly ReadOutcome[] | Trouble> {
  const [chain, hashps] = await Promise.all([call('getblockchaininfo', [], Chain), call('getnetworkhashps', [HASHRATE_BLOCKS], Hashps)]);
  if (isTrouble(chain)) return chain;
  const { blocks, difficulty, initialblockdownload } = chain.result;
  if (initialblockdownload) return { kind: 'not-yet', reason: `the node is still catching up, at block ${blocks}` };
  const height = blocks + 1;
  if (height % BLOCKS_PER_EPOCH === 0)
    return { kind: 'not-yet', reason: 'the next block begins an epoch whose difficulty is not known yet' };
  const askedAtMs = nowMs();
  const judged = judge('difficulty', difficulty, askedAtMs);
  const network = isTrouble(hashps)
    ? [judged, { ...hashps, figure: 'networkHashrateThs' as const }]
    : checkHashrate(judged, judge('networkHashrateThs', hashps.result / HASHES_PER_TH, askedAtMs));
  if (isTrouble(network)) return network;
  return [judge('height', height, askedAtMs), await readElapsed(call, height, askedAtMs), ...network];
}

async function readElapsed(call: Call, height: number, askedAtMs: number): Promise<ReadOutcome> {
  const figure = 'epochElapsedS';
  const firstHeight = Math.floor(height / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH;
  const hash = await call('getblockhash', [firstHeight], Hash);
  if (isTrouble(hash)) return { ...hash, figure };
  const header = await call('getblockheader', [hash.result], Header);
  if (isTrouble(header)) return { ...header, figure };
  if (header.result.height !== firstHeight) {
    return { kind: 'garbled', figure, reason: `asked for block ${firstHeight}, got ${header.result.height}` };
  }
  const elapsedS = askedAtMs / 1000 - header.result.time;
  return judge(figure, elapsedS < 0 && elapsedS >= -MAX_BLOCK_TIME_AHEAD_S ? 0 : elapsedS, askedAtMs);
}

export function bitcoinRpc(access: RpcAccess): MarketSource {
  return {
    name: access.name,
    figures: FIGURES,
    url: new URL(access.url).origin,
    async read({ fetchJson, nowMs, signal }) {
      const outcome = await readChain(createCall(access, fetchJson, signal), nowMs);
      return isTrouble(outcome) ? FIGURES.map((figure) => ({ ...outcome, figure })) : outcome;
    },
  };
}
