/**
 * The bracket format of Avalon machines: `Ver[1047-20051101] Temp[18] MTmax[61 64] ...`, one string in JSON, with brackets that never nest. Newer
 * machines put `'STATS':{` before it and `}` behind it.
 */

/** What precedes the first name of a wrapped string: a colon and a brace. */
const WRAPPER = /^.*\{/s;
const MAX_FIELDS = 2_000;

/** Text between the brackets by the name before them; of a name that comes twice, the first. One pass. */
export function parseBrackets(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let at = 0;
  while (fields.size < MAX_FIELDS) {
    const open = text.indexOf('[', at);
    const close = open === -1 ? -1 : text.indexOf(']', open);
    if (close === -1) break;
    const name = text.slice(at, open).replace(WRAPPER, '').trim();
    if (name !== '' && !fields.has(name)) fields.set(name, text.slice(open + 1, close).trim());
    at = close + 1;
  }
  return fields;
}

/** The words of a field such as "61 64"; none when it is absent or empty. */
export function wordsOf(field: string | undefined): readonly string[] {
  return field === undefined || field === '' ? [] : field.split(/\s+/);
}
