/** Candles from a CSV file that somebody has. Pure. */
import { type Candle, type CandleInterval, INTERVAL_MS, isPlausible } from './candles.ts';

/** Header words of the columns, in lower case; the first that is found counts. */
const COLUMNS = {
  time: ['time', 'date', 'datetime', 'timestamp', 'open time', '时间', '日期'],
  open: ['open', '开盘'],
  high: ['high', '最高'],
  low: ['low', '最低'],
  close: ['close', 'price', '收盘'],
  volumeBtc: ['volume', 'volume btc', '成交量'],
} as const;
type ColumnName = keyof typeof COLUMNS;
const NEEDED: readonly ColumnName[] = ['time', 'open', 'high', 'low', 'close'];

/** Lines count from 1, the header being the first. `line: 0`: the file as a whole. */
export type CsvProblem = { line: number; problem: string };
export type CandlesCsv = { candles: Candle[]; problems: CsvProblem[] };

const MAX_LINES = 200_000;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** Seconds since 1970 stay below this until the year 5138; milliseconds have been above it since 1973. */
const FIRST_MS = 1e11;
const FIRST_BLOCK_MS = Date.UTC(2009, 0);

/**
 * One candle a line: time (ISO 8601, UTC where no zone is written, or seconds or milliseconds since 1970), four prices in USD, a volume in bitcoin where there is one. Only candles that are closed at `nowMs` count. Lines that cannot be
 * believed are named and left out; the others stand. O(lines).
 */
export function parseCandlesCsv(text: string, interval: CandleInterval, nowMs: number): CandlesCsv {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.length > MAX_LINES) return { candles: [], problems: [{ line: 0, problem: `more than ${MAX_LINES} lines` }] };
  const header = split(lines[0] ?? '').map((cell) => cell.toLowerCase());
  const places = Object.fromEntries(
    Object.entries(COLUMNS).map(([name, words]) => [name, header.findIndex((cell) => (words as readonly string[]).includes(cell))]),
  ) as Record<ColumnName, number>;
  const missing = NEEDED.filter((name) => places[name] < 0);
  if (missing.length > 0) return { candles: [], problems: [{ line: 1, problem: `no column ${missing.join(', ')}` }] };
  const candles = new Map<number, Candle>();
  const problems: CsvProblem[] = [];
  lines.forEach((line, index) => {
    if (index === 0 || line.trim() === '') return;
    const read = readLine(split(line), places, { interval, nowMs });
    if (typeof read === 'string') problems.push({ line: index + 1, problem: read });
    else if (candles.has(read.timeMs)) problems.push({ line: index + 1, problem: 'the same time as a line before' });
    else candles.set(read.timeMs, read);
  });
  return { candles: [...candles.values()].sort((a, b) => a.timeMs - b.timeMs), problems };
}

/** Files of figures quote nothing that holds a comma. */
const split = (line: string) => line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

function readLine(
  cells: readonly string[],
  places: Record<ColumnName, number>,
  { interval, nowMs }: { interval: CandleInterval; nowMs: number },
): Candle | string {
  const timeMs = readTime(cells[places.time] ?? '');
  if (timeMs === null) return `time "${cells[places.time] ?? ''}" is not a time`;
  if (timeMs % INTERVAL_MS[interval] !== 0) return `time "${cells[places.time]}" does not begin an interval of ${interval} UTC`;
  if (timeMs < FIRST_BLOCK_MS) return `time "${cells[places.time]}" lies before 2009, when bitcoin began`;
  if (timeMs + INTERVAL_MS[interval] > nowMs) return `time "${cells[places.time]}": the ${interval} from then on is not over yet`;
  const candle = { timeMs, open: 0, high: 0, low: 0, close: 0, volumeBtc: Number.NaN };
  for (const name of ['open', 'high', 'low', 'close', 'volumeBtc'] as const) {
    const cell = cells[places[name]] ?? '';
    if (name === 'volumeBtc' && cell === '') continue;
    if (!NUMBER.test(cell)) return `${name} "${cell}" is not a number`;
    candle[name] = Number(cell);
  }
  return isPlausible({ ...candle, volumeBtc: Number.isNaN(candle.volumeBtc) ? 0 : candle.volumeBtc })
    ? candle
    : 'the prices contradict each other or are not above 0';
}

function readTime(text: string): number | null {
  if (/^\d{9,13}$/.test(text)) return Number(text) < FIRST_MS ? Number(text) * 1000 : Number(text);
  const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.0+)?)?(?:Z|\+00:00)?$/.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const timeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  // 31 February would be a day of March.
  return new Date(timeMs).getUTCDate() === day && new Date(timeMs).getUTCMonth() === month - 1 ? timeMs : null;
}
