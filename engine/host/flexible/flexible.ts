/**
 * Curtailment inside ROI in the facade (product part C7): writes the curve and the machines, has every different group planned once, reads both ways of running.
 */
import { findFieldError, findRangeError } from '../../units/fields.ts';
import { FLEXIBLE_FIELDS, YEAR_PARTS } from '../../units/flexible-fields.ts';
import type { EngineCore } from '../core.ts';
import type { FleetMachine } from '../risk/types.ts';
import type { NetworkInputs, RoiInputs } from '../types.ts';
import { fieldError, machineErrors, networkErrors, notFinite, roiErrors } from '../validate.ts';
import { mapFlexibleMemory, type SideColumns } from './memory-map.ts';
import type {
  Flexible,
  FlexibleFleetInputs,
  FlexibleFleetResult,
  FlexibleInvalid,
  FlexibleMonth,
  FlexibleResult,
  FlexibleSide,
  PowerCurve,
  RestartCost,
} from './types.ts';

const MINUTES_PER_HOUR = 60;
/** A curve of wrong prices is told by its first ones. */
const MAX_PRICE_ERRORS = 20;

export type FlexibleFacade = {
  /** One machine group that runs when an hour is worth it, against the same one always on. Its powerUsdPerKwh and shutdown flag have no say. Some milliseconds. */
  flexible(inputs: RoiInputs, curve: PowerCurve, restart: RestartCost): FlexibleResult | FlexibleInvalid;
  /** Many groups on one curve; equal ones are planned once. A group out of range is returned as such and stops no other. */
  flexibleFleet(inputs: FlexibleFleetInputs, curve: PowerCurve): FlexibleFleetResult | FlexibleInvalid;
};

type Errors = FlexibleInvalid['errors'];

function restartErrors(restart: RestartCost): Errors {
  return (['restartUsd', 'bootMinutes'] as const).flatMap((name) => findRangeError(name, FLEXIBLE_FIELDS[name], restart[name]) ?? []);
}

