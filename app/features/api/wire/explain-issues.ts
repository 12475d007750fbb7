/**
 * What a zod schema found wrong, as faults of a request that nests: `machines[3].modes[0].powerW`. zod decides whether a value passes; the table of ranges then says what is
 * wrong, so that a message never depends on zod's wording. Pure.
 */
import type { z } from 'zod';
import type { FieldRange } from '#engine/units/fields.ts';
import { type Fault, type FaultCode, toFault, toRangeFault } from './fault.ts';

type Path = readonly PropertyKey[];
export type Ranges = Readonly<Record<string, FieldRange>>;

/** `['machines', 3, 'powerW']` as `machines[3].powerW`. */
export function writePath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, part)
      ? (value as Record<PropertyKey, unknown>)[part]
      : undefined;
  }, root);
}

function explainNumber(field: string, value: unknown, range: FieldRange): Fault {
  if (value === undefined) return toRangeFault(field, value, 'missing', range);
  if (typeof value !== 'number') return toRangeFault(field, value, 'not_a_number', range);
  const isOutside = !(value >= range.min && value <= range.max) || (range.minExclusive && value === range.min);
  return toRangeFault(field, value, isOutside ? 'out_of_range' : 'not_an_integer', range);
}

function explainIssue(issue: z.core.$ZodIssue, root: unknown, place: Path, ranges: Ranges): Fault[] {
  const path = [...place, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const holder = valueAt(root, issue.path);
    return issue.keys.map((key) => toFault(writePath([...path, key]), valueAt(holder, [key]), 'unknown_field'));
  }
  if (issue.code === 'invalid_union') {
    // A number or a list of them: of a list its length or its entries are at fault.
    const given = valueAt(root, issue.path);
    const isOfThisType = (issues: readonly z.core.$ZodIssue[]) =>
      issues.every(({ code, path: within }) => code !== 'invalid_type' || within.length > 0);
    const branch = issue.errors.find(isOfThisType) ?? issue.errors[0] ?? [];
    return branch.flatMap((inner) => explainIssue(inner, given, path, ranges));
  }
  const field = writePath(path);
  const value = valueAt(root, issue.path);
  const name = path.filter((part) => typeof part === 'string').at(-1);
  const range = name === undefined ? undefined : ranges[name];
  if (range !== undefined && !Array.isArray(value)) return [explainNumber(field, value, range)];
  if (value === undefined) return [toFault(field, value, 'missing')];
  if (issue.code === 'invalid_value') return [toFault(field, value, 'not_a_choice', { choices: issue.values.join(', ') })];
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum);
    if (!Array.isArray(value))
      return [issue.code === 'too_big' ? toFault(field, value, 'not_a_text', { max: limit }) : toFault(field, value, 'empty_text')];
    const code = issue.code === 'too_big' ? 'too_many_entries' : 'too_few_entries';
    return [{ ...toFault(field, value.length, code, { limit }), min: null, max: null }];
  }
  // Ids are the only texts with a format.
  if (issue.code === 'invalid_format') return [toFault(field, value, 'unknown_reference')];
  // A text that no column takes is the only thing that schemas check by a function.
  if (issue.code === 'custom' && typeof value === 'string') return [toFault(field, value, 'not_storable')];
  if (issue.code !== 'invalid_type') throw new Error(`no words for what zod calls ${issue.code}`);
  return [toFault(field, value, TYPE_CODES[issue.expected] ?? 'not_an_object')];
}

const TYPE_CODES: Readonly<Record<string, FaultCode>> = {
  array: 'not_an_array',
  boolean: 'not_a_boolean',
  number: 'not_a_number',
  object: 'not_an_object',
  string: 'not_a_string',
};

/** Faults of what stands at `place` of the request, in the order zod found them. */
export function explainIssues(error: z.ZodError, root: unknown, place: Path, ranges: Ranges): Fault[] {
  const faults = error.issues.flatMap((issue) => explainIssue(issue, root, place, ranges));
  // A number that is neither whole nor in range is two issues of one field.
  return faults.filter((fault, index) => faults.findIndex(({ field }) => field === fault.field) === index);
}
