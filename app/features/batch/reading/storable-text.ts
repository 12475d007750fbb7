/** Text that every store takes. PostgreSQL refuses NUL and half a surrogate pair, in text and in JSON, and one such cell would end the work on a whole list. */

const REPLACEMENT = '\ufffd';
/** With the flag u a pair is one character, so only a half without its other matches. */
const HALF_PAIR = /\p{Surrogate}/gu;

/** Seen and not left out: the cell then differs from what it would be without the character. O(length). */
export function toStorable(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).replace(HALF_PAIR, REPLACEMENT);
}

/** For `JSON.parse` and `JSON.stringify`. */
export function reviveStorable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? toStorable(value) : value;
}
