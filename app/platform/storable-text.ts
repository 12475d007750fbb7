/** Text that PostgreSQL takes, in columns and in JSON: without U+0000 and without half a surrogate pair. One such cell would end the work on a whole list. Pure. */

const REPLACEMENT = '\ufffd';
/** With the flag u a pair is one character, so only a half without its other matches. */
const UNSTORABLE = /\0|\p{Surrogate}/u;
const UNSTORABLE_EACH = new RegExp(UNSTORABLE, 'gu');

/** For `.refine` of a zod text; `explainIssues` has the words. */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** Seen and not left out: the text then differs from what it would be without the character. O(length). */
export const toStorable = (text: string): string => text.replace(UNSTORABLE_EACH, REPLACEMENT);

/** For `JSON.parse` and `JSON.stringify`. */
export function reviveStorable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? toStorable(value) : value;
}
