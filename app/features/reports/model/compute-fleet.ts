/**
 * Every figure of a report of machines, computed once by the engine (DOMAIN sections 3, 4 and 6). The documents only write down what is here. Pure: the engine is an argument.
 */
import type { Engine, MonthColumns, MonthPath, RoiInputs } from '#engine';
import { HOURS_PER_MONTH, W_PER_KW } from '#engine/units/constants.ts';
import { type ComputedRow, type ComputedRows, createDayColumns } from './day-columns.ts';
import { computeFleetSensitivity, type FleetSensitivity } from './fleet-sensitivity.ts';
import type { FleetRow, FleetSource } from './fleet-source.ts';
import { groupByModel, type ModelGroup } from './model-groups.ts';
import { createSliceColumns } from './slice-columns.ts';

/** Rows in the columns at once. */
const ROWS_PER_SLICE = 1000;

/** Of a row's projection, what a report needs of all rows together. */
const TOTALS = ['profitUsd', 'minedBtc', 'npvUsd', 'buyBtc', 'mineBtc'] as const;

export type FleetMonth = {
  /** 1..N */
  month: number;
  minedBtc: number;
  revenueUsd: number;
  powerUsd: number;
  fixedUsd: number;
  /** Residual value and held coins, in the last month only. */
  endUsd: number;
  netUsd: number;
  cumulativeUsd: number;
};

export type FleetToday = Record<
  'minedBtcPerDay' | 'revenueUsdPerDay' | 'energyKwhPerDay' | 'powerUsdPerDay' | 'fixedUsdPerDay' | 'netUsdPerDay',
  number
> & {
  hashpriceBtcPerThDay: number;
  breakEvenPowerUsdPerKwh: number | null;
  breakEvenPriceUsdPerBtc: number | null;
};

/** Load that still earns at a power price: machines whose own break-even is at least that price. */
export type BreakEvenPoint = { powerUsdPerKwh: number; earningKw: number };

export type Fleet = {
  source: FleetSource;
  rows: ComputedRows;
  path: Omit<MonthPath, 'kind'>;
  machines: number;
  hashrateThs: number;
  /** At the meter: PUE included, uptime not. */
  powerKw: number;
  efficiencyJPerTh: number;
  today: FleetToday;
  months: FleetMonth[];
  capexUsd: number;
  minedBtc: number;
  npvUsd: number;
  profitUsd: number;
  /** Null: the cumulative cash flow does not cross zero inside the horizon. */
  paybackMonths: number | null;
  irrRatioPerYear: number | null;
  roiRatio: number | null;
  buyBtc: number;
  mineBtc: number;
  /** Machines whose net of today is below zero. */
  losingMachines: number;
  models: ModelGroup[];
  breakEven: BreakEvenPoint[];
  sensitivity: FleetSensitivity;
  engineVersion: string;
};

export type ComputedFleet = { kind: 'ok'; fleet: Fleet } | { kind: 'refused'; row: number; field: string };

export function toRoiInputs(source: FleetSource, { model: _model, line: _line, ...machine }: FleetRow): RoiInputs {
  const { network, discountRatioPerYear, shutdownWhenUnprofitable } = source;
  return { ...network, ...machine, discountRatioPerYear, shutdownWhenUnprofitable, clientPowerUsdPerKwh: null, hostCapexUsd: 0 };
}

/** kWh of the row's machines in a month, when they run. */
export function toEnergyKwhPerMonth({ powerW, pue, uptimeRatio, count }: FleetRow): number {
  return ((powerW * pue) / W_PER_KW) * HOURS_PER_MONTH * uptimeRatio * count;
}

