/** Every signal of the product. Thresholds are those under which the signals are known; none was chosen by looking at the history they are measured on. */
import { rollingExtreme } from '../windows.ts';
import { findCrossingsDown, findCrossingsUp, isAbove, outputsOf, type Signal, type SignalColumns } from './signal.ts';

const RSI_LOW = 30;
const RSI_HIGH = 70;
const PUELL_LOW = 0.5;
const PUELL_HIGH = 4;
/** Days of which a squeeze is the narrowest, and for which it counts. */
const SQUEEZE_DAYS = 180;
const SQUEEZE_LASTS_DAYS = 20;
/** A low of the hashprice is the lowest of a year, and the first such day in 90. */
const LOW_DAYS = 365;
const LOW_QUIET_DAYS = 90;

function averagesOf(columns: SignalColumns, length: number): { fast: Float64Array; slow: Float64Array } {
  const sma = (period: number) => outputsOf('sma', columns, length, { period }).sma!;
  return { fast: sma(50), slow: sma(200) };
}

/** Days within `days` after one of `events`, that day included; unknown where the event of that day is. */
function spread(events: Float64Array, days: number): Float64Array {
  let last = Number.NEGATIVE_INFINITY;
  return events.map((event, i) => {
    if (event === 1) last = i;
    return Number.isNaN(event) ? Number.NaN : Number(i - last < days);
  });
}

/** Days on which the value is the lowest of `days`, itself included, and another of them is higher: where all are equal none is low. */
function findLowest(values: Float64Array, days: number): Float64Array {
  const lowest = new Float64Array(values.length);
  const highest = new Float64Array(values.length);
  rollingExtreme(values, days, -1, lowest);
  rollingExtreme(values, days, 1, highest);
  return values.map((value, i) => (Number.isNaN(lowest[i]) ? Number.NaN : Number(value === lowest[i] && isAbove(highest[i]!, value))));
}

/** Both at once; unknown where either is. */
function both(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * b[i]!);
}

function squeezeBreak(columns: SignalColumns, length: number, side: 'upper' | 'lower'): Float64Array {
  const bands = outputsOf('bollinger', columns, length);
  const squeezed = spread(findLowest(bands.width!, SQUEEZE_DAYS), SQUEEZE_LASTS_DAYS);
  const broken = side === 'upper' ? findCrossingsUp(columns.close!, bands.upper!) : findCrossingsDown(columns.close!, bands.lower!);
  return both(broken, squeezed);
}

/** The first day in `LOW_QUIET_DAYS` on which the hashprice is the lowest of a year. */
function hashpriceLow(columns: SignalColumns, length: number): Float64Array {
  const lows = lowestHashprice(columns, length);
  let last = Number.NEGATIVE_INFINITY;
  return lows.map((low, i) => {
    const isFirst = low === 1 && i - last > LOW_QUIET_DAYS;
    if (low === 1) last = i;
    return Number.isNaN(low) ? Number.NaN : Number(isFirst);
  });
}

const rsi = (columns: SignalColumns, length: number) => outputsOf('rsi', columns, length).rsi!;
const puell = (columns: SignalColumns, length: number) => outputsOf('puell-multiple', columns, length).puell!;
const trend = (columns: SignalColumns, length: number) => outputsOf('supertrend', columns, length).direction!;

const lowestHashprice = (columns: SignalColumns, length: number) =>
  findLowest(outputsOf('hashprice', columns, length).hashprice!, LOW_DAYS);
/** Days on which it no longer is the lowest. */
const noLowest = (columns: SignalColumns, length: number) => lowestHashprice(columns, length).map((low) => 1 - low);
const middleBand = (columns: SignalColumns, length: number) => outputsOf('bollinger', columns, length).middle!;
const either = (a: Float64Array, b: Float64Array) => a.map((value, i) => Math.max(value, b[i]!));
/** The RSI has left the room between its thresholds, on whichever side. */
const rsiLeaves = (columns: SignalColumns, length: number) =>
  either(findCrossingsUp(rsi(columns, length), RSI_HIGH), findCrossingsDown(rsi(columns, length), RSI_LOW));

const goldenCross = (columns: SignalColumns, length: number) => {
  const { fast, slow } = averagesOf(columns, length);
  return findCrossingsUp(fast, slow);
};
const deathCross = (columns: SignalColumns, length: number) => {
  const { fast, slow } = averagesOf(columns, length);
  return findCrossingsDown(fast, slow);
};
const macdCrossUp = (columns: SignalColumns, length: number) => {
  const { macd, signal } = outputsOf('macd', columns, length);
  return findCrossingsUp(macd!, signal!, columns.close);
};
const macdCrossDown = (columns: SignalColumns, length: number) => {
  const { macd, signal } = outputsOf('macd', columns, length);
  return findCrossingsDown(macd!, signal!, columns.close);
};
const supertrendUp = (columns: SignalColumns, length: number) => findCrossingsUp(trend(columns, length), 0);
const supertrendDown = (columns: SignalColumns, length: number) => findCrossingsDown(trend(columns, length), 0);
const hashRibbonRecovery = (columns: SignalColumns, length: number) => {
  const { fast, slow } = outputsOf('hash-ribbons', columns, length);
  return findCrossingsUp(fast!, slow!);
};
const hashRibbonCapitulation = (columns: SignalColumns, length: number) => {
  const { fast, slow } = outputsOf('hash-ribbons', columns, length);
  return findCrossingsDown(fast!, slow!);
};

