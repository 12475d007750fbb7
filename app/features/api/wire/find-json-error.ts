/**
 * Where a text stops being JSON (RFC 8259). `JSON.parse` decides whether a body passes; this runs only on those that failed,
 * because the engine's own message sometimes has no position and its wording changes between versions. It also names the
 * field under which NaN or Infinity stands, which JSON cannot say. Iterative: a body of brackets cannot overflow the stack.
 */

export type JsonError = {
  /** Offset of the first character that cannot be there, UTF-16 units from 0; the text's length when it ends too early. */
  offset: number;
  /** From 1. */
  line: number;
  /** From 1, UTF-16 units. */
  column: number;
  /** Path of the value that went wrong, as `rows[3].powerW`; empty at the top. */
  path: string;
  /** The number JSON does not have, when that is what stands there. */
  notANumber: string | null;
};

/** An open bracket: the index reached in an array, or OBJECT. Plain numbers, because a hostile body can open millions. */
type Level = number;
const OBJECT: Level = -1;

/** Deepest nesting a path is told for; deeper ones are not a request of ours anyway. */
const MAX_PATH_LEVELS = 8;

// The first class is every character from U+0020 on but the quote and the backslash.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const STRING_START = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const NOT_A_NUMBER = /[+-]?(?:NaN|Infinity)/y;

/** The first error of a text that is not JSON; `null` when it is JSON. Linear in the text's length. */
export function findJsonError(text: string): JsonError | null {
  const levels: Level[] = [];
  const keys: string[] = [];
  let at = 0;
  let expect: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'after' = 'value';

  /** Steps over the pattern when it stands here. */
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const skipSpace = (): void => {
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  };
  const failure = (notANumber: string | null = null): JsonError => ({
    ...toLineAndColumn(text, at),
    path: toPath(levels, keys),
    notANumber,
  });

  for (;;) {
    skipSpace();
    const level = levels[levels.length - 1];
    const isObject = level === OBJECT;
    const character = text[at];
    if (expect === 'after') {
      if (level === undefined) return character === undefined ? null : failure();
      if (character === (isObject ? '}' : ']')) levels.pop();
      else if (character !== ',') return failure();
      else {
        if (!isObject) levels[levels.length - 1] = level + 1;
        expect = isObject ? 'key' : 'value';
      }
      at += 1;
    } else if ((expect === 'key-or-end' || expect === 'value-or-end') && character === (isObject ? '}' : ']')) {
      levels.pop();
      at += 1;
      expect = 'after';
    } else if (expect === 'key' || expect === 'key-or-end') {
      const keyStart = at;
      if (!skip(STRING)) {
        skip(STRING_START);
        return failure();
      }
      if (levels.length <= MAX_PATH_LEVELS) keys[levels.length - 1] = text.slice(keyStart + 1, at - 1);
      skipSpace();
      if (text[at] !== ':') return failure();
      at += 1;
      expect = 'value';
    } else if (character === '{' || character === '[') {
      levels.push(character === '{' ? OBJECT : 0);
      if (levels.length <= MAX_PATH_LEVELS) keys[levels.length - 1] = '';
      expect = character === '{' ? 'key-or-end' : 'value-or-end';
      at += 1;
    } else if (skip(STRING) || skip(SCALAR)) {
      expect = 'after';
    } else {
      NOT_A_NUMBER.lastIndex = at;
      const notANumber = NOT_A_NUMBER.exec(text)?.[0] ?? null;
      if (notANumber === null) skip(STRING_START);
      return failure(notANumber);
    }
  }
}

function toPath(levels: readonly Level[], keys: readonly string[]): string {
  if (levels.length > MAX_PATH_LEVELS) return '';
  const steps = levels.map((level, depth) => (level !== OBJECT ? `[${level}]` : keys[depth] === '' ? '' : `.${keys[depth]}`));
  return steps.join('').replace(/^\./, '');
}

function toLineAndColumn(text: string, offset: number): { offset: number; line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = next + 1;
  }
  return { offset, line, column: offset - lineStart + 1 };
}
