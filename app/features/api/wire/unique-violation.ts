/** What two changes at the same moment come to when both take the same number, name, address or position: the database lets one of them through. Pure. */
import { z } from 'zod';

/** Prisma's own code for what it wrote itself; PostgreSQL's 23505 where the statement was ours. */
const Known = z.object({ code: z.literal('P2002') });
const Raw = z.object({ meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.literal('23505') }) }) }) });

export function isUniqueViolation(error: unknown): boolean {
  return Known.safeParse(error).success || Raw.safeParse(error).success;
}
