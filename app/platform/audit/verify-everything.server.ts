// `npm run audit:verify`: every chain of a database, of a folder, or of both, and whether the two tell the same story.
import { createDb, type Db } from '../db.server.ts';
import { listChainsInFiles, readFileHead, verifyChainInFiles } from './audit-files.server.ts';
import type { ChainVerdict } from './chain.server.ts';
import { listChainIds, readSlice, verifyChainInDatabase } from './verify-database.server.ts';

export type VerifyOptions = {
  /** Null: the files alone. */
  databaseUrl: string | null;
  /** Null: the database alone. */
  folder: string | null;
  /** Null: every chain there is. */
  chainId: string | null;
};

export type ChainReport = { chainId: string; database: ChainVerdict | null; files: ChainVerdict | null; disagreement: string | null };

export async function verifyEverything({ databaseUrl, folder, chainId }: VerifyOptions): Promise<ChainReport[]> {
  const db = databaseUrl === null ? null : createDb(databaseUrl, { maxConnections: 1 });
  try {
    const known = new Set([...(db === null ? [] : await listChainIds(db)), ...(folder === null ? [] : await listChainsInFiles(folder))]);
    const asked = chainId === null ? [...known].sort() : [chainId];
    const reports: ChainReport[] = [];
    for (const one of asked) reports.push(await verifyChain(one, db, folder));
    return reports;
  } finally {
    await db?.$disconnect();
  }
}

async function verifyChain(chainId: string, db: Db | null, folder: string | null): Promise<ChainReport> {
  const files = folder === null ? null : await verifyChainInFiles(folder, chainId);
  const database = db === null ? null : await verifyChainInDatabase(db, chainId);
  const disagreement = db === null || folder === null ? null : await findDisagreement(db, folder, chainId);
  return { chainId, database, files, disagreement };
}

/** The worker carries events into the files every few seconds; what it has not carried after this long was taken out of them, or it stands still. */
const MOST_BEHIND_MS = 3_600_000;

/**
 * The files may be a little behind; where they end, the table must hold the same event. A table cut off and closed up again is found here, and so
 * are files that were cut off together with the end they remember.
 */
async function findDisagreement(db: Db, folder: string, chainId: string, now = new Date()): Promise<string | null> {
  const head = await readFileHead(folder, chainId).catch(() => null);
  const [next] = await readSlice(db, chainId, BigInt(head?.seq ?? 0), 1);
  const isFarBehind = next !== undefined && now.getTime() - next.at.getTime() > MOST_BEHIND_MS;
  const behind = isFarBehind ? `the files end at event ${head?.seq ?? 0}, though the next one is from ${next.at.toISOString()}` : null;
  if (head === null) return behind;
  const event = await db.$withTenant(chainId, (tx) =>
    tx.auditEvent.findUnique({ where: { tenantId_seq: { tenantId: chainId, seq: BigInt(head.seq) } }, select: { hash: true } }),
  );
  if (event === null) return `the files end at event ${head.seq}, which the database does not hold`;
  return event.hash === head.hash ? behind : `event ${head.seq} is another one in the files than in the database`;
}

const REASONS: Record<Extract<ChainVerdict, { kind: 'broken' }>['first']['because'], string> = {
  missing: 'events are missing',
  misplaced: 'an earlier event stands here again',
  changed: 'the event was changed after it was recorded',
  unlinked: 'the event does not follow from the one before it, which was changed together with its hash',
  foreign: 'the event belongs to another chain',
  unreadable: 'this is no event',
  disagrees: 'the columns beside the event say something else than the event',
  'cut-off': 'the chain was longer than this',
};

/** One line a finding; `isIntact` over all of them. */
export function describeReports(reports: readonly ChainReport[]): { isIntact: boolean; lines: string[] } {
  const lines = reports.flatMap(({ chainId, database, files, disagreement }) => [
    ...(database === null ? [] : [describe(chainId, 'database', database)]),
    ...(files === null ? [] : [describe(chainId, 'files', files)]),
    ...(disagreement === null ? [] : [`${chainId}  BROKEN: ${disagreement}`]),
  ]);
  const isBroken = (verdict: ChainVerdict | null) => verdict?.kind === 'broken';
  const isIntact = !reports.some(({ database, files, disagreement }) => isBroken(database) || isBroken(files) || disagreement !== null);
  return { isIntact, lines: lines.length > 0 ? lines : ['There is no chain here.'] };
}

function describe(chainId: string, where: string, verdict: ChainVerdict): string {
  const start = `${chainId}  ${where.padEnd(8)}`;
  if (verdict.kind === 'intact') return `${start}  intact: ${verdict.count} events, head ${verdict.head.hash}`;
  const { seq, because } = verdict.first;
  return `${start}  BROKEN at event ${seq}: ${REASONS[because]}; ${verdict.count} events before it are intact`;
}
