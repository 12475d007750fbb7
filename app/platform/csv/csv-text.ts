/** A text as one cell of a CSV file (RFC 4180) that people open in a spreadsheet: never run as a formula, quoted where it must be. Pure. */
import { defuseFormula } from './defuse-formula.ts';

export function toCsvText(text: string, delimiter = ','): string {
  const safe = defuseFormula(text);
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
