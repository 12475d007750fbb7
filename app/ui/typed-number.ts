/**
 * Reads a number as people type or paste it: `80,000`, ` 0.055 `, full-width digits of a Chinese keyboard, a typographic minus.
 * Refuses what could mean two things: `0,055` and `1,5` are not guessed to be decimals or thousands.
 */

export type TypedNumber = { kind: 'empty' } | { kind: 'number'; value: number } | { kind: 'unreadable' };

/** `1,234,567.8`: groups of three after a first group that does not start with 0. */
const WITH_THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
/** Full-width forms lie this far above their ASCII twins. Unicode block "Halfwidth and Fullwidth Forms". */
const FULL_WIDTH_OFFSET = 0xfee0;

/** Same digits in ASCII, without spaces. */
function normalise(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\u3002/g, '.')
    .replace(/[\s\u00a0\u202f]/g, '');
}

export function parseTypedNumber(text: string): TypedNumber {
  const plain = normalise(text);
  if (plain === '') return { kind: 'empty' };
  const digits = WITH_THOUSANDS.test(plain) ? plain.replaceAll(',', '') : plain;
  if (!PLAIN.test(digits)) return { kind: 'unreadable' };
  const value = Number(digits);
  return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'unreadable' };
}

/** A number as a person would type it: at most six significant digits, no exponent, no trailing zeros. */
export function toTypedText(value: number): string {
  if (value === 0) return '0';
  const digits = 6;
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = Math.min(Math.max(digits - 1 - magnitude, 0), 15);
  const text = Number(value.toPrecision(digits)).toFixed(decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
