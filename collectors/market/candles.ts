/** Candles of the exchanges behind one contract: what was paid for a bitcoin in an hour or a day. */
import { z } from 'zod';
import { DecimalText } from './decimal-text.ts';
import type { FetchJson } from './fetch-json.ts';
import { endpointUrl, type Trouble } from './source.ts';

export const CANDLE_INTERVALS = ['1h', '1d'] as const;
export type CandleInterval = (typeof CANDLE_INTERVALS)[number];
export const INTERVAL_MS: Readonly<Record<CandleInterval, number>> = { '1h': 3_600_000, '1d': 86_400_000 };

/** `timeMs`: when it opened. Prices in USD for a bitcoin, volume in bitcoin. */
export type Candle = { timeMs: number; open: number; high: number; low: number; close: number; volumeBtc: number };

export type CandleSource = {
  name: string;
  /** Most candles of one request. */
  maxCandles: number;
  url(interval: CandleInterval, fromMs: number, toMs: number): string;
  /** Rows of the reply in any order, candles that are still open included. */
  parse(body: unknown): Candle[] | Trouble;
};

export type CandleQuery = { interval: CandleInterval /** Opened at or after. */; fromMs: number /** Opened before. */; toMs: number };

/**
 * Closed candles of the range, ascending, each time once. A candle that contradicts itself (a low above its close) makes the whole reply unbelievable. Asks once: the range may hold
 * `maxCandles` at most.
 */
export async function readCandles(
  source: CandleSource,
  { interval, fromMs, toMs }: CandleQuery,
  { fetchJson, nowMs, signal }: { fetchJson: FetchJson; nowMs: () => number; signal?: AbortSignal },
): Promise<Candle[] | Trouble> {
  const reply = await fetchJson(source.url(interval, fromMs, toMs), { signal });
  if (reply.kind !== 'json') return reply;
  const candles = source.parse(reply.body);
  if (!Array.isArray(candles)) return candles;
  const closedBeforeMs = Math.min(toMs, nowMs() - INTERVAL_MS[interval] + 1);
  const inside = candles.filter(({ timeMs }) => timeMs >= fromMs && timeMs < closedBeforeMs && timeMs % INTERVAL_MS[interval] === 0);
  const wrong = inside.find((candle) => !isPlausible(candle));
  if (wrong !== undefined) return { kind: 'refused', reason: `the candle of ${new Date(wrong.timeMs).toISOString()} contradicts itself` };
  return [...new Map(inside.map((candle) => [candle.timeMs, candle])).values()].sort((a, b) => a.timeMs - b.timeMs);
}

/** The highest price of a bitcoin that is believed, USD; as in the table of fields. */
const MAX_PRICE_USD = 1e9;

export function isPlausible({ open, high, low, close, volumeBtc }: Candle): boolean {
  return low > 0 && low <= open && low <= close && high >= open && high >= close && high <= MAX_PRICE_USD && volumeBtc >= 0;
}

const S_MS = 1000;
const garbled = (error: z.ZodError): Trouble => ({ kind: 'garbled', reason: z.prettifyError(error) });
const Rows = <T extends z.ZodType>(row: T) => z.array(row).max(1500);

/** `GET /products/BTC-USD/candles`: `[time s, low, high, open, close, volume]`. */
export function coinbaseCandles(baseUrl: string): CandleSource {
  const Reply = Rows(z.tuple([z.int(), z.number(), z.number(), z.number(), z.number(), z.number()]));
  return {
    name: 'Coinbase Exchange',
    maxCandles: 300,
    url: (interval, fromMs, toMs) =>
      endpointUrl(
        baseUrl,
        `/products/BTC-USD/candles?${new URLSearchParams({
          granularity: String(INTERVAL_MS[interval] / S_MS),
          start: new Date(fromMs).toISOString(),
          end: new Date(toMs - 1).toISOString(),
        })}`,
      ),
    parse(body) {
      const reply = Reply.safeParse(body);
      if (!reply.success) return garbled(reply.error);
      return reply.data.map(([time, low, high, open, close, volumeBtc]) => ({ timeMs: time * S_MS, open, high, low, close, volumeBtc }));
    },
  };
}

/** `GET /0/public/OHLC?pair=XBTUSD`: `[time s, open, high, low, close, vwap, volume, count]`; at most the newest 720. */
export function krakenCandles(baseUrl: string): CandleSource {
  const Reply = z.object({
    error: z.array(z.unknown()).length(0),
    result: z.object({
      XXBTZUSD: Rows(z.tuple([z.int(), DecimalText, DecimalText, DecimalText, DecimalText, DecimalText, DecimalText, z.int()])),
    }),
  });
  return {
    name: 'Kraken',
    maxCandles: 720,
    url: (interval, fromMs) =>
      endpointUrl(baseUrl, `/0/public/OHLC?pair=XBTUSD&interval=${INTERVAL_MS[interval] / 60_000}&since=${Math.floor(fromMs / S_MS) - 1}`),
    parse(body) {
      const reply = Reply.safeParse(body);
      if (!reply.success) return garbled(reply.error);
      return reply.data.result.XXBTZUSD.map(([time, open, high, low, close, , volumeBtc]) => ({
        timeMs: time * S_MS,
        open,
        high,
        low,
        close,
        volumeBtc,
      }));
    },
  };
}

/** `GET /api/v3/klines?symbol=BTCUSDT`: `[open time ms, open, high, low, close, volume, close time ms, ...]`, in Tether. */
export function binanceCandles(baseUrl: string): CandleSource {
  const Reply = Rows(z.tuple([z.int(), DecimalText, DecimalText, DecimalText, DecimalText, DecimalText], z.unknown()));
  return {
    name: 'Binance (USDT)',
    maxCandles: 1000,
    url: (interval, fromMs, toMs) =>
      endpointUrl(baseUrl, `/api/v3/klines?symbol=BTCUSDT&interval=${interval}&startTime=${fromMs}&endTime=${toMs - 1}&limit=1000`),
    parse(body) {
      const reply = Reply.safeParse(body);
      if (!reply.success) return garbled(reply.error);
      return reply.data.map(([timeMs, open, high, low, close, volumeBtc]) => ({ timeMs, open, high, low, close, volumeBtc }));
    },
  };
}
