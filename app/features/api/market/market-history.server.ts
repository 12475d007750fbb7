/** `GET /api/v1/market/history`: candles, difficulties and figures by day, page by page. */

import { toCacheableJson } from '#app/features/api/wire/cacheable-json.server.ts';
import { type Fault, toFault } from '#app/features/api/wire/fault.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { findSingleFaults } from '#app/features/api/wire/read-query.ts';
import { readTimeMs } from '#app/features/indicators/candles.ts';
import { readDailyHistory, readEpochHistory, readFetchedEpochs } from '#app/features/market/history/history-store.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { BLOCKS_PER_EPOCH } from '#engine/units/constants.ts';
import { layOutCandlePoints } from './lay-out-candle-points.ts';
import { layOutEpochPoints } from './lay-out-epoch-points.ts';
import { HISTORY_SERIES, type HistorySeriesName, type MarketHistoryAnswer } from './market-history-answer.ts';

/** Points of one page. */
export const MAX_HISTORY_POINTS = 2000;
const MAX_AGE_S = 60;
const HOUR_MS = 3_600_000;
const PARAMS = ['series', 'interval', 'from', 'to', 'after'] as const;

/** Figures that are kept by day, and their names in the table. */
const DAILY = {
  networkHashrate: { figure: 'networkHashrateThs', unit: 'TH/s' },
  fees: { figure: 'feesBtcPerBlock', unit: 'BTC' },
  cny: { figure: 'cnyPerUsd', unit: 'CNY/USD' },
} as const;

type Query = { series: HistorySeriesName; interval: '1h' | '1d' | 'epoch'; fromMs: number; toMs: number };

export function answerMarketHistory(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    }
    const read = readQuery(request.url);
    if (read.kind === 'invalid') return toProblemResponse(request, { kind: 'invalid-request', faults: read.faults });
    return toCacheableJson(request, await readHistory(read.query), { maxAgeS: MAX_AGE_S });
  });
}

function readQuery(url: string): { kind: 'ok'; query: Query } | { kind: 'invalid'; faults: Fault[] } {
  const params = new URL(url).searchParams;
  const faults = findSingleFaults(url, PARAMS);
  const series = params.get('series') ?? 'price';
  if (!isSeries(series)) faults.push(toFault('series', series, 'bad_parameter', { choices: HISTORY_SERIES.join(', ') }));
  const intervals: readonly Query['interval'][] = series === 'difficulty' ? ['epoch'] : series === 'price' ? ['1d', '1h'] : ['1d'];
  const interval = params.get('interval') ?? intervals[0]!;
  if (!intervals.some((choice) => choice === interval))
    faults.push(toFault('interval', interval, 'bad_parameter', { choices: intervals.join(', ') }));
  const instant = (name: string, fallback: number) => {
    const text = params.get(name);
    if (text === null) return fallback;
    const timeMs = readTimeMs(/^\d+$/.test(text) ? Number(text) : text);
    if (timeMs === null) faults.push(toFault(name, text, 'not_a_time'));
    return timeMs ?? fallback;
  };
  const fromMs = instant('from', 0);
  const toMs = instant('to', Number.MAX_SAFE_INTEGER);
  const afterMs = instant('after', Number.MIN_SAFE_INTEGER);
  if (toMs < fromMs) faults.push(toFault('to', params.get('to'), 'not_after_from'));
  if (faults.length > 0 || !isSeries(series)) return { kind: 'invalid', faults };
  return { kind: 'ok', query: { series, interval: interval as Query['interval'], fromMs: Math.max(fromMs, afterMs + 1), toMs } };
}

const isSeries = (name: string): name is HistorySeriesName => (HISTORY_SERIES as readonly string[]).includes(name);

type Points = MarketHistoryAnswer['points'];

function readHistory(query: Query): Promise<MarketHistoryAnswer> {
  if (query.series === 'difficulty') return readEpochs(query);
  if (query.series !== 'price') return readDays(query, DAILY[query.series]);
  return query.interval === '1h' ? readHours(query) : readDailyPrices(query);
}

/** One more than a page is read, so that the cursor says whether there is more. The sources are those of the page. */
function toPage(query: Query, unit: string, points: Points): MarketHistoryAnswer {
  const page = points.slice(0, MAX_HISTORY_POINTS);
  const next = points.length > page.length ? (page.at(-1)?.time ?? null) : null;
  const said = page.flatMap(({ source, volumeSource }) => [source, volumeSource ?? null]);
  const sources = [...new Set(said)].filter((source) => source !== null);
  return { series: query.series, interval: query.interval, unit, sources, points: page, next };
}

async function readDailyPrices(query: Query): Promise<MarketHistoryAnswer> {
  return toPage(query, 'USD/BTC', layOutCandlePoints(await readDailyHistory(), query, MAX_HISTORY_POINTS + 1));
}

/** Beyond it years have more than four digits, which the database's dates are not written with. */
const LATEST_MS = Date.UTC(9999, 11, 31);
const toDate = (timeMs: number) => new Date(Math.min(Math.max(timeMs, 0), LATEST_MS));

async function readHours(query: Query): Promise<MarketHistoryAnswer> {
  const rows = await getDb().marketCandle.findMany({
    where: { interval: '1h', openedAt: { gte: toDate(Math.ceil(query.fromMs / HOUR_MS) * HOUR_MS), lte: toDate(query.toMs) } },
    orderBy: { openedAt: 'asc' },
    take: MAX_HISTORY_POINTS + 1,
  });
  const points = rows.map(({ openedAt, openUsd, highUsd, lowUsd, closeUsd, volumeBtc, source }) => ({
    time: openedAt.toISOString(),
    open: openUsd,
    high: highUsd,
    low: lowUsd,
    close: closeUsd,
    volumeBtc,
    source,
    volumeSource: volumeBtc === null ? null : source,
  }));
  return toPage(query, 'USD/BTC', points);
}

async function readDays(query: Query, { figure, unit }: (typeof DAILY)[keyof typeof DAILY]): Promise<MarketHistoryAnswer> {
  const rows = await getDb().marketDay.findMany({
    where: { figure, day: { gte: toDate(query.fromMs), lte: toDate(query.toMs) } },
    orderBy: { day: 'asc' },
    take: MAX_HISTORY_POINTS + 1,
  });
  const points = rows.map(({ day, value, source }) => ({ time: day.toISOString(), value, source }));
  return toPage(query, unit, points);
}

/** All epochs of the range at once: there are some hundreds. */
async function readEpochs(query: Query): Promise<MarketHistoryAnswer> {
  const [{ difficulty, sourceOf }, rows] = await Promise.all([readEpochHistory(), readFetchedEpochs()]);
  const fetched = new Map(rows.flatMap(({ epoch, beganAtMs }) => (beganAtMs === null ? [] : [[epoch, beganAtMs] as const])));
  const points = layOutEpochPoints(difficulty, { shipped: readShippedEpochs(), fetched }, query);
  return toPage(
    query,
    `difficulty of ${BLOCKS_PER_EPOCH} blocks`,
    points.map((point) => ({ ...point, source: sourceOf(point.epoch) })),
  );
}
