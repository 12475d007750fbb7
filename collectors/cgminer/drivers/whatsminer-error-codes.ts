/** The two shapes in which Whatsminers list what is wrong with them. */
import { isRecord } from '../parsing/replies.ts';

export const MAX_ERROR_CODES = 32;

/** A code is a key and its time the value; `reason` and other words beside it are no codes, and 0 is "nothing". */
const CODE = /^[1-9]\d{0,6}$/;

/** Codes of a list of objects, of the one object that API 2.0.4 sends in place of a list, or of plain numbers. */
export function listErrorCodes(raw: unknown): readonly string[] {
  const entries = Array.isArray(raw) ? raw.slice(0, MAX_ERROR_CODES) : [raw];
  const codes = entries.flatMap((entry) => {
    if (isRecord(entry)) return Object.keys(entry).slice(0, MAX_ERROR_CODES);
    return typeof entry === 'number' || typeof entry === 'string' ? [String(entry)] : [];
  });
  return [...new Set(codes.filter((code) => CODE.test(code)))].slice(0, MAX_ERROR_CODES);
}
