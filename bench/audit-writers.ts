/**
 * How many audit events a second one chain takes: 20 writers through the product's pool.
 * Asked for: 200 events/s in one valid chain. Without fsync, as tests run; reports, never gates.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit, recordAuditAlone } from '../app/platform/audit/record-audit.server.ts';
import { verifyChainInDatabase } from '../app/platform/audit/verify-database.server.ts';
import { createDb } from '../app/platform/db.server.ts';
import { type Actor, GUEST } from '../app/platform/permissions/actor.ts';
import { createScratchDatabase } from '../prisma/scratch-database.ts';

const WRITERS = 20;
const EVENTS_PER_WRITER = 50;
const ROUNDS = 3;
const ASKED_PER_S = 200;

const scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
const db = createDb(scratch.appUrl);
type Write = (tenantId: string, input: Parameters<typeof recordAudit<'settings.change'>>[2]) => Promise<void>;

/** What the product does: an act with its event, and an event alone (a sign-in, a refusal). */
const WAYS: Record<string, Write> = {
  'in the transaction of an act': (tenantId, input) =>
    db.$withTenant(tenantId, (tx) => recordAudit(tx, tenantId, input), { timeoutMs: 60_000 }),
  alone: (tenantId, input) => recordAuditAlone(tenantId, input, db),
};

async function measure(write: Write): Promise<string> {
  const tenantId = randomUUID();
  const actor: Actor = { ...GUEST, userId: randomUUID(), tenantId, role: 'operator', sessionId: randomUUID() };
  const origin = { address: '192.0.2.7', requestId: randomUUID() };
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let value = 0; value < EVENTS_PER_WRITER; value += 1) {
        await write(tenantId, { action: 'settings.change', actor, origin, after: { name: `writer ${writer}`, value } });
      }
    }),
  );
  const count = WRITERS * EVENTS_PER_WRITER;
  const perS = (count * 1_000) / (performance.now() - startedMs);
  const { user, system } = process.cpuUsage(startedCpu);
  const verdict = await verifyChainInDatabase(db, tenantId);
  return `${perS.toFixed(0)} events/s (asked for: ${ASKED_PER_S}), ${((user + system) / 1_000 / count).toFixed(1)} ms of this process each, chain ${verdict.kind}, ${verdict.count} events`;
}

try {
  for (const [way, write] of Object.entries(WAYS)) {
    for (let round = 1; round <= ROUNDS; round += 1) console.log(`${way}, round ${round}: ${await measure(write)}`);
  }
} finally {
  await db.$disconnect();
  await scratch.drop();
}
