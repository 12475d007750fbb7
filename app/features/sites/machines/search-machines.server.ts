// Filters and words as SQL. A text is looked for through a policy of the table of the search texts, which is the only way to an index; why is decision 0093.
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Scoped } from '../scope.server.ts';
import { hasTrigram, type MachineFilter, toLikePattern, toSearchWords } from './machine-query.ts';
import { whereVisible } from './machine-rows.server.ts';

/** Every filter but the words, as a condition on `m`: a machine, or its row of the search texts, which has the same columns. */
function whereFiltered(scoped: Scoped, { siteId, clientId, rackId, status = [], approval = [], tag }: MachineFilter): Prisma.Sql {
  const conditions = [whereVisible(scoped)];
  if (siteId !== undefined) conditions.push(Prisma.sql`m.site_id = ${siteId}::uuid`);
  if (clientId === 'none') conditions.push(Prisma.sql`m.client_id IS NULL`);
  else if (clientId !== undefined) conditions.push(Prisma.sql`m.client_id = ${clientId}::uuid`);
  if (rackId !== undefined) conditions.push(Prisma.sql`m.rack_id = ${rackId}::uuid`);
  if (status.length > 0) conditions.push(Prisma.sql`m.status = ANY(${status}::text[])`);
  if (approval.length > 0) conditions.push(Prisma.sql`m.approval = ANY(${approval}::text[])`);
  // Tags are the host's notes: for a client there is none.
  if (tag !== undefined) conditions.push(scoped.seesHost ? Prisma.sql`${tag} = ANY(m.tags)` : Prisma.sql`false`);
  return Prisma.join(conditions, ' AND ');
}

/** The longest word tells most, and is the one that the index is asked for. */
function toWords({ q = '' }: MachineFilter): string[] {
  return toSearchWords(q).sort((one, other) => other.length - one.length);
}

const whereLike = (column: Prisma.Sql, words: readonly string[]): Prisma.Sql =>
  words.length === 0
    ? Prisma.empty
    : Prisma.sql` AND ${Prisma.join(
        words.map((word) => Prisma.sql`${column} LIKE ${toLikePattern(word)}`),
        ' AND ',
      )}`;

/** Few machines are a client's; they are looked through one by one, in a text that holds nothing of the host's. */
const whereOwnText = (words: readonly string[]) => whereLike(Prisma.sql`m.client_search_text`, words);

/** Every filter as a condition on machine `m`. The words of a search hold inside `withSearch` only. */
export function whereMachines(scoped: Scoped, filter: MachineFilter): Prisma.Sql {
  const words = toWords(filter);
  const filtered = whereFiltered(scoped, filter);
  if (words.length === 0 || !scoped.seesHost) return Prisma.sql`${filtered}${whereOwnText(words)}`;
  const others = whereLike(Prisma.sql`t.text`, words.slice(1));
  return Prisma.sql`${filtered} AND m.id IN (SELECT t.machine_id FROM machine_search_texts t WHERE t.tenant_id = ${scoped.tenantId}::uuid${others})`;
}

/** FROM and WHERE of a list, with what it filters, counts and sorts by as `m`. Inside `withSearch` only. A search of the host reads the search texts and no machine. */
export function fromListed(scoped: Scoped, filter: MachineFilter): Prisma.Sql {
  const words = toWords(filter);
  const filtered = whereFiltered(scoped, filter);
  return words.length > 0 && scoped.seesHost
    ? Prisma.sql`FROM machine_search_texts m WHERE ${filtered}${whereLike(Prisma.sql`m.text`, words.slice(1))}`
    : Prisma.sql`FROM machines m WHERE ${filtered}${whereOwnText(words)}`;
}

/**
 * Runs the work while the policy of the search texts shows what holds the longest word, and everything again afterwards. For a word too short
 * to have a trigram the whole index would be read, and then the table: the table alone is read instead.
 */
export async function withSearch<T>({ tx, seesHost }: Scoped, filter: MachineFilter, work: () => Promise<T>): Promise<T> {
  const [first] = toWords(filter);
  if (first === undefined || !seesHost) return work();
  const bitmap = hasTrigram(first) ? 'on' : 'off';
  await tx.$executeRaw`SELECT set_config('app.machine_search', ${toLikePattern(first)}, true), set_config('enable_bitmapscan', ${bitmap}, true)`;
  const found = await work();
  await tx.$executeRaw`SELECT set_config('app.machine_search', '', true), set_config('enable_bitmapscan', 'on', true)`;
  return found;
}