/** A signal with an opposite is on until that is found; the others until what they said no longer holds. */
export const SIGNALS: readonly Signal[] = [
  {
    name: 'golden-cross',
    direction: 'rise',
    indicator: 'sma',
    inputs: ['close'],
    find: goldenCross,
    findEnd: deathCross,
  },
  {
    name: 'death-cross',
    direction: 'fall',
    indicator: 'sma',
    inputs: ['close'],
    find: deathCross,
    findEnd: goldenCross,
  },
  {
    name: 'rsi-oversold-exit',
    direction: 'rise',
    indicator: 'rsi',
    inputs: ['close'],
    find: (columns, length) => findCrossingsUp(rsi(columns, length), RSI_LOW),
    findEnd: rsiLeaves,
  },
  {
    name: 'rsi-overbought-exit',
    direction: 'fall',
    indicator: 'rsi',
    inputs: ['close'],
    find: (columns, length) => findCrossingsDown(rsi(columns, length), RSI_HIGH),
    findEnd: rsiLeaves,
  },
  {
    name: 'macd-cross-up',
    direction: 'rise',
    indicator: 'macd',
    inputs: ['close'],
    find: macdCrossUp,
    findEnd: macdCrossDown,
  },
  {
    name: 'macd-cross-down',
    direction: 'fall',
    indicator: 'macd',
    inputs: ['close'],
    find: macdCrossDown,
    findEnd: macdCrossUp,
  },
  {
    name: 'squeeze-break-up',
    direction: 'rise',
    indicator: 'bollinger',
    inputs: ['close'],
    find: (columns, length) => squeezeBreak(columns, length, 'upper'),
    findEnd: (columns, length) => findCrossingsDown(columns.close!, middleBand(columns, length)),
  },
  {
    name: 'squeeze-break-down',
    direction: 'fall',
    indicator: 'bollinger',
    inputs: ['close'],
    find: (columns, length) => squeezeBreak(columns, length, 'lower'),
    findEnd: (columns, length) => findCrossingsUp(columns.close!, middleBand(columns, length)),
  },
  {
    name: 'supertrend-up',
    direction: 'rise',
    indicator: 'supertrend',
    inputs: ['high', 'low', 'close'],
    find: supertrendUp,
    findEnd: supertrendDown,
  },
  {
    name: 'supertrend-down',
    direction: 'fall',
    indicator: 'supertrend',
    inputs: ['high', 'low', 'close'],
    find: supertrendDown,
    findEnd: supertrendUp,
  },
  {
    name: 'hash-ribbon-recovery',
    direction: 'rise',
    indicator: 'hash-ribbons',
    inputs: ['difficulty'],
    find: hashRibbonRecovery,
    findEnd: hashRibbonCapitulation,
  },
  {
    name: 'hash-ribbon-capitulation',
    direction: 'fall',
    indicator: 'hash-ribbons',
    inputs: ['difficulty'],
    find: hashRibbonCapitulation,
    findEnd: hashRibbonRecovery,
  },
  {
    name: 'puell-low',
    direction: 'rise',
    indicator: 'puell-multiple',
    inputs: ['close', 'subsidyBtc'],
    find: (columns, length) => findCrossingsDown(puell(columns, length), PUELL_LOW),
    findEnd: (columns, length) => findCrossingsUp(puell(columns, length), PUELL_LOW),
  },
  {
    name: 'puell-high',
    direction: 'fall',
    indicator: 'puell-multiple',
    inputs: ['close', 'subsidyBtc'],
    find: (columns, length) => findCrossingsUp(puell(columns, length), PUELL_HIGH),
    findEnd: (columns, length) => findCrossingsDown(puell(columns, length), PUELL_HIGH),
  },
  {
    name: 'hashprice-low',
    direction: 'rise',
    indicator: 'hashprice',
    inputs: ['close', 'difficulty', 'subsidyBtc'],
    find: hashpriceLow,
    findEnd: noLowest,
  },
];

/** The signal of that name; `null` when there is none. */
export function findSignal(name: string): Signal | null {
  return SIGNALS.find((signal) => signal.name === name) ?? null;
}
