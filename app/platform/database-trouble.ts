// Why a query could not even be tried, in words that are fit for anyone: no host, user or database name.
import { z } from 'zod';

/** Where Prisma 6 with a driver adapter keeps the driver's verdict; its own code (P2010) says only that the query failed. */
const AdapterFailure = z.object({ meta: z.object({ driverAdapterError: z.object({ cause: z.object({ kind: z.string() }) }) }) });

const WORDS: Readonly<Record<string, string>> = {
  DatabaseNotReachable: 'not reachable',
  AuthenticationFailed: 'login refused',
  DatabaseAccessDenied: 'login refused',
  DatabaseDoesNotExist: 'the database does not exist',
  TableDoesNotExist: 'no migration was ever applied',
  TooManyConnections: 'too many connections',
  SocketTimeout: 'not reachable',
};

/** Null for anything that is not one of the known states of an outage. */
export function describeDatabaseTrouble(error: unknown): string | null {
  const parsed = AdapterFailure.safeParse(error);
  return parsed.success ? (WORDS[parsed.data.meta.driverAdapterError.cause.kind] ?? null) : null;
}
