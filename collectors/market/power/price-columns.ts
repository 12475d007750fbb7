/** Which column of a price table is what, by its head: exchanges' exports, settlement point reports, a row a day with a column an hour. Pure. */

/** Places of columns, from 0. */
export type RowShape =
  /** A time in one column. `isEnd`: it is when the interval ends. `utcOffsetMinutes`: of its times, where the head says it (0 for UTC); `null`: they are of the series' zone. */
  | { kind: 'time'; time: number; isEnd: boolean; utcOffsetMinutes: number | null; price: number }
  /** A day, the hour that ends (1 to 24) and, for quarters, which quarter of it. */
  | { kind: 'hour'; day: number; hour: number; interval: number | null; price: number }
  /** A day a row, an hour a column. `isRepeated`: it is the second of two hours of that name; `null`: not said. */
  | { kind: 'hours'; day: number; hours: readonly { column: number; hourEnding: number; isRepeated: boolean | null }[] };

export type Columns = {
  shape: RowShape;
  flag: number | null;
  node: number | null;
  nodeType: number | null;
  /** One of ERCOT's settlement point reports, by its head. */
  isSettlementReport: boolean;
};

export type ColumnFault =
  | { kind: 'no-time-column'; columns: readonly string[] }
  | { kind: 'no-price-column'; columns: readonly string[] }
  /** Several columns hold prices, and none was named. */
  | { kind: 'which-column'; columns: readonly string[] }
  | { kind: 'unknown-column'; column: string; columns: readonly string[] }
  /** Hours are named by their ends, 1 to 24; a 0 leaves open whether all are named by their beginnings. `value`: as it stands there. */
  | { kind: 'hours-from-zero'; value: string };

const DAYS = ['deliverydate', 'operday', 'operatingday', 'tradingdate', 'date', 'day', 'datum', '日期'];
const HOURS = ['hourending', 'deliveryhour', 'he'];
const FLAGS = ['repeatedhourflag', 'repeathourflag', 'dstflag'];
const SETTLEMENT_POINTS = ['settlementpoint', 'settlementpointname'];
const NODES = [...SETTLEMENT_POINTS, 'node', 'pnode', 'pnodename', 'biddingzone', 'region', 'regionid'];
const STARTS =
  /^(?:time|datetime|timestamp|date|begin|start|from|von|datumvon|period(?!type)|时间|开始时间)|^(?:interval|time|delivery|hour)?(?:start|begin)|^mtu|^utc(?!offset)/;
/** In Australia's market an interval is named by its end, the settlement date. */
const ENDS = /^(?:interval|time|delivery|hour)?end(?:ing)?(?!.*price)|^settlementdate|结束时间/;
const PRICES = /price|preis|prix|precio|lmp|spp|\brrp\b|mwh|kwh|电价|价格|兆瓦时|千瓦时|\/度/i;
const MAX_SHOWN = 20;
/** Of a day on which the clock is set back. */
export const LAST_HOUR = 25;
/** Of the day on which the clock is set forward. */
const MIN_HOUR_COLUMNS = 23;
const HOUR_ZERO = /^he[\s_]*00?$/i;

export const toName = (head: string) => head.toLowerCase().replace(/[\s_.-]+/g, '');
const findColumn = (names: readonly string[], words: readonly string[]) => {
  const place = names.findIndex((name) => words.includes(name));
  return place < 0 ? null : place;
};

/** "(UTC)", `start_utc`, "UTC+1": times of one offset all year. "GMT/BST" is a local time, and "UTC offset" no time. */
const UTC_HEAD = /(?:utc|gmt)(?![a-z]|[\s_-]*offset|\s*\/)(?:\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?(?!\d))?|^utc(?=[a-z])(?!offset)/i;

/** The offset that the head of a column of times names, minutes east of UTC; `null`: it names none. */
export function findUtcOffsetMinutes(head: string): number | null {
  const match = UTC_HEAD.exec(head);
  if (match === null) return null;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return match[1] === undefined || match[1] === '+' ? minutes : -minutes;
}

/** HE01 to HE24, and HE02X or HE02* for the hour that comes twice. HE25 counts the hours of its day on instead; its place among them is not said. */
function findHourColumns(head: readonly string[]): { column: number; hourEnding: number; isRepeated: boolean | null }[] {
  const found = head.flatMap((cell, column) => {
    const match = /^he[\s_]*0?(\d{1,2})\s*(x|\*|dst|r)?$/i.exec(cell.trim());
    const hourEnding = Number(match?.[1] ?? 0);
    return match === null || hourEnding < 1 || hourEnding > LAST_HOUR ? [] : [{ column, hourEnding, isRepeated: match[2] !== undefined }];
  });
  // Without a column for it, the hour that comes twice has one price and nobody says which of the two it is of.
  return found.some(({ isRepeated }) => isRepeated) ? found : found.map((hour) => ({ ...hour, isRepeated: null }));
}

/** `wanted`: the head of the column of prices, where somebody named it. */
export function findColumns(head: readonly string[], wanted: string | null): Columns | ColumnFault {
  const names = head.map(toName);
  const shown = head.slice(0, MAX_SHOWN);
  const [flag, node, nodeType] = [findColumn(names, FLAGS), findColumn(names, NODES), findColumn(names, ['settlementpointtype'])];
  const rest = { flag, node, nodeType, isSettlementReport: findColumn(names, SETTLEMENT_POINTS) !== null };
  const day = findColumn(names, DAYS);
  const hours = findHourColumns(head);
  const zero = head.find((cell) => HOUR_ZERO.test(cell.trim()));
  if (zero !== undefined && hours.length >= MIN_HOUR_COLUMNS - 1) return { kind: 'hours-from-zero', value: zero };
  if (hours.length >= MIN_HOUR_COLUMNS)
    return day === null ? { kind: 'no-time-column', columns: shown } : { shape: { kind: 'hours', day, hours }, ...rest };

  const hour = findColumn(names, HOURS);
  const start = names.findIndex((name) => STARTS.test(name) && !PRICES.test(name));
  const end = names.findIndex((name) => ENDS.test(name) && !PRICES.test(name));
  const isByHour = day !== null && hour !== null;
  const time = start >= 0 ? start : end;
  if (!isByHour && time < 0) return { kind: 'no-time-column', columns: shown };
  const price = findPriceColumn(head, wanted, new Set([time, start, end, day, hour, flag, node, nodeType]));
  if (typeof price !== 'number') return price;
  const shape: RowShape = isByHour
    ? { kind: 'hour', day, hour, interval: findColumn(names, ['deliveryinterval']), price }
    : { kind: 'time', time, isEnd: start < 0, utcOffsetMinutes: findUtcOffsetMinutes(head[time] ?? ''), price };
  return { shape, ...rest };
}

function findPriceColumn(head: readonly string[], wanted: string | null, taken: ReadonlySet<number | null>): number | ColumnFault {
  const shown = head.slice(0, MAX_SHOWN);
  if (wanted !== null) {
    const named = head.findIndex((cell) => toName(cell) === toName(wanted));
    return named >= 0 ? named : { kind: 'unknown-column', column: wanted, columns: shown };
  }
  const free = head.map((_, column) => column).filter((column) => !taken.has(column));
  const priced = free.filter((column) => PRICES.test(head[column] ?? ''));
  const candidates = priced.length > 0 ? priced : free;
  if (candidates.length === 0) return { kind: 'no-price-column', columns: shown };
  return candidates.length === 1
    ? candidates[0]!
    : { kind: 'which-column', columns: candidates.slice(0, MAX_SHOWN).map((column) => head[column] ?? '') };
}
