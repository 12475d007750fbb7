// SQL of an order of machines: what is sorted by, and which rows lie behind the end of a page.
import { Prisma } from '#app/generated/prisma/client.ts';
import type { EnteredSort, MachineCursor } from './machine-order.ts';

/**
 * `entered`: `key` is an expression over machine `m`. `later`: it is looked up when it is known which machines fit, over these (`f`: number, site_id, status, approval)
 * and what `join` adds, and for `most` of them at most: what it needs lies in rows too wide to go through all of a large fleet's.
 */
export type MachineOrder = { key: Prisma.Sql; type: 'int4' | 'float8' | 'text'; isDescending: boolean } & (
  | { kind: 'entered' }
  | { kind: 'later'; join: Prisma.Sql; most: number }
);

/** Texts by their bytes: serial numbers are no words, and it is the same order on every installation. */
const ENTERED: Readonly<Record<EnteredSort, Pick<MachineOrder, 'key' | 'type'>>> = {
  number: { key: Prisma.sql`m.number`, type: 'int4' },
  serial: { key: Prisma.sql`m.serial COLLATE "C"`, type: 'text' },
  model: { key: Prisma.sql`m.model COLLATE "C"`, type: 'text' },
  status: { key: Prisma.sql`m.status COLLATE "C"`, type: 'text' },
};

export const toEnteredOrder = (field: EnteredSort, isDescending: boolean): MachineOrder => ({
  ...ENTERED[field],
  kind: 'entered',
  isDescending,
});

/** Rows of `(key, number)` behind the cursor. What is not known comes last in both directions. */
export function whereBehind({ type, isDescending }: MachineOrder, after: MachineCursor | null): Prisma.Sql {
  if (after === null) return Prisma.sql`true`;
  const { key, number } = after;
  if (key === null) return Prisma.sql`key IS NULL AND number > ${number}::int4`;
  // As text: a figure of eight bytes loses digits as a parameter, and the machine at the end of the page would come again.
  const given = Prisma.sql`${String(key)}::${Prisma.raw(type)}`;
  const beyond = isDescending ? Prisma.sql`key < ${given}` : Prisma.sql`key > ${given}`;
  return Prisma.sql`(${beyond} OR key = ${given} AND number > ${number}::int4 OR key IS NULL)`;
}

export const toOrderBy = ({ isDescending }: MachineOrder): Prisma.Sql =>
  isDescending ? Prisma.sql`key DESC NULLS LAST, number` : Prisma.sql`key NULLS LAST, number`;
