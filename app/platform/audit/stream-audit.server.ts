// Carries what was appended to the table since the last time into the files. Run by the worker every few seconds; any number may run it.
import { type Db, getDb } from '../db.server.ts';
import { getEnv } from '../env.server.ts';
import { getLog, type Log } from '../log.server.ts';
import { appendToFiles, readFileHead } from './audit-files.server.ts';
import { listChainIds } from './verify-database.server.ts';

/** Events of one step; a chain that is further behind takes several. */
const EVENTS_PER_STEP = 500;
/** Longest time that one step may hold its lock. */
const STEP_TIMEOUT_MS = 30_000;

export type StreamDeps = { db: Db; folder: string; log: Log };

/** How many events were written. A chain that cannot be written is logged and does not hold up the others. */
export async function streamAudit({ db, folder, log }: StreamDeps, signal?: AbortSignal): Promise<number> {
  let written = 0;
  for (const chainId of await listChainIds(db)) {
    try {
      for (let step = EVENTS_PER_STEP; step === EVENTS_PER_STEP && !signal?.aborted; written += step) {
        step = await streamStep(db, folder, chainId);
      }
    } catch (error) {
      log.error('audit.stream-failed', { chain: chainId, error });
    }
  }
  return written;
}

/** The lock lives as long as the transaction: two workers never write the same files. Who finds it taken leaves the work to the other. */
function streamStep(db: Db, folder: string, chainId: string): Promise<number> {
  return db.$withTenant(
    chainId,
    async (tx) => {
      const [lock] = await tx.$queryRaw<{ isMine: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`audit-files:${chainId}`}, 0)) AS "isMine"`;
      if (lock?.isMine !== true) return 0;
      const head = await readFileHead(folder, chainId);
      const events = await tx.auditEvent.findMany({
        where: { tenantId: chainId, seq: { gt: head?.seq ?? 0 } },
        orderBy: { seq: 'asc' },
        take: EVENTS_PER_STEP,
      });
      await appendToFiles(
        folder,
        chainId,
        events.map(({ seq, previousHash, hash, body }) => ({ seq: Number(seq), previousHash, hash, body })),
      );
      return events.length;
    },
    { timeoutMs: STEP_TIMEOUT_MS },
  );
}

/** The worker's own: does nothing where no folder is configured. */
export async function streamAuditNow(signal: AbortSignal): Promise<void> {
  const { AUDIT_DIR } = getEnv();
  if (AUDIT_DIR === undefined) return;
  const written = await streamAudit({ db: getDb(), folder: AUDIT_DIR, log: getLog() }, signal);
  if (written > 0) getLog().debug('audit.streamed', { events: written });
}
