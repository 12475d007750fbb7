/**
 * JSON as firmware writes it: keys in a fixed order, decimals to a fixed number of places, with or without blanks. `JSON.stringify` would write
 * 12.5 where the machine writes 12.50, and drivers must be shown the latter.
 */

/** A figure with a fixed number of decimals, written as a bare number. */
export type Raw = { raw: string };
export type Value = string | number | boolean | Raw | Fields | readonly Value[];
export type Fields = { readonly [key: string]: Value };

export type Spacing = 'tight' | 'spaced';

export function fixed(value: number, places: number): Raw {
  return { raw: value.toFixed(places) };
}

export function writeJson(value: Value, spacing: Spacing): string {
  const comma = spacing === 'tight' ? ',' : ', ';
  const colon = spacing === 'tight' ? ':' : ': ';
  const write = (part: Value): string => {
    if (typeof part !== 'object') return JSON.stringify(part);
    if (isList(part)) return `[${part.map(write).join(comma)}]`;
    if (isRaw(part)) return part.raw;
    return `{${Object.entries(part)
      .map(([key, inner]) => `${JSON.stringify(key)}${colon}${write(inner)}`)
      .join(comma)}}`;
  };
  return write(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isRaw(value: Fields | Raw): value is Raw {
  return 'raw' in value && typeof value.raw === 'string';
}