/** A row that the engine refuses ends the work: rows were checked before, so it is a defect of the caller and named as such. */
export function computeFleet(engine: Engine, source: FleetSource): ComputedFleet {
  if (source.rows.length === 0) throw new RangeError('a report needs at least one row');
  const months = Array.from({ length: source.network.horizonMonths }, (_, index): FleetMonth => {
    return { month: index + 1, minedBtc: 0, revenueUsd: 0, powerUsd: 0, fixedUsd: 0, endUsd: 0, netUsd: 0, cumulativeUsd: 0 };
  });
  const run = engine.startColumns(source.network, { withIrr: false, onMonths: (one) => addMonths(months, one) });
  const refuse = (row: number): ComputedFleet => {
    const first = engine.project(toRoiInputs(source, source.rows[row]!));
    return { kind: 'refused', row, field: first.kind === 'invalid' ? (first.errors[0]?.field ?? '') : '' };
  };
  if ('kind' in run) return refuse(0);
  const { rows, take } = createDayColumns(source.rows);
  const total: Record<(typeof TOTALS)[number], number> = { profitUsd: 0, minedBtc: 0, npvUsd: 0, buyBtc: 0, mineBtc: 0 };
  const { machines, results, status, write } = createSliceColumns(engine, ROWS_PER_SLICE);
  for (let from = 0; from < source.rows.length; from += ROWS_PER_SLICE) {
    const count = Math.min(ROWS_PER_SLICE, source.rows.length - from);
    for (let index = 0; index < count; index += 1) write(index, source.rows[from + index]!, source);
    if (run.add(machines, results, status, 0, count) > 0) return refuse(from + status.findIndex((code) => code !== 0));
    take(results, from, count);
    for (const name of TOTALS) for (let index = 0; index < count; index += 1) total[name] += results[name][index]!;
  }
  const { capexUsd, paybackMonths, irrRatioPerYear } = run.finish();
  const first = engine.project(toRoiInputs(source, source.rows[0]!));
  if (first.kind === 'invalid') throw new Error('the engine refused a row that it computed');
  const { hashpriceBtcPerThDay } = first.today;
  months.reduce((cumulativeUsd, month) => {
    month.cumulativeUsd = cumulativeUsd + month.netUsd;
    return month.cumulativeUsd;
  }, -capexUsd);
  const path = engine.path(source.network);
  if (path.kind === 'invalid') throw new Error('the engine refused a network that it computed with');
  const { kind: _kind, ...pathOnly } = path;
  const sum = (pick: (row: ComputedRow) => number) => {
    let total = 0;
    for (const row of rows) total += pick(row);
    return total;
  };
  const hashrateThs = sum(({ row }) => row.hashrateThs * row.count);
  const fleet: Fleet = {
    source,
    rows,
    path: pathOnly,
    machines: sum(({ row }) => row.count),
    hashrateThs,
    powerKw: sum(({ row }) => (row.powerW * row.pue * row.count) / W_PER_KW),
    efficiencyJPerTh: sum(({ row }) => row.powerW * row.count) / hashrateThs,
    today: sumToday(rows, hashpriceBtcPerThDay),
    months,
    capexUsd,
    ...total,
    paybackMonths,
    irrRatioPerYear,
    roiRatio: capexUsd === 0 ? null : total.profitUsd / capexUsd,
    losingMachines: sum(({ row, today }) => (today.netUsdPerDay < 0 ? row.count : 0)),
    models: groupByModel(rows),
    breakEven: findBreakEvenCurve(rows),
    sensitivity: computeFleetSensitivity(engine, source),
    engineVersion: engine.engineVersion,
  };
  return { kind: 'ok', fleet };
}

function addMonths(totals: readonly FleetMonth[], one: MonthColumns): void {
  for (const [k, total] of totals.entries()) {
    total.minedBtc += one.minedBtc[k]!;
    total.revenueUsd += one.revenueUsd[k]!;
    total.powerUsd += one.powerUsd[k]!;
    total.fixedUsd += one.fixedUsd[k]!;
    total.netUsd += one.netUsd[k]!;
    total.endUsd = total.netUsd - (total.revenueUsd - total.powerUsd - total.fixedUsd);
  }
}

function sumToday(rows: ComputedRows, hashpriceBtcPerThDay: number): FleetToday {
  const total = { minedBtcPerDay: 0, revenueUsdPerDay: 0, energyKwhPerDay: 0, powerUsdPerDay: 0, fixedUsdPerDay: 0, netUsdPerDay: 0 };
  for (const { today } of rows) {
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += today[name];
  }
  return {
    ...total,
    hashpriceBtcPerThDay,
    breakEvenPowerUsdPerKwh: total.energyKwhPerDay === 0 ? null : total.revenueUsdPerDay / total.energyKwhPerDay,
    breakEvenPriceUsdPerBtc: total.minedBtcPerDay === 0 ? null : total.powerUsdPerDay / total.minedBtcPerDay,
  };
}

/** Steps of the curve: cents a kWh, as contracts are spoken about. */
const CURVE_STEP_USD_PER_KWH = 0.01;
const CURVE_POINTS = 16;

function findBreakEvenCurve(rows: ComputedRows): BreakEvenPoint[] {
  const points = Array.from({ length: CURVE_POINTS }, (_, index): BreakEvenPoint => {
    return { powerUsdPerKwh: Math.round((index + 1) * CURVE_STEP_USD_PER_KWH * 100) / 100, earningKw: 0 };
  });
  for (const { row, today } of rows) {
    const { breakEvenPowerUsdPerKwh } = today;
    if (breakEvenPowerUsdPerKwh === null) continue;
    const powerKw = (row.powerW * row.pue * row.count) / W_PER_KW;
    for (const point of points) if (breakEvenPowerUsdPerKwh >= point.powerUsdPerKwh) point.earningKw += powerKw;
  }
  return points;
}
