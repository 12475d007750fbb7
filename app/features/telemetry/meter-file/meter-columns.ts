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

/** `clock`: the time of day where it stands in a column of its own, else `null`. `isEnd`: times are the ends of their quarters, by the head. */
export type MeterColumns = {
  time: number;
  clock: number | null;
  isEnd: boolean;
  value: number;
  unit: MeterUnit;
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
  /^(?:date|time|timestamp|interval|period|begin|start|from|end|until|datum|zeit|von|bis|utc|日期|时间|时段|开始|结束|起始|截止)/;

/** The unit at the end of a head or in brackets: "Energy (kWh)", "Import [kWh]", "有功电量（千瓦时）", "Demand kW". */
const UNITS: readonly [RegExp, MeterUnit][] = [
  [/mwh|兆瓦时/i, 'MWh'],
  [/kwh|千瓦时|[（(]\s*度\s*[)）]/i, 'kWh'],
  [/(?:^|[^a-z])mw(?![a-z])|兆瓦(?!时)/i, 'MW'],
  [/(?:^|[^a-z])kw(?![a-z])|千瓦(?!时)/i, 'kW'],
];

export function readMeterUnit(head: string): MeterUnit | null {
  return UNITS.find(([pattern]) => pattern.test(head))?.[1] ?? null;
}

const isEnergy = (unit: MeterUnit) => unit === 'kWh' || unit === 'MWh';

/** `wanted`: the head of the column of values, where somebody named it. Of a column of energy and one of power the energy is taken: it is what the meter counted. */
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
  const time = day >= 0 && clock >= 0 ? day : (times.find((column) => !END.test(names[column] ?? '')) ?? times[0]);
  if (time === undefined) return { kind: 'no-time-column', columns };
  const isEnd = END.test(names[time] ?? '');
  const energies = values.filter(({ unit }) => isEnergy(unit));
  const fitting =
    wanted === null ? (energies.length > 0 ? energies : values) : values.filter(({ text }) => compact(text) === compact(wanted));
  const [value] = fitting;
  if (value === undefined) return { kind: 'no-energy-column', columns };
  if (fitting.length > 1) return { kind: 'which-column', columns: fitting.map(({ text }) => text).slice(0, MAX_SHOWN) };
  return { time, clock: day >= 0 && clock >= 0 ? clock : null, isEnd, value: value.column, unit: value.unit };
}
