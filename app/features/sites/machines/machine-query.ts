// What a list of machines can be asked for. Pure; `list-machines.server.ts` makes the question to the database of it.

import { z } from 'zod';
import { isStorable } from '#app/platform/storable-text.ts';
import { APPROVALS, MACHINE_STATUSES, MAX_TAG_LENGTH } from './machine-fields.ts';
import type { MachineCursor } from './machine-order.ts';

export const MAX_PAGE_MACHINES = 500;
export const DEFAULT_PAGE_MACHINES = 100;
const MAX_QUERY_LENGTH = 100;
/** Words of a search that are looked for, all of them. */
const MAX_WORDS = 5;
/** Of one filter. */
const MAX_CHOICES = 50;

/** Without a filter: everything that the caller sees. `none` as a client: machines of the workspace itself. */
export const MachineFilterSchema = z.strictObject({
  q: z.string().max(MAX_QUERY_LENGTH).refine(isStorable).optional(),
  siteId: z.uuid().optional(),
  clientId: z.union([z.uuid(), z.literal('none')]).optional(),
  rackId: z.uuid().optional(),
  status: z.array(z.enum(MACHINE_STATUSES)).max(MAX_CHOICES).optional(),
  approval: z.array(z.enum(APPROVALS)).max(MAX_CHOICES).optional(),
  tag: z.string().max(MAX_TAG_LENGTH).refine(isStorable).optional(),
});
export type MachineFilter = z.infer<typeof MachineFilterSchema>;

export type MachinePage = {
  /** Last machine of the page before; null: from the first. */
  after: MachineCursor | null;
  limit: number;
};

/** In pairs, or in fours with dots: pairs with dots are an address. */
const MAC_LIKE = /^(?:[0-9a-f]{2}(?:[-: ]?[0-9a-f]{2}){2,5}|[0-9a-f]{4}\.[0-9a-f]{2,4}(?:\.[0-9a-f]{2,4})?)$/;

/** "17" of "Rack 17", "XP" of "S19 XP": by itself it is somewhere in almost every machine. */
const JOINED = /^(?:.{1,2}|\d{1,4})$/;

/**
 * The words of a search in lower case, each of which must be found. Numbers and words of one or two letters go with the word before them. A MAC address
 * is looked for without its marks, however it was written.
 */
export function toSearchWords(q: string): string[] {
  const text = q.trim().toLowerCase();
  if (text === '') return [];
  if (MAC_LIKE.test(text) && /[-.: ]/.test(text)) return [text.replace(/[-.: ]/g, '')];
  const words: string[] = [];
  for (const word of text.split(/\s+/)) {
    const before = words.at(-1);
    if (before !== undefined && JOINED.test(word)) words[words.length - 1] = `${before} ${word}`;
    else words.push(word);
  }
  return words.slice(0, MAX_WORDS);
}

/** Three letters or digits in a row, or the edge of a word, which counts as blanks: what the index of the search texts is made of. */
const TRIGRAM = /[\p{L}\p{N}]{3}|[\p{L}\p{N}]{2}[^\p{L}\p{N}]|[^\p{L}\p{N}][\p{L}\p{N}]/u;

/** Whether the index can tell where the word is. */
export const hasTrigram = (word: string): boolean => TRIGRAM.test(word);

/** The word anywhere in a text, its own marks taken as they are. */
export const toLikePattern = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
