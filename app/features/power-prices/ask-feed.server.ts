/** Asks where the prices of one series come from: an address that somebody gave us, through the guard, or ERCOT's API. Knows no database. */
import { fetchGuarded, type GuardedAnswer, type GuardOptions } from '#app/platform/network/guarded-fetch.server.ts';
import type { FetchJson } from '#collectors/market/fetch-json.ts';
import { ERCOT_ZONE, readErcotPrices } from '#collectors/market/power/ercot-api.ts';
import {
  type PriceTableSettings,
  type ReadPrices,
  readPriceRows,
  readPriceText,
  type TableFault,
} from '#collectors/market/power/read-prices.ts';
import type { Trouble } from '#collectors/market/source.ts';
import type { ErcotConfig } from './ercot-config.server.ts';
import { MAX_FILE_BYTES, type Origin } from './series-fields.ts';

const TIMEOUT_MS = 30_000;
/** A name for a host may be longer than anybody reads. */
const MAX_SOURCE_CHARS = 200;
const MAX_RETRY_AFTER_S = 86_400;
const DAY_MS = 86_400_000;

export type Feed = {
  origin: Origin;
  url: string | null;
  node: string | null;
  etag: string | null;
  lastModified: string | null;
  settings: PriceTableSettings;
};
export type FeedDeps = { guard: GuardOptions; fetchJson: FetchJson; ercot: ErcotConfig | null; timeoutMs?: number; signal?: AbortSignal };

export type Asked =
  | { kind: 'prices'; source: string; read: ReadPrices; etag: string | null; lastModified: string | null }
  /** The address says that nothing is new. */
  | { kind: 'not-modified' }
  /** The configuration lacks what the request needs. */
  | { kind: 'off' }
  | Trouble;

export function askFeed(deps: FeedDeps, feed: Feed): Promise<Asked> {
  return feed.origin === 'ercot-dam' || feed.origin === 'ercot-rtm' ? askErcot(deps, feed) : askAddress(deps, feed);
}

async function askAddress({ guard, timeoutMs = TIMEOUT_MS }: FeedDeps, feed: Feed): Promise<Asked> {
  const url = feed.url ?? '';
  const headers: Record<string, string> = { Accept: 'text/csv, text/plain;q=0.9', 'User-Agent': 'HashInsight' };
  if (feed.etag !== null) headers['If-None-Match'] = feed.etag;
  if (feed.lastModified !== null) headers['If-Modified-Since'] = feed.lastModified;
  const answer = await fetchGuarded({ url, method: 'GET', headers, timeoutMs, maxBytes: MAX_FILE_BYTES }, guard);
  const trouble = findTrouble(answer);
  if (trouble !== null || answer.kind !== 'answered') return trouble ?? { kind: 'no-answer', reason: 'nothing came' };
  if (answer.status === 304) return { kind: 'not-modified' };
  const read = readPriceText(answer.body, feed.settings);
  if (read.kind !== 'read') return toTrouble(read);
  const { etag = null, 'last-modified': lastModified = null } = answer.headers;
  return { kind: 'prices', source: new URL(url).host.slice(0, MAX_SOURCE_CHARS), read, etag, lastModified };
}

const FILE_TYPES = /^(?:text\/(?:csv|plain|tab-separated-values)|application\/(?:csv|octet-stream|vnd\.ms-excel))\b/i;

function findTrouble(answer: GuardedAnswer): Trouble | null {
  if (answer.kind === 'refused')
    return { kind: 'refused', reason: answer.because === 'too-long' ? `longer than ${MAX_FILE_BYTES} bytes` : answer.because };
  if (answer.kind === 'failed') return { kind: 'no-answer', reason: answer.because };
  const { status, headers } = answer;
  if (status === 304) return null;
  if (status !== 200) {
    const retryAfterMs = readRetryAfterMs(headers['retry-after']);
    return { kind: 'no-answer', reason: `HTTP ${status}`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const type = headers['content-type'] ?? '';
  return type === '' || FILE_TYPES.test(type)
    ? null
    : { kind: 'garbled', reason: `content type "${type.slice(0, 60)}" is no table of text` };
}

/** `Retry-After`: seconds or a date. */
function readRetryAfterMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER_S) * 1000 : undefined;
}

/** Days of ERCOT's calendar: yesterday, whose last quarters may have been missing, to tomorrow, whose day-ahead prices may be out. */
async function askErcot({ ercot, fetchJson, signal }: FeedDeps, { origin, node, settings }: Feed): Promise<Asked> {
  if (ercot === null) return { kind: 'off' };
  const toDate = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone: ERCOT_ZONE, dateStyle: 'short' }).format(ms);
  const rows = await readErcotPrices(
    ercot.addresses,
    ercot.login,
    {
      report: origin === 'ercot-dam' ? 'dam' : 'rtm',
      settlementPoint: node ?? '',
      fromDate: toDate(settings.nowMs - DAY_MS),
      toDate: toDate(settings.nowMs + DAY_MS),
    },
    { fetchJson, signal },
  );
  if (!Array.isArray(rows)) return rows;
  const read = readPriceRows(rows, ',', settings);
  if (read.kind !== 'read') return toTrouble(read);
  return { kind: 'prices', source: new URL(ercot.addresses.apiUrl).host, read, etag: null, lastModified: null };
}

/** In few words for the page of the series; the file itself is not kept. */
function toTrouble(fault: TableFault): Trouble {
  switch (fault.kind) {
    case 'wrong-unit':
      return { kind: 'refused', reason: `wrong-unit: ${fault.stated}, expected ${fault.expected}` };
    case 'wrong-resolution':
      return { kind: 'refused', reason: `wrong-resolution: ${fault.minutes} min, expected ${fault.expected}` };
    case 'no-prices':
      return {
        kind: 'refused',
        reason: `no-prices: row ${fault.refused[0]?.line ?? 0} ${fault.refused[0]?.code ?? ''} ${fault.refused[0]?.value ?? ''}`.trim(),
      };
    case 'unknown-node':
      return { kind: 'refused', reason: `unknown-node: ${fault.node}` };
    default:
      return { kind: 'garbled', reason: fault.kind };
  }
}
