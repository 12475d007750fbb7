// Texts that are rightly the same in both languages, or written in the other one: `file:key` -> reason.
export const SAME_IN_BOTH = {};
