/** Text that PostgreSQL takes, in columns and in JSON: without U+0000 and without half a surrogate pair. Pure. */

/** With the flag u a pair is one character, so only a half without its other matches. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** For `.refine` of a zod text; `explainIssues` has the words. */
export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);
