// From a stored batch of readings to alert rows: what the poller calls after storing. The rules and their states live in the watch of the site.
import type { Sample } from '#app/features/telemetry/store/sample.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { type OrderNotices, orderNotices } from './notify/order-notices.server.ts';
import { type PublishOpen, publishOpen } from './publish-open.server.ts';
import { toFacts } from './rules/read-facts.server.ts';
import { SiteWatches } from './site-watches.server.ts';

/** What was read of one site in one go, after it was stored. */
export type StoredBatch = {
  tenantId: string;
  siteNumber: number;
  readings: readonly { machineNumber: number; reading: MachineReading; sample: Sample }[];
};

export type EvaluateDeps = { watches: SiteWatches; publish: PublishOpen; orderNotices: OrderNotices; nowMs: () => number };

/** Judges the readings and writes the alerts that change; `changed` is how many. Throws when the database refuses: the readings are then judged with the next batch. */
export function evaluateBatch(batch: StoredBatch): Promise<{ changed: number }> {
  return evaluateBatchWith(getEvaluateDeps(), batch);
}

export async function evaluateBatchWith(deps: EvaluateDeps, { tenantId, siteNumber, readings }: StoredBatch): Promise<{ changed: number }> {
  const facts = readings.map(({ machineNumber, reading, sample }) => ({ machine: machineNumber, facts: toFacts(reading, sample) }));
  const nowS = deps.nowMs() / 1000;
  const worked = await deps.watches.run({ tenantId, siteNumber, nowS, takesReadings: true }, (watch) => watch.take(facts));
  await tell(deps, tenantId, siteNumber, worked);
  return { changed: worked.changed };
}

/** What time alone brings about on one site: see `SiteWatch.tick`. */
export async function sweepSiteWith(deps: EvaluateDeps, tenantId: string, siteNumber: number): Promise<{ changed: number }> {
  const nowS = deps.nowMs() / 1000;
  const worked = await deps.watches.run({ tenantId, siteNumber, nowS, takesReadings: false }, (watch) => watch.tick(nowS));
  await tell(deps, tenantId, siteNumber, worked);
  return { changed: worked.changed };
}

/** Live pages and channels hear of it after the commit; what a crash swallows here the next sweep orders again. */
async function tell(
  deps: EvaluateDeps,
  tenantId: string,
  siteNumber: number,
  worked: Awaited<ReturnType<SiteWatches['run']>>,
): Promise<void> {
  if (worked.changed === 0) return;
  await deps.publish(tenantId, siteNumber, worked.open);
  if (worked.hasNews) await deps.orderNotices(tenantId);
}

export function createEvaluateDeps(db: Db): EvaluateDeps {
  return { watches: new SiteWatches(db), publish: (...open) => publishOpen(getRedis(), ...open), orderNotices, nowMs: Date.now };
}

export const getEvaluateDeps = (): EvaluateDeps => processSingleton('alert-watches', () => createEvaluateDeps(getDb()));
