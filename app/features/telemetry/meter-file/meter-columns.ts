/** Which columns of a meter's file say when, and which says how much and in what unit. The unit must stand in the head: a figure without one is not guessed at. Pure. */
import { HOUR_S, QUARTER_S } from '../layers.ts';

/** What a value of a quarter of an hour is given in. */
export const METER_UNITS = ['kWh', 'MWh', 'kW', 'MW'] as const;
export type MeterUnit = (typeof METER_UNITS)[number];

/** kWh of a quarter of an hour for one of the unit; a power is the mean of its quarter. */
export const KWH_OF: Readonly<Record<MeterUnit, number>> = {
  kWh: 1,
  MWh: 1_000,
  kW: QUARTER_S / HOUR_S,
  MW: (1_000 * QUARTER_S) / HOUR_S,
};

/** What a value is: what a quarter of an hour used, or what a register showed at a moment. */
export const METER_VALUES = ['quarters', 'register'] as const;
export type MeterValues = (typeof METER_VALUES)[number];

/**
 * `clock`: the time of day where it stands in a column of its own, else `null`. `isEnd`: times are the ends of their quarters, by the head. `isRegister`: the head of
 * the values names a register; then the time is the moment at which it was read.
 */
export type MeterColumns = {
  time: number;
  clock: number | null;
  isEnd: boolean;
  value: number;
  unit: MeterUnit;
  isRegister: boolean;
};

export type MeterColumnFault =
  | { kind: 'no-time-column'; columns: readonly string[] }
  /** No column says that it is kWh, MWh, kW or MW. */
  | { kind: 'no-energy-column'; columns: readonly string[] }
  /** Several do, and none was named. */
  | { kind: 'which-column'; columns: readonly string[] };

const MAX_SHOWN = 20;
const compact = (head: string) => head.toLowerCase().replace(/[\s_.-]+/g, '');

const DAY = /^(?:date|day|datum|readingdate|日期)$/;
const CLOCK = /^(?:time|clock|timeofday|zeit|uhrzeit|时刻|时间)$/;
const END = /end|until|bis$|结束|截止/;
const TIME =
  /^(?:date|time|timestamp|interval|period|begin|start|from|end|until|datum|zeit|von|bis|utc|read(?:ing)?(?:at|date|time)|日期|时间|时段|开始|结束|起始|截止|抄表|采集|冻结)/;

/** The unit at the end of a head or in brackets: "Energy (kWh)", "Import [kWh]", "有功电量（千瓦时）", "Demand kW". */
const UNITS: readonly [RegExp, MeterUnit][] = [
  [/mwh|兆瓦时/i, 'MWh'],
  [/kwh|千瓦时|[（(]\s*度\s*[)）]/i, 'kWh'],
  [/(?:^|[^a-z])mw(?![a-z])|兆瓦(?!时)/i, 'MW'],
  [/(?:^|[^a-z])kw(?![a-z])|千瓦(?!时)/i, 'kW'],
];

/** Words for a counter that runs on; 1.8.x is its number in the meters' own list of registers (IEC 62056-6-1). */
const REGISTER = /register|counter|cumulat|index|totali[sz]er|z(?:ä|ae)hlerstand|(?:^|\D)1\.8\.\d|示数|表底|表码|底码|止码|行码|累计|累积/i;

export function readMeterUnit(head: string): MeterUnit | null {
  return UNITS.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}

export const isEnergy = (unit: MeterUnit): boolean => unit === 'kWh' || unit === 'MWh';

/**
 * `wanted`: the head of the column of values, where somebody named it. Of a column of energy and one of power the energy is taken: it is what the meter counted. Of what
 * was used and a register that is what was used: nothing needs to be reckoned.
 */
export function findMeterColumns(head: readonly string[], wanted: string | null): MeterColumns | MeterColumnFault {
  const columns = head.slice(0, MAX_SHOWN);
  const names = head.map(compact);
  const values = head.flatMap((text, column) => {
    const unit = readMeterUnit(text);
    return unit === null ? [] : [{ column, unit, text }];
  });
  const isValue = new Set(values.map(({ column }) => column));
  const day = names.findIndex((name) => DAY.test(name));
  const clock = names.findIndex((name, column) => column !== day && CLOCK.test(name));
  const times = names.flatMap((name, column) => (TIME.test(name) && !isValue.has(column) ? [column] : []));
  const isSplit = day >= 0 && clock >= 0;
  const end = times.find((column) => END.test(names[column] ?? ''));
  const begin = isSplit ? day : (times.find((column) => column !== end) ?? end);
  if (begin === undefined) return { kind: 'no-time-column', columns };
  const energies = values.filter(({ unit }) => isEnergy(unit));
  const used = energies.filter(({ text }) => !REGISTER.test(text));
  const fitting =
    wanted === null
      ? ([used, energies].find(({ length }) => length > 0) ?? values)
      : values.filter(({ text }) => compact(text) === compact(wanted));
  const [value] = fitting;
  if (value === undefined) return { kind: 'no-energy-column', columns };
  if (fitting.length > 1) return { kind: 'which-column', columns: fitting.map(({ text }) => text).slice(0, MAX_SHOWN) };
  const isRegister = isEnergy(value.unit) && REGISTER.test(value.text);
  // Of the beginning and the end of a row's time a register stands at the end.
  const time = isRegister && !isSplit ? (end ?? begin) : begin;
  return {
    time,
    clock: isSplit ? clock : null,
    isEnd: END.test(names[time] ?? ''),
    value: value.column,
    unit: value.unit,
    isRegister,
  };
}
