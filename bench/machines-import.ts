/**
 * How long a list of 60,000 machines takes to be taken over: looked at, written, looked at again (nothing to do), and written again with one column changed, and what
 * memory it needs. Without fsync, as tests run; reports, never gates.
 */
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { importMachines } from '../app/features/sites/import/run-import.server.ts';
import type { Caller } from '../app/features/sites/scope.server.ts';
import { createDb } from '../app/platform/db.server.ts';
import { GUEST } from '../app/platform/permissions/actor.ts';
import { createScratchDatabase } from '../prisma/scratch-database.ts';

const MACHINES = 60_000;
const PER_RACK = 48;
const MODELS = ['Antminer S19 XP', 'Antminer S21', 'Whatsminer M60S', 'Avalon A1466'];

/** Serial, MAC, model, address, rack, row, column, owner, tags: as farms keep their lists. */
function toList(firmware: string): Uint8Array {
  const lines = ['Serial,MAC,Model,IP,Rack,Row,Column,Firmware,Tags'];
  for (let place = 0; place < MACHINES; place += 1) {
    const hex = place.toString(16).padStart(6, '0');
    const at = place % PER_RACK;
    const rack = Math.floor(place / PER_RACK);
    lines.push(
      `SMTT${hex},02:00:00:${hex.replace(/(..)(?=.)/g, '$1:')},${MODELS[place % 4]},10.${place >> 16}.${(place >> 8) & 255}.${place & 255},R${rack},${1 + (at >> 3)},${1 + (at & 7)},${firmware},hall ${place % 9}`,
    );
  }
  return new TextEncoder().encode(lines.join('\r\n'));
}

const scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
const db = createDb(scratch.appUrl);
let peakBytes = 0;
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, 50);
try {
  const tenantId = randomUUID();
  const siteId = await db.$withTenant(tenantId, async (tx) => {
    await tx.$executeRaw`INSERT INTO tenants (id, name) VALUES (${tenantId}::uuid, 'bench')`;
    const [site] = await tx.$queryRaw<
      { id: string }[]
    >`INSERT INTO sites (tenant_id, name, time_zone, status) VALUES (${tenantId}::uuid, 'North', 'UTC', 'active') RETURNING id`;
    if (!site) throw new Error('no site');
    await tx.$executeRaw`INSERT INTO site_places (tenant_id, site_id, kind, name, rows, columns)
      SELECT ${tenantId}::uuid, ${site.id}::uuid, 'rack', 'R' || n, 6, 8 FROM generate_series(0, ${MACHINES / PER_RACK - 1}::int) n`;
    return site.id;
  });
  const caller: Caller = {
    actor: { ...GUEST, userId: randomUUID(), tenantId, role: 'admin', sessionId: randomUUID() },
    origin: { address: null, requestId: null },
  };
  const take = async (title: string, bytes: Uint8Array, digest: string | null) => {
    const startedMs = performance.now();
    const outcome = await importMachines({ db }, caller, { siteId, fileName: 'list.csv', bytes, corrections: [], digest });
    if (outcome.kind !== 'planned' && outcome.kind !== 'written') throw new Error(JSON.stringify(outcome));
    const { created, updated, unchanged, inError } = outcome.ledger;
    console.log(
      `  ${title.padEnd(34)} ${((performance.now() - startedMs) / 1000).toFixed(1)} s   ${created} created, ${updated} updated, ${unchanged} unchanged, ${inError} in error, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    );
    return outcome.digest;
  };
  const [first, second] = [toList('stock'), toList('Braiins OS 24.06')];
  console.log(`import of ${MACHINES} machines, ${(first.length / 1e6).toFixed(1)} MB`);
  await take('written', first, await take('looked at', first, null));
  await take('written, one column is another', second, await take('looked at, one column is another', second, null));
  console.log(`  most memory ${(peakBytes / 2 ** 20).toFixed(0)} MB`);
} finally {
  clearInterval(watch);
  await db.$disconnect();
  await scratch.drop();
}
