/** The end of a page of machines as it stands in addresses. Pure, but for Node's base64. */

import { z } from 'zod';
import { isStorable } from '#app/platform/storable-text.ts';
import { isLiveSort, type MachineCursor, type MachineSort } from './machine-order.ts';

/** PostgreSQL's integer. */
const MAX_NUMBER = 2_147_483_647;
const MAX_KEY_LENGTH = 500;
const NumberSchema = z.int().min(0).max(MAX_NUMBER);
const TextKeySchema = z.tuple([z.string().max(MAX_KEY_LENGTH).refine(isStorable).nullable(), NumberSchema]);
const FigureKeySchema = z.tuple([z.number().nullable(), NumberSchema]);

/** By number it is the number itself. */
export function writeCursor({ field }: MachineSort, { key, number }: MachineCursor): string {
  return field === 'number' ? String(number) : Buffer.from(JSON.stringify([key, number])).toString('base64url');
}

/** Null: no page in that order ends like this. */
export function readCursor({ field }: MachineSort, text: string): MachineCursor | null {
  if (field === 'number') {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : -1;
    return NumberSchema.safeParse(number).success ? { key: number, number } : null;
  }
  const parsed = (isLiveSort(field) ? FigureKeySchema : TextKeySchema).safeParse(parseJson(Buffer.from(text, 'base64url').toString()));
  return parsed.success ? { key: parsed.data[0], number: parsed.data[1] } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
