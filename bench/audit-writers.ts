/**
 * How many audit events a second one chain takes: 20 writers, each event in a transaction of its own through the product's pool, as acts write them.
 * Asked for: 200 events/s in one valid chain. Without fsync, as tests run; reports, never gates.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../app/platform/audit/record-audit.server.ts';
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
try {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const tenantId = randomUUID();
    const actor: Actor = { ...GUEST, userId: randomUUID(), tenantId, role: 'operator', sessionId: randomUUID() };
    const origin = { address: '192.0.2.7', requestId: randomUUID() };
    const startedMs = performance.now();
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let value = 0; value < EVENTS_PER_WRITER; value += 1) {
          const input = { action: 'settings.change', actor, origin, after: { name: `writer ${writer}`, value } } as const;
          await db.$withTenant(tenantId, (tx) => recordAudit(tx, tenantId, input), { timeoutMs: 60_000 });
        }
      }),
    );
    const perS = (WRITERS * EVENTS_PER_WRITER * 1_000) / (performance.now() - startedMs);
    const verdict = await verifyChainInDatabase(db, tenantId);
    console.log(`round ${round}: ${perS.toFixed(0)} events/s (asked for: ${ASKED_PER_S}), chain ${verdict.kind}, ${verdict.count} events`);
  }
} finally {
  await db.$disconnect();
  await scratch.drop();
}
