/**
 * Reads the golden cases. Every case says where its expected values come from and which mistake it guards against; the expected
 * part lists only what is known, and lists of months and events are matched by `month` and `index`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RoiInputs } from '../host/types.ts';

export type Expected = number | string | boolean | null | Expected[] | { [name: string]: Expected };

export type VectorCase = {
  name: string;
  source: string;
  guardsAgainst: string;
  input: RoiInputs;
  expected: { [name: string]: Expected };
  toleranceRelative: number;
};

/** All cases of all files in this folder, in the order of the file names. Throws when there are implausibly few. */
export function listVectorCases(): VectorCase[] {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const cases = files.sort().flatMap((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as VectorCase[]);
  if (cases.length < 40) throw new Error(`only ${cases.length} golden cases found in ${folder}`);
  return cases;
}

export type Deviation = { path: string; expected: Expected; actual: unknown; relative: number };

/**
 * Every expected leaf with its deviation, `|actual - expected| / |expected|`; infinite when a number meets something else or when
 * zero was expected and is not there. The caller compares with the tolerance of the case.
 */
export function listDeviations(expected: Expected, actual: unknown, path = ''): Deviation[] {
  if (Array.isArray(expected)) return expected.flatMap((item) => listDeviations(item, findItem(item, actual), `${path}${labelOf(item)}`));
  if (expected !== null && typeof expected === 'object') {
    const found = actual !== null && typeof actual === 'object' ? (actual as Record<string, unknown>) : {};
    return Object.entries(expected)
      .filter(([name]) => name !== 'index')
      .flatMap(([name, value]) => listDeviations(value, found[name], path === '' ? name : `${path}.${name}`));
  }
  return [{ path, expected, actual, relative: computeDeviation(expected, actual) }];
}

function computeDeviation(expected: Expected, actual: unknown): number {
  if (typeof expected !== 'number' || typeof actual !== 'number') return expected === actual ? 0 : Number.POSITIVE_INFINITY;
  if (expected === actual) return 0;
  const relative = Math.abs(actual - expected) / Math.abs(expected);
  return Number.isNaN(relative) ? Number.POSITIVE_INFINITY : relative;
}

function keyOf(item: Expected): { name: 'month' | 'index'; value: number } {
  if (item !== null && typeof item === 'object' && !Array.isArray(item)) {
    if (typeof item.month === 'number') return { name: 'month', value: item.month };
    if (typeof item.index === 'number') return { name: 'index', value: item.index };
  }
  throw new Error('an expected list holds objects with `month` or `index`');
}

function labelOf(item: Expected): string {
  const { name, value } = keyOf(item);
  return `[${name} ${value}]`;
}

/** Months are numbered from 1, events are found by their place. */
function findItem(item: Expected, list: unknown): unknown {
  if (!Array.isArray(list)) return undefined;
  const { name, value } = keyOf(item);
  return list[name === 'month' ? value - 1 : value];
}
