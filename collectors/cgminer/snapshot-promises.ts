/**
 * What every driver promises of every snapshot, whatever the machine sent. Asked by the tests of fixtures and recordings; a new driver is held
 * to it by being listed in `dialects.ts`.
 */
import type { MachineSnapshot } from './snapshot.ts';
import { READING_COMMANDS } from './transport/reading-commands.ts';

const MAX_LISTED = 640;

type Leaf = { path: string; value: unknown };

/** Every value of the snapshot that is no list and no object, with its dotted path; notes left out. */
export function listLeaves(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    path === '' && key === 'notes' ? [] : listLeaves(inner, path === '' ? key : `${path}.${key}`),
  );
}

const isTemperature = (path: string) => path.endsWith('TemperatureC');
/** Figures that may be below zero: degrees Celsius, and a clock that is behind. */
const mayBeNegative = (path: string) => isTemperature(path) || path === 'clockSkewS';

/** Sentences of what is broken; none when all is kept. */
export function findBrokenPromises(snapshot: MachineSnapshot): readonly string[] {
  const leaves = listLeaves(snapshot);
  const byPath = new Map(leaves.map(({ path, value }) => [path, value]));
  const broken: string[] = [];
  for (const { path, value } of leaves) {
    if (value === undefined) broken.push(`${path} is undefined, not null`);
    if (typeof value !== 'number') continue;
    if (!Number.isFinite(value)) broken.push(`${path} is ${value}`);
    if (value < 0 && !mayBeNegative(path)) broken.push(`${path} is negative: ${value}`);
  }
  for (const { field, value, reason } of snapshot.notes) {
    const isList = ['boards', 'fans', 'pools', 'errorCodes', 'notes'].includes(field);
    if (reason === 'unanswered') {
      if (!READING_COMMANDS.some((command) => command === field)) broken.push(`a note names ${field}, which is no command`);
    } else if (!byPath.has(field) || isList) broken.push(`a note names ${field}, which is no field`);
    else if (byPath.get(field) !== null && !isTemperature(field)) broken.push(`${field} has a note and a value`);
    if (value.length > 80) broken.push(`the note on ${field} is ${value.length} characters long`);
  }
  if ((snapshot.powerW === null) !== (snapshot.powerSource === 'unknown')) broken.push('powerSource does not fit powerW');
  const active = snapshot.activePool === null ? undefined : snapshot.pools.find(({ position }) => position === snapshot.activePool);
  if (snapshot.activePool !== null && (active === undefined || active.isDeveloperFee)) broken.push('activePool is no pool of the owner');
  for (const list of ['boards', 'fans', 'pools', 'errorCodes', 'notes'] as const) {
    if (snapshot[list].length > MAX_LISTED) broken.push(`${list} has ${snapshot[list].length} entries`);
  }
  return broken;
}
