/** Mappings that were accepted in this browser, by the shape of the file. What is kept is read back with care: it may be of another version. */
import { BATCH_FIELDS } from '../mapping/batch-field.ts';
import type { Correction, RememberedMapping } from '../mapping/correct-mapping.ts';
import { UNIT_NAMES } from '../mapping/units.ts';

const KEY = 'hashinsight.batch.mappings';
/** Newest first; a browser's room is small. */
const MAX_KEPT = 30;

function isCorrection(value: unknown): value is Correction {
  if (typeof value !== 'object' || value === null) return false;
  const { column, field, unit, decimalMark } = value as Record<string, unknown>;
  return (
    typeof column === 'number' &&
    (field === undefined || field === null || BATCH_FIELDS.some((known) => known === field)) &&
    (unit === undefined || UNIT_NAMES.some((known) => known === unit)) &&
    (decimalMark === undefined || decimalMark === '.' || decimalMark === ',')
  );
}

function isRemembered(value: unknown): value is RememberedMapping {
  if (typeof value !== 'object' || value === null) return false;
  const { shapeKey, corrections, headerRow } = value as Record<string, unknown>;
  const isRow = headerRow === undefined || headerRow === null || typeof headerRow === 'number';
  return isRow && typeof shapeKey === 'string' && Array.isArray(corrections) && corrections.every(isCorrection);
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

function readAll(store: Store): RememberedMapping[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRemembered) : [];
  } catch {
    // Not ours, or storage is switched off: nothing is remembered, and the proposal stands.
    return [];
  }
}

export function findKeptMapping(store: Store, shapeKey: string): RememberedMapping | null {
  return readAll(store).find((kept) => kept.shapeKey === shapeKey) ?? null;
}

export function keepMapping(store: Store, mapping: RememberedMapping): void {
  const others = readAll(store).filter(({ shapeKey }) => shapeKey !== mapping.shapeKey);
  try {
    store.setItem(KEY, JSON.stringify([mapping, ...others].slice(0, MAX_KEPT)));
  } catch {
    // A full or forbidden storage loses a convenience, not the work.
  }
}
