/**
 * Repairs the malformations that miners are known to send, and nothing else. A document that is correct is returned as it is; one that
 * cannot be repaired without guessing (cut off, brackets that do not match) is `null`, so that nobody reads half a reply as a whole one.
 *
 * Known malformations, with where they were seen: `}{` and `][` without a comma (Antminer S9, L3+, Z9 mini), a string after a string without a
 * comma, `,}` `,]` `[,` and doubled or leading commas (cgminer 4.9 builds of several makers), bare nan and inf, `\'` (Whatsminer 2020 firmware),
 * raw control characters in strings, NULs after the document, and an object in square brackets (`["206":"..."]`, error codes of Whatsminer API 2.0.4).
 *
 * One pass with an explicit stack: time and memory are linear in the text, whatever was sent.
 */

/** Replies of machines nest five deep. What nests deeper is not a reply of a machine. */
const MAX_DEPTH = 64;

const PLAIN_RUN = /[^"\\\p{Cc}]*/uy;
const WORD = /[^\s,:{}[\]"\p{Cc}]+/uy;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NOT_A_NUMBER = /^[-+]?(?:nan|inf|infinity)$/i;
const HEX_4 = /^[0-9a-fA-F]{4}$/;
const SIMPLE_ESCAPES = '"\\/bfnrt';

type Container = {
  isObject: boolean;
  /** What must close it: an object written in square brackets keeps its square bracket. */
  closing: '}' | ']';
  /** Index of its opening bracket in the output. */
  openedAt: number;
  elements: number;
  isLastAString: boolean;
  /** What comes next: a key or an element, the colon after a key, or the value after the colon. */
  expects: 'element' | 'colon' | 'value';
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text repaired, the same text when it is correct, or `null`. */
export function repairJson(text: string): string | null {
  if (isJson(text)) return text;
  const repaired = rewrite(text);
  return repaired !== null && isJson(repaired) ? repaired : null;
}

function rewrite(text: string): string | null {
  const out: string[] = [];
  const stack: Container[] = [];
  let isDone = false;
  let at = 0;

  /** Writes what must stand before a value or key; false when none may stand here. */
  const beginElement = (isString: boolean): boolean => {
    const parent = stack.at(-1);
    if (parent === undefined) return !isDone && !isString;
    if (parent.expects === 'colon' || (parent.isObject && parent.expects === 'element' && !isString)) return false;
    if (parent.expects === 'element') {
      if (parent.elements > 0) out.push(',');
      parent.elements += 1;
    }
    parent.isLastAString = isString;
    parent.expects = parent.isObject && parent.expects === 'element' ? 'colon' : 'element';
    return true;
  };

  while (at < text.length) {
    const char = text[at]!;
    const parent = stack.at(-1);
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === '\0' || char === '\ufeff') {
      at += 1;
    } else if (char === ',') {
      // Commas are written anew between elements, so that a missing, doubled or stray one makes no difference.
      if (parent !== undefined && parent.expects !== 'element') return null;
      at += 1;
    } else if (char === '{' || char === '[') {
      if (!beginElement(false) || stack.length >= MAX_DEPTH) return null;
      const isObject = char === '{';
      stack.push({ isObject, closing: isObject ? '}' : ']', openedAt: out.length, elements: 0, isLastAString: false, expects: 'element' });
      out.push(char);
      at += 1;
    } else if (char === '}' || char === ']') {
      if (parent === undefined || parent.closing !== char || parent.expects !== 'element') return null;
      out.push(parent.isObject ? '}' : ']');
      stack.pop();
      isDone = stack.length === 0;
      at += 1;
    } else if (char === ':') {
      if (parent === undefined) return null;
      if (!parent.isObject && parent.elements === 1 && parent.isLastAString) {
        parent.isObject = true;
        parent.expects = 'colon';
        out[parent.openedAt] = '{';
      }
      if (parent.expects !== 'colon') return null;
      out.push(':');
      parent.expects = 'value';
      at += 1;
    } else if (char === '"') {
      if (!beginElement(true)) return null;
      const end = copyString(text, at, out);
      if (end === null) return null;
      at = end;
    } else {
      if (!beginElement(false)) return null;
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0];
      if (word === undefined) return null;
      if (NOT_A_NUMBER.test(word)) out.push('null');
      else if (word === 'true' || word === 'false' || word === 'null' || JSON_NUMBER.test(word)) out.push(word);
      else return null;
      at += word.length;
    }
  }
  return isDone ? out.join('') : null;
}

/** Copies the string that begins at `start` with its escapes put right; the index after it, or `null` when it does not end. */
function copyString(text: string, start: number, out: string[]): number | null {
  out.push('"');
  let at = start + 1;
  while (at < text.length) {
    PLAIN_RUN.lastIndex = at;
    const run = PLAIN_RUN.exec(text)?.[0] ?? '';
    out.push(run);
    at += run.length;
    const char = text[at];
    if (char === undefined) return null;
    if (char === '"') {
      out.push('"');
      return at + 1;
    }
    if (char !== '\\') {
      out.push(`\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
      at += 1;
      continue;
    }
    const escaped = text[at + 1];
    if (escaped === undefined) return null;
    if (SIMPLE_ESCAPES.includes(escaped)) {
      out.push(char, escaped);
      at += 2;
    } else if (escaped === 'u' && HEX_4.test(text.slice(at + 2, at + 6))) {
      out.push(text.slice(at, at + 6));
      at += 6;
    } else if (escaped === "'") {
      out.push("'");
      at += 2;
    } else {
      // A backslash that escapes nothing was meant as itself.
      out.push('\\\\');
      at += 1;
    }
  }
  return null;
}
