/**
 * The first name that stands twice in one object of a JSON text. `JSON.parse` keeps the last of the two and says nothing: a caller
 * who wrote a price twice would never learn which one was used. Pure; linear in the text's length.
 */

export type DuplicateKey = {
  key: string;
  /** Of the second one, from 1. */
  line: number;
  column: number;
};

/** A name's closing quote and its colon. A quote within a string is escaped, so this also counts a few that are none, never too few. */
const KEY_END = /"[ \t\r\n]*:/g;
/** Tokens of a text that is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** `null` when every name is given once. `value` is what `JSON.parse` made of `text`. */
export function findDuplicateKey(text: string, value: unknown): DuplicateKey | null {
  // Counting is much cheaper than reading the text once more, and is nearly always the end of it.
  return countMatches(KEY_END, text) === countKeys(value) ? null : scan(text);
}

function countMatches(pattern: RegExp, text: string): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count += 1;
  return count;
}

/** Iterative: a body of brackets cannot overflow the stack. */
function countKeys(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const inner = Object.values(next);
    if (!Array.isArray(next)) count += inner.length;
    for (const child of inner) if (typeof child === 'object' && child !== null) open.push(child);
  }
  return count;
}

function scan(text: string): DuplicateKey | null {
  /** Names so far of each open object; `null` for an array. */
  const levels: (Set<string> | null)[] = [];
  let isKey = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') levels.push(new Set());
    else if (token === '[') levels.push(null);
    else if (token === '}' || token === ']') levels.pop();
    const keys = levels[levels.length - 1];
    if (token.startsWith('"')) {
      if (!isKey || !keys) continue;
      const key: string = JSON.parse(token);
      if (keys.has(key)) return { key, ...toLineAndColumn(text, index) };
      keys.add(key);
    }
    isKey = token === '{' || (token === ',' && keys !== null && keys !== undefined);
  }
  return null;
}

function toLineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
