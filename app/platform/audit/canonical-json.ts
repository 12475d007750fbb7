// One text for one value, whatever order its keys were written in: what is hashed must be the same on every machine and in every year.
// The rules are those of RFC 8785 for the values that audit events hold.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Keys in the order of their UTF-16 units, no white space, numbers as JavaScript writes them. Throws TypeError on NaN and infinities. */
export function toCanonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be written as JSON`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(toCanonicalJson).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${toCanonicalJson(value[name] ?? null)}`).join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
