// Pages of machines in every order there is: each machine once, in order, the unknown last.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listMachines } from '#app/features/sites/machines/list-machines.server.ts';
import { readCursor, writeCursor } from '#app/features/sites/machines/machine-cursor.ts';
import { BY_NUMBER, type MachineSort, readSort, SORT_NAMES } from '#app/features/sites/machines/machine-order.ts';
import type { Caller } from '#app/features/sites/scope.server.ts';

import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { addSite, type FixtureSite, readAt } from '../../../../tests/support/telemetry-site.ts';
import { startTelemetryStore, type TelemetryStore } from '../../../../tests/support/telemetry-store.ts';

import { toMachineOrder } from './order-by-live.server.ts';

const MACHINES = 14;
const LIMIT = 3;
let telemetry: TelemetryStore;
let site: FixtureSite;
let caller: Caller;
const nowS = Math.floor(Date.now() / 1000);

/** Equal hash rates in pairs; one machine silent for an hour, one never heard of. */
beforeAll(async () => {
  telemetry = await startTelemetryStore();
  site = await addSite(telemetry.ownerUrl, { machines: MACHINES });
  const readings = site.machines.slice(0, -1).map(({ number }, place) => ({
    machine: number,
    reading: readAt(place === 4 ? nowS - 3_600 : nowS - place, {
      hashrateThs: 100 + ((place * 5) % 7) * 10.1,
      chipTemperatureC: place === 2 ? null : 60 + (place % 3),
    }),
  }));
  await storeReadings(telemetry.bulk, site.tenantId, readings, { nowMs: nowS * 1000, rawDays: 2 });
  const userId = await withClient(telemetry.ownerUrl, async (owner) => {
    await owner.query(
      `UPDATE machines SET model = CASE number % 3 WHEN 0 THEN 'S21' WHEN 1 THEN 'M60S' END, status = CASE number % 4 WHEN 0 THEN 'maintenance' ELSE 'active' END`,
    );
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO users (email, email_key, name, locale) VALUES ('o@mine.example', 'o@mine.example', 'O', 'en') RETURNING id`,
    );
    return rows[0]?.id ?? '';
  });
  caller = { actor: { ...GUEST, userId, tenantId: site.tenantId, role: 'operator' }, origin: { address: null, requestId: null } };
});
afterAll(() => telemetry?.stop());

async function walk(sort: MachineSort): Promise<number[]> {
  const numbers: number[] = [];
  let after = null;
  do {
    const page = await listMachines(telemetry, caller, {}, { after, limit: LIMIT }, toMachineOrder(sort, nowS));
    numbers.push(...page.machines.map(({ number }) => number));
    expect(page.counts.total).toBe(MACHINES);
    // As addresses carry it.
    after = page.next === null ? null : readCursor(sort, writeCursor(sort, page.next));
  } while (after !== null && numbers.length <= MACHINES);
  return numbers;
}

it.each(SORT_NAMES)('are walked through by %s, each once and in order', async (name) => {
  const sort = readSort(name) ?? BY_NUMBER;
  const walked = await walk(sort);
  const all = await listMachines(telemetry, caller, {}, { after: null, limit: 100 }, toMachineOrder(sort, nowS));
  expect(walked).toEqual(all.machines.map(({ number }) => number));
  expect([...walked].sort((one, other) => one - other)).toEqual(
    site.machines.map(({ number }) => number).sort((one, other) => one - other),
  );
});

it('have the hottest first, and last whose temperature is not reported or not known any more', async () => {
  const walked = await walk({ field: 'chipTemperatureC', isDescending: true });
  const unknown = [site.machines[2], site.machines[4], site.machines[MACHINES - 1]].map((machine) => machine?.number);
  expect(walked.slice(-3)).toEqual(unknown);
  const temperature = (number: number | undefined) => 60 + (site.machines.findIndex((machine) => machine.number === number) % 3);
  const known = walked.slice(0, -3).map(temperature);
  expect(known).toEqual([...known].sort((one, other) => other - one));
  expect(known[0]).toBe(62);
});

it('are not listed in an order that would go through too many, and are counted all the same', async () => {
  const order = toMachineOrder({ field: 'hashrateThs', isDescending: true }, nowS);
  if (order.kind !== 'later') throw new Error('the order of hash rates is looked up later');
  const few = { ...order, most: MACHINES };
  const many = { ...order, most: MACHINES - 1 };
  expect(await listMachines(telemetry, caller, {}, { after: null, limit: 5 }, few)).toMatchObject({ mostSorted: null });
  const refused = await listMachines(telemetry, caller, {}, { after: null, limit: 5 }, many);
  expect(refused).toMatchObject({ machines: [], next: null, mostSorted: MACHINES - 1, counts: { total: MACHINES } });
});

it('go on where a page ended though machines were added before it', async () => {
  const sort = { field: 'serial', isDescending: false } as const;
  const first = await listMachines(telemetry, caller, {}, { after: null, limit: 5 }, toMachineOrder(sort, nowS));
  await withClient(telemetry.ownerUrl, (owner) =>
    owner.query(`INSERT INTO machines (tenant_id, site_id, serial) VALUES ($1, $2, 'AAA first of all')`, [site.tenantId, site.siteId]),
  );
  const second = await listMachines(telemetry, caller, {}, { after: first.next, limit: 5 }, toMachineOrder(sort, nowS));
  const seen = [...first.machines, ...second.machines].map(({ serial }) => serial);
  expect(new Set(seen).size).toBe(10);
  expect(seen).toEqual([...seen].sort());
});
