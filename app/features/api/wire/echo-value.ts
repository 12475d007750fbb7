/**
 * What of a refused value is sent back. A value comes from anyone: it is bounded, it is never walked in depth (a body of
 * brackets would overflow the stack), and what JSON cannot say (infinities, NaN) is said as text instead of becoming null.
 */

/** Longest text sent back, in UTF-16 units. */
export const MAX_ECHO_LENGTH = 200;

export type EchoedValue = string | number | boolean | null;

/** The value as it may be sent back: numbers, booleans and null as they are, texts cut, arrays and objects only named. O(1). */
export function echoValue(value: unknown): EchoedValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return cutText(value);
  if (Array.isArray(value)) return '[…]';
  return '{…}';
}

/** At most MAX_ECHO_LENGTH units of a text, the last one an ellipsis when something was cut. */
export function cutText(text: string): string {
  return text.length <= MAX_ECHO_LENGTH ? text : `${text.slice(0, MAX_ECHO_LENGTH - 1)}…`;
}
