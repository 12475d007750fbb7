/**
 * Texts that a spreadsheet would run as a formula when it opens a text file are kept as texts with an apostrophe before them (OWASP, "CSV
 * Injection"). A signed number is left alone: -0.05 is a power price.
 */

/** Full-width forms as well: some spreadsheets in Chinese run them. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
/** Nothing but digits and their marks: no sign inside, so nothing to compute. */
const SIGNED_NUMBER = /^[+-]\s?[\d.,' ]*\d[\d.,' ]*(?:e[+-]?\d{1,3})?\s?%?$/i;

/** A longer text is no number, and would take the pattern long. */
const MAX_NUMBER_LENGTH = 64;

export function isFormulaLike(text: string): boolean {
  if (!FORMULA_START.test(text)) return false;
  return text.length > MAX_NUMBER_LENGTH || !SIGNED_NUMBER.test(text);
}

export function defuseFormula(text: string): string {
  return isFormulaLike(text) ? `'${text}` : text;
}
