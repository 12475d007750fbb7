/** Range checks of whole inputs on the host's side: every wrong field at once, where the module stops at the first. */

import type { FieldError, FieldErrorCode, FieldName, MachineFieldName, NetworkFieldName } from '../units/fields.ts';
import { FIELDS, findFieldError, HOSTING_FIELDS, MACHINE_FIELDS, NETWORK_FIELDS } from '../units/fields.ts';
import type { MachineInputs, NetworkInputs, RoiInputs } from './types.ts';

/** Fields that may be null: derived from others, or switched off. */
const NULLABLE: ReadonlySet<FieldName> = new Set(['epochElapsedS', 'networkHashrateThs', 'clientPowerUsdPerKwh']);

const NETWORK_NAMES = Object.keys(NETWORK_FIELDS) as NetworkFieldName[];
const MACHINE_NAMES = Object.keys(MACHINE_FIELDS) as MachineFieldName[];
const HOSTING_NAMES = Object.keys(HOSTING_FIELDS) as (keyof typeof HOSTING_FIELDS)[];

function collect<Name extends FieldName>(names: readonly Name[], inputs: Readonly<Record<Name, number | null>>): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of names) {
    const value = inputs[name];
    if (value === null && NULLABLE.has(name)) continue;
    const error = findFieldError(name, value);
    if (error) errors.push(error);
  }
  return errors;
}

export function networkErrors(inputs: NetworkInputs): FieldError[] {
  return collect(NETWORK_NAMES, inputs);
}

export function machineErrors(inputs: MachineInputs): FieldError[] {
  return collect(MACHINE_NAMES, inputs);
}

export function roiErrors(inputs: RoiInputs): FieldError[] {
  return [...networkErrors(inputs), ...machineErrors(inputs), ...collect(HOSTING_NAMES, inputs)];
}

export function fieldError(field: FieldName, value: unknown, code: FieldErrorCode): FieldError {
  const { min, max, minExclusive } = FIELDS[field];
  return { field, value, code, min, max, minExclusive };
}

/** Inputs that are each in range but whose result is not a finite number. Only a vanishing difficulty can do that. */
export function notFinite(inputs: RoiInputs): FieldError {
  return fieldError('difficulty', inputs.difficulty, 'not_finite');
}