function curveErrors({ usdPerKwh, firstPart }: PowerCurve): Errors {
  const { length } = usdPerKwh;
  const errors: Errors = [];
  const lengthError = findRangeError('curveHours', FLEXIBLE_FIELDS.curveHours, length % YEAR_PARTS === 0 ? length : length + 0.5);
  if (lengthError) errors.push({ ...lengthError, value: length });
  const partError = findRangeError('firstPart', FLEXIBLE_FIELDS.firstPart, firstPart);
  if (partError) errors.push(partError);
  for (let hour = 0; hour < length && errors.length < MAX_PRICE_ERRORS; hour++) {
    const error = findRangeError('hourUsdPerKwh', FLEXIBLE_FIELDS.hourUsdPerKwh, usdPerKwh[hour]);
    if (error) errors.push(error);
  }
  return errors;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function createFlexible(core: EngineCore, engineVersion: string): FlexibleFacade {
  const { wasm } = core;
  const map = mapFlexibleMemory(wasm);
  const capacity = wasm.TILE_ROWS.value;

  /** Path and curve into memory; null when they are there. */
  function prepare(network: NetworkInputs, curve: PowerCurve): FlexibleInvalid | null {
    const refused = core.runPath(network);
    if (refused) return refused;
    map.prices.set(Array.from(curve.usdPerKwh));
    return null;
  }

  function writeRow(row: number, machine: FleetMachine & RestartCost & { discountRatioPerYear: number }): void {
    core.writeMachine(row, machine);
    map.restartUsd[row] = machine.restartUsd;
    map.bootHours[row] = machine.bootMinutes / MINUTES_PER_HOUR;
  }

  function run(rowCount: number, curve: PowerCurve): void {
    const status = wasm.projectFlexible(rowCount, curve.firstPart, curve.usdPerKwh.length / YEAR_PARTS);
    if (status !== 0) throw new Error(`the engine refused a checked curve: status ${status}`);
  }

  function readSide(columns: SideColumns, row: number, capexUsd: number): FlexibleSide {
    const [profitUsd, powerUsd, energyKwh] = [columns.profitUsd[row]!, columns.powerUsd[row]!, columns.energyKwh[row]!];
    return {
      npvUsd: columns.npvUsd[row]!,
      profitUsd,
      roiRatio: capexUsd === 0 ? null : profitUsd / capexUsd,
      paybackMonths: orNull(columns.paybackMonths[row]!),
      minedBtc: columns.minedBtc[row]!,
      powerUsd,
      energyKwh,
      powerUsdPerKwh: energyKwh === 0 ? null : powerUsd / energyKwh,
    };
  }

  function readRow(row: number, capexUsd: number): Flexible | null {
    const flexible = readSide(map.flexible, row, capexUsd);
    const alwaysOn = readSide(map.alwaysOn, row, capexUsd);
    const numbers = [flexible, alwaysOn].flatMap(({ npvUsd, profitUsd, minedBtc, powerUsd }) => [npvUsd, profitUsd, minedBtc, powerUsd]);
    if (!numbers.every((value) => Number.isFinite(value))) return null;
    return { flexible, alwaysOn, valueUsd: flexible.npvUsd - alwaysOn.npvUsd, hoursOff: map.hoursOff[row]!, starts: map.starts[row]! };
  }

  function readMonths(horizonMonths: number): FlexibleMonth[] {
    const names = Object.keys(map.months) as (keyof typeof map.months)[];
    return Array.from({ length: horizonMonths }, (_, k) => ({
      month: k + 1,
      ...(Object.fromEntries(names.map((name) => [name, map.months[name][k]!])) as Omit<FlexibleMonth, 'month'>),
    }));
  }

  function flexible(inputs: RoiInputs, curve: PowerCurve, { restartUsd, bootMinutes }: RestartCost): FlexibleResult | FlexibleInvalid {
    // Taken out by name: a caller's object may carry more, which must not overrule the inputs.
    const restart = { restartUsd, bootMinutes };
    const errors = [...roiErrors(inputs), ...restartErrors(restart), ...curveErrors(curve)];
    if (errors.length > 0) return { kind: 'invalid', errors };
    const refused = prepare(inputs, curve);
    if (refused) return refused;
    writeRow(0, { ...inputs, ...restart });
    run(1, curve);
    const read = readRow(0, inputs.capexUsd * inputs.count);
    if (read === null) return { kind: 'invalid', errors: [notFinite(inputs)] };
    return {
      kind: 'ok',
      inputs: { ...core.resolve(inputs), ...restart },
      ...read,
      months: readMonths(inputs.horizonMonths),
      engineVersion,
    };
  }

  function flexibleFleet(inputs: FlexibleFleetInputs, curve: PowerCurve): FlexibleFleetResult | FlexibleInvalid {
    const { network, machines, discountRatioPerYear } = inputs;
    const discountError = findFieldError('discountRatioPerYear', discountRatioPerYear);
    const errors = [...networkErrors(network), ...(discountError === null ? [] : [discountError]), ...curveErrors(curve)];
    if (errors.length > 0) return { kind: 'invalid', errors };
    const refused = prepare(network, curve);
    if (refused) return refused;
    const { classes, classOf, invalid } = findClasses(machines);
    const results: (Flexible | null)[] = [];
    for (let from = 0; from < classes.length; from += capacity) {
      const tile = classes.slice(from, from + capacity);
      // For one machine: a class may stand for groups of different size.
      tile.forEach((machine, row) => {
        writeRow(row, { ...machine, count: 1, discountRatioPerYear });
      });
      run(tile.length, curve);
      for (const [row, machine] of tile.entries()) results.push(readRow(row, machine.capexUsd));
    }
    const groups = machines.map((machine, index): FlexibleFleetResult['groups'][number] => {
      const known = invalid.get(index);
      if (known) return { kind: 'invalid', errors: known };
      const one = results[classOf[index]!];
      if (!one) return { kind: 'invalid', errors: [fieldError('difficulty', network.difficulty, 'not_finite')] };
      return { kind: 'ok', ...scale(one, machine.count) };
    });
    return { kind: 'ok', groups, classes: classes.length, totals: sum(groups), engineVersion };
  }

  return { flexible, flexibleFleet };
}

type Machine = FleetMachine & RestartCost;

/** Machines that differ in anything but their number and what the curve overrules, each once; `classOf[i]` is the class of group i. */
function findClasses(machines: readonly Machine[]): { classes: Machine[]; classOf: number[]; invalid: Map<number, Errors> } {
  const classes: Machine[] = [];
  const indexOf = new Map<string, number>();
  const invalid = new Map<number, Errors>();
  const classOf = machines.map((machine, index) => {
    const errors = [...machineErrors({ ...machine, discountRatioPerYear: 0 }), ...restartErrors(machine)];
    if (errors.length > 0) {
      invalid.set(index, errors);
      return -1;
    }
    const { hashrateThs, powerW, poolFeeRatio, uptimeRatio, pue, hashrateDecayRatioPerMonth, hostingFeeUsdPerMonth } = machine;
    const { maintenanceUsdPerMonth, capexUsd, residualUsd, heldRatio, restartUsd, bootMinutes } = machine;
    const key = `${hashrateThs} ${powerW} ${poolFeeRatio} ${uptimeRatio} ${pue} ${hashrateDecayRatioPerMonth} ${hostingFeeUsdPerMonth} ${maintenanceUsdPerMonth} ${capexUsd} ${residualUsd} ${heldRatio} ${restartUsd} ${bootMinutes}`;
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    indexOf.set(key, classes.length);
    return classes.push(machine) - 1;
  });
  return { classes, classOf, invalid };
}

function scaleSide(side: FlexibleSide, count: number): FlexibleSide {
  return {
    ...side,
    npvUsd: side.npvUsd * count,
    profitUsd: side.profitUsd * count,
    minedBtc: side.minedBtc * count,
    powerUsd: side.powerUsd * count,
    energyKwh: side.energyKwh * count,
  };
}

function scale(one: Flexible, count: number): Flexible {
  return { ...one, flexible: scaleSide(one.flexible, count), alwaysOn: scaleSide(one.alwaysOn, count), valueUsd: one.valueUsd * count };
}

function sum(groups: FlexibleFleetResult['groups']): FlexibleFleetResult['totals'] {
  const totals = { npvUsd: 0, profitUsd: 0, powerUsd: 0, energyKwh: 0, minedBtc: 0, alwaysOnNpvUsd: 0, alwaysOnProfitUsd: 0, valueUsd: 0 };
  for (const group of groups) {
    if (group.kind === 'invalid') continue;
    totals.npvUsd += group.flexible.npvUsd;
    totals.profitUsd += group.flexible.profitUsd;
    totals.powerUsd += group.flexible.powerUsd;
    totals.energyKwh += group.flexible.energyKwh;
    totals.minedBtc += group.flexible.minedBtc;
    totals.alwaysOnNpvUsd += group.alwaysOn.npvUsd;
    totals.alwaysOnProfitUsd += group.alwaysOn.profitUsd;
    totals.valueUsd += group.valueUsd;
  }
  return totals;
}
