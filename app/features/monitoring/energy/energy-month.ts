/** Which month the energy pages are about, and their file. Pure. */

import type { Energy } from '#app/features/telemetry/energy/energy.ts';
import { toCsvText } from '#app/platform/csv/csv-text.ts';

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const EARLIEST_YEAR = 2009;

/** `2026-11`; null for what is no month. */
export function readMonth(text: string | null): string | null {
  const match = MONTH.exec(text ?? '');
  return match !== null && Number(match[1]) >= EARLIEST_YEAR ? (text ?? null) : null;
}

/** A second well inside the month, wherever on earth it is counted. */
export const toMiddleS = (month: string): number => Date.parse(`${month}-15T12:00:00Z`) / 1000;

export type EnergyRow = Energy & { name: string };

export function toCsvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(Number(value.toFixed(6)));
  return toCsvText(value);
}

/** RFC 4180, with a byte order mark for spreadsheets. Heads are names, not words: programs read it. */
export function toCsv(heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return `\ufeff${[heads, ...rows].map((cells) => `${cells.map(toCsvCell).join(',')}\r\n`).join('')}`;
}
