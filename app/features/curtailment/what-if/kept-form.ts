/** The form as it was last typed in this tab, for a reload: prices too long for the address, and what cannot be read yet. Kept with the address it belongs to. */
import { createPreset, type WhatIfForm } from './what-if-form.ts';

const KEY = 'hashinsight.what-if';

/** Storage may be full or forbidden; the page then only loses what does not fit the address. */
export function keepForm(search: string, form: WhatIfForm): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ search, form }));
  } catch {
    // Nothing to do: see above.
  }
}

/** `null` when nothing was kept for this address, or not by this version of the form. */
export function readKeptForm(search: string): WhatIfForm | null {
  try {
    return parseKept(sessionStorage.getItem(KEY), search);
  } catch {
    return null;
  }
}

/** Exported for its tests: what other code of this origin may have written is not trusted. */
export function parseKept(text: string | null, search: string): WhatIfForm | null {
  if (text === null) return null;
  const kept: unknown = JSON.parse(text);
  if (typeof kept !== 'object' || kept === null || !('search' in kept) || !('form' in kept) || kept.search !== search) return null;
  const { form } = kept;
  return hasShapeOf(form, createPreset('small')) ? (form as WhatIfForm) : null;
}

/** Same keys, same kinds of values; lists and records are looked into one level deep. */
function hasShapeOf(given: unknown, sample: Record<string, unknown>): boolean {
  if (typeof given !== 'object' || given === null) return false;
  const record = given as Record<string, unknown>;
  return Object.entries(sample).every(([key, value]) => {
    const own = record[key];
    if (typeof value === 'string') return typeof own === 'string';
    if (Array.isArray(value)) return Array.isArray(own) && own.every((entry) => hasShapeOf(entry, value[0] as Record<string, unknown>));
    return typeof own === 'object' && own !== null && Object.values(own).every((entry) => typeof entry === 'string');
  });
}
