/**
 * One thing wrong with a request, before it has words: code, field, value and range. Pure; `problem.server.ts` gives it the
 * caller's language. Kept apart from the engine's FieldError because a request can be wrong where the engine has no field
 * (an unknown name, a boolean, malformed JSON).
 */
import { FIELDS, type FieldError, type FieldRange } from '#engine/units/fields.ts';
import { RISK_FIELDS, type RoiOrRiskFieldName } from '#engine/units/risk-fields.ts';

export type FaultCode =
  | 'missing'
  | 'missing_or_model'
  | 'not_a_number'
  | 'not_an_integer'
  | 'out_of_range'
  | 'not_finite'
  | 'not_a_boolean'
  | 'not_a_choice'
  | 'not_a_text'
  | 'empty_text'
  | 'not_storable'
  | 'not_a_string'
  | 'unknown_field'
  | 'unknown_model'
  | 'market_unknown'
  | 'not_an_object'
  | 'not_an_array'
  | 'too_many_rows'
  | 'too_many_months'
  | 'too_many_entries'
  | 'too_few_entries'
  | 'duplicate_id'
  | 'unknown_id'
  | 'taken'
  | 'unknown_reference'
  | 'not_a_mac'
  | 'not_a_host'
  | 'not_a_day'
  | 'not_a_target'
  | 'needs_other'
  | 'no_identity'
  | 'outside_rack'
  | 'no_such_step'
  | 'not_empty'
  | 'too_many'
  | 'not_as_seen'
  | 'not_in_history'
  | 'unreadable_file'
  | 'no_columns'
  | 'preview_outdated'
  | 'not_computed'
  | 'wrong_length'
  | 'bad_modes'
  | 'not_an_instant'
  | 'not_a_time'
  | 'not_a_moment'
  | 'not_a_month'
  | 'not_a_quarter'
  | 'not_after'
  | 'not_after_from'
  | 'below_low'
  | 'not_stored'
  | 'not_a_parameter'
  | 'no_parameters'
  | 'given_twice'
  | 'not_a_time_zone'
  | 'too_many_units'
  | 'too_large'
  | 'beyond_lattice'
  | 'score_missing'
  | 'constant_series'
  | 'no_model'
  | 'no_usable_model'
  | 'no_movement'
  | 'takes_too_long'
  | 'needs_custom'
  | 'needs_client_power'
  | 'duplicate_field'
  | 'not_json'
  | 'not_json_number'
  | 'empty_body'
  | 'not_utf8'
  | 'unknown_parameter'
  | 'repeated_parameter'
  | 'bad_parameter'
  | 'not_a_cursor'
  | 'too_many_to_sort';

/** Words that fill a fault's message; already safe to show. */
export type FaultDetails = { [name: string]: string | number };

export type Fault = {
  /** Name of the field, with `defaults.` or `rows` before it where the request nests; empty for the body as a whole. */
  field: string;
  value: unknown;
  code: FaultCode;
  min: number | null;
  max: number | null;
  minExclusive: boolean;
  /** Of min and max; null: none, or none that says anything. */
  unit: string | null;
  details: FaultDetails;
};

/** At most this many faults of one request are told; more would only make the answer longer, not clearer. */
export const MAX_FAULTS_PER_REQUEST = 100;
/** At most this many faults of one row of a batch, so that 10,000 bad rows stay a bounded answer. */
export const MAX_FAULTS_PER_ROW = 20;

/** A fault without a range of numbers. */
export function toFault(field: string, value: unknown, code: FaultCode, details: FaultDetails = {}): Fault {
  return { field, value, code, min: null, max: null, minExclusive: false, unit: null, details };
}

/** Every number that a request of this API may carry. */
export const NUMBER_FIELDS = { ...FIELDS, ...RISK_FIELDS };

export function isNumberField(name: string): name is RoiOrRiskFieldName {
  return Object.hasOwn(NUMBER_FIELDS, name);
}

/** A fault of a number with a range. */
export function toRangeFault(field: string, value: unknown, code: FaultCode, { min, max, minExclusive, unit }: FieldRange): Fault {
  return { field, value, code, min, max, minExclusive, unit, details: {} };
}

/** A fault of one of the engine's fields, carrying that field's range. */
export function toFieldFault(field: RoiOrRiskFieldName, value: unknown, code: FaultCode): Fault {
  return toRangeFault(field, value, code, NUMBER_FIELDS[field]);
}

/** What the engine refused, as a fault of the request. */
export function fromFieldError(error: FieldError<RoiOrRiskFieldName>): Fault {
  return toFieldFault(error.field, error.value, error.code);
}

/** Puts where the fields stand (`defaults`) before their names; a fault of the place itself takes the place's name. */
export function prefixFaults(place: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => ({ ...fault, field: fault.field === '' ? place : `${place}.${fault.field}` }));
}
