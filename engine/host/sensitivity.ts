/** Grids and tornado of the facade (product part C5): writes axes and swings, calls the module once, lends its columns. */
import type { FieldError, FieldName, MachineFieldName } from '../units/fields.ts';
import { findFieldError } from '../units/fields.ts';
import type { EngineCore } from './core.ts';
import { MACHINE_COLUMNS, NETWORK_FIELD_ORDER } from './memory-map.ts';
import type { Grid, Invalid, RoiInputs, Tornado, TornadoSwing } from './types.ts';
import { notFinite, roiErrors } from './validate.ts';

export type Sensitivity = {
  /** NPV and payback by BTC price (y, rows) and power price (x, columns), at most 64 x 64. */
  priceByPowerGrid(inputs: RoiInputs, axes: { priceUsdPerBtc: readonly number[]; powerUsdPerKwh: readonly number[] }): Grid | Invalid;
  /** By BTC price (y) and difficulty (x), at most 64 x 64; the network hash rate moves in proportion, so blocks keep their times. */
  priceByDifficultyGrid(inputs: RoiInputs, axes: { priceUsdPerBtc: readonly number[]; difficulty: readonly number[] }): Grid | Invalid;
  /** NPV with one input moved at a time, at most 32 swings. */
  tornado(inputs: RoiInputs, swings: readonly TornadoSwing[]): Tornado | Invalid;
};

function axisErrors(field: FieldName, values: readonly number[], maxLength: number): FieldError[] {
  if (values.length < 1 || values.length > maxLength) throw new RangeError(`an axis holds 1 to ${maxLength} values, not ${values.length}`);
  return values.flatMap((value) => findFieldError(field, value) ?? []);
}

export function createSensitivity(core: EngineCore): Sensitivity {
  const { wasm, map } = core;
  const maxAxis = wasm.MAX_AXIS.value;

  function writeBase(inputs: RoiInputs): void {
    core.writeMachine(0, inputs);
    MACHINE_COLUMNS.forEach((name, index) => {
      map.baseMachine[index] = map.machines[name][0]!;
    });
  }

  function grid(
    inputs: RoiInputs,
    y: readonly number[],
    x: readonly number[],
    xField: FieldName,
    run: (columns: number, rows: number) => number,
  ): Grid | Invalid {
    const errors = [...roiErrors(inputs), ...axisErrors('priceUsdPerBtc', y, maxAxis), ...axisErrors(xField, x, maxAxis)];
    if (errors.length > 0) return { kind: 'invalid', errors };
    const refused = core.runPath(inputs);
    if (refused) return refused;
    writeBase(inputs);
    map.axisX.set(x);
    map.axisY.set(y);
    if (run(x.length, y.length) !== 0) throw new Error('the engine refused a grid that was checked');
    const cells = x.length * y.length;
    return { kind: 'ok', npvUsd: map.results.npvUsd.subarray(0, cells), paybackMonths: map.results.paybackMonths.subarray(0, cells) };
  }

  return {
    priceByPowerGrid: (inputs, axes) =>
      grid(inputs, axes.priceUsdPerBtc, axes.powerUsdPerKwh, 'powerUsdPerKwh', (columns, rows) => wasm.priceByPowerGrid(columns, rows)),
    priceByDifficultyGrid: (inputs, axes) =>
      grid(inputs, axes.priceUsdPerBtc, axes.difficulty, 'difficulty', (columns, rows) => wasm.priceByDifficultyGrid(columns, rows)),
    tornado(inputs, swings) {
      // Two values a swing, and the base once, at the end.
      const points = swings.length * 2 + 1;
      if (points > wasm.MAX_SWINGS.value) throw new RangeError(`a tornado holds ${Math.floor((wasm.MAX_SWINGS.value - 1) / 2)} swings`);
      const errors = [
        ...roiErrors(inputs),
        ...swings.flatMap(({ field, low, high }) => [findFieldError(field, low) ?? [], findFieldError(field, high) ?? []].flat()),
      ];
      if (errors.length > 0) return { kind: 'invalid', errors };
      const refused = core.runPath(inputs);
      if (refused) return refused;
      writeBase(inputs);
      const write = (index: number, field: FieldName, value: number) => {
        const networkIndex = (NETWORK_FIELD_ORDER as readonly FieldName[]).indexOf(field);
        const machineIndex = MACHINE_COLUMNS.indexOf(field as MachineFieldName);
        map.swingField[index] = networkIndex >= 0 ? networkIndex : wasm.SWING_MACHINE_OFFSET.value + machineIndex;
        map.swingValue[index] = value;
      };
      swings.forEach(({ field, low, high }, index) => {
        write(2 * index, field, low);
        write(2 * index + 1, field, high);
      });
      write(points - 1, 'capexUsd', inputs.capexUsd);
      if (wasm.tornado(points) !== 0) return { kind: 'invalid', errors: [notFinite(inputs)] };
      const npv = map.swingNpvUsd;
      return {
        kind: 'ok',
        baseNpvUsd: npv[points - 1]!,
        bars: swings.map((swing, index) => ({ ...swing, npvAtLowUsd: npv[2 * index]!, npvAtHighUsd: npv[2 * index + 1]! })),
      };
    },
  };
}
