// Re-computes chains from the table. Reads in slices, so that a long log neither fills the memory nor holds a transaction open.
import type { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '../db.server.ts';
import { type ChainHead, type ChainVerdict, createChainVerifier } from './chain.server.ts';

const EVENTS_PER_SLICE = 1_000;

type StoredEvent = Prisma.AuditEventGetPayload<object>;

/** Every chain that has ever been written to, in no order. */
export async function listChainIds(db: Db): Promise<string[]> {
  return (await db.auditChain.findMany({ select: { id: true } })).map(({ id }) => id);
}

/**
 * `mostEvents`: stop after so many (a page must answer); the verdict's head then says how far the proof goes. Without it the end is
 * compared with the register of ends too.
 */
export async function verifyChainInDatabase(
  db: Db,
  chainId: string,
  { mostEvents = Number.POSITIVE_INFINITY }: { mostEvents?: number } = {},
): Promise<ChainVerdict> {
  const verifier = createChainVerifier(chainId);
  // Read before the events: what is appended meanwhile makes the chain longer than its remembered end, which is no break.
  const known = await findKnownHead(db, chainId);
  let after = 0n;
  for (let taken = 0; taken < mostEvents; ) {
    const slice = await readSlice(db, chainId, after, Math.min(EVENTS_PER_SLICE, mostEvents - taken));
    for (const event of slice) {
      const seq = Number(event.seq);
      const findMore = () => {
        if (!agreesWithBody(event)) return 'disagrees';
        // A chain that was made anew up to here and then went on does not end where the register says, but leads through it.
        return seq === known?.seq && event.hash !== known.hash ? 'changed' : null;
      };
      if (verifier.take({ ...event, seq }, findMore) !== null) return verifier.finish();
    }
    taken += slice.length;
    const last = slice.at(-1);
    if (last === undefined || slice.length < EVENTS_PER_SLICE) {
      // Events without a remembered end: its register was emptied, or this is the first event and came between the two readings.
      if (known === null && taken > 0 && (await findKnownHead(db, chainId)) === null) verifier.fail('cut-off');
      return verifier.finish(taken < mostEvents ? known : null);
    }
    after = last.seq;
  }
  return verifier.finish();
}

async function findKnownHead(db: Db, chainId: string): Promise<ChainHead | null> {
  const head = await db.auditChain.findUnique({ where: { id: chainId } });
  return head === null ? null : { seq: Number(head.headSeq), hash: head.headHash };
}

export function readSlice(db: Db, chainId: string, after: bigint, take: number): Promise<StoredEvent[]> {
  return db.$withTenant(chainId, (tx) =>
    tx.auditEvent.findMany({ where: { tenantId: chainId, seq: { gt: after } }, orderBy: { seq: 'asc' }, take }),
  );
}

type Body = {
  at?: string;
  action?: string;
  outcome?: string;
  actor?: { userId?: string | null; role?: string };
  target?: { kind?: string; id?: string } | null;
  siteId?: string | null;
  clientId?: string | null;
};

/** The columns are what people search and filter by: changing one would hide an event as well as changing its content. */
function agreesWithBody(event: StoredEvent): boolean {
  const body = JSON.parse(event.body) as Body;
  return (
    body.at === event.at.toISOString() &&
    body.action === event.action &&
    body.outcome === event.outcome &&
    body.actor?.userId === event.userId &&
    body.actor?.role === event.role &&
    (body.target?.kind ?? null) === event.targetKind &&
    (body.target?.id ?? null) === event.targetId &&
    body.siteId === event.siteId &&
    body.clientId === event.clientId
  );
}
