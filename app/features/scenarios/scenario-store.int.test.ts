/** Saved scenarios in a real database: what goes in comes out to the last bit, each workspace has its own, and acts are on record. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDefaultForm } from '#app/features/calculator/inputs/calculator-form.ts';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { SHIPPED_SNAPSHOT } from '#app/features/market/shipped-snapshot.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { GUEST, type Role } from '#app/platform/permissions/actor.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { readOwnerInputs } from './saved-scenario.ts';
import { MAX_SCENARIOS } from './scenario-answer.ts';
import { type Caller, deleteScenario, findScenario, listScenarios, type NewScenario, saveScenario } from './scenario-store.server.ts';

let scratch: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 2 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

async function openWorkspace(role: Role = 'operator'): Promise<Caller & { tenantId: string }> {
  const tenantId = randomUUID();
  await withClient(scratch.ownerUrl, (owner) => owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, 'A farm']));
  return { tenantId, actor: { ...GUEST, role, tenantId, userId: randomUUID() }, origin: { address: '192.0.2.7', requestId: null } };
}

function aScenario(name: string): NewScenario {
  const form = { ...createDefaultForm(), power: '0.0553', difficulty: '148.19530664020497' };
  const read = readOwnerInputs(form, SHIPPED_SNAPSHOT, findMachine, Date.now());
  if (read.kind !== 'ok') throw new Error('the form gives no inputs');
  return { name, machine: read.machine, form, inputs: read.inputs, market: SHIPPED_SNAPSHOT };
}

const count = (tenantId: string, action: string) =>
  db.$withTenant(tenantId, async (tx) => {
    const inbox = await tx.auditInbox.count({ where: { tenantId, action } });
    return inbox + (await tx.auditEvent.count({ where: { tenantId, action } }));
  });

describe('saved scenarios', () => {
  it('come back as they were saved, inputs to the last bit, and are on record', async () => {
    const caller = await openWorkspace();
    const scenario = aScenario('  Spring  ');
    const saved = await saveScenario({ db }, caller, scenario);
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    const found = await findScenario({ db }, caller, saved.id);
    expect(found).toMatchObject({ name: 'Spring', machine: scenario.machine, form: scenario.form });
    expect(found?.inputs).toEqual(scenario.inputs);
    expect(found?.market.priceUsdPerBtc).toMatchObject({ source: SHIPPED_SNAPSHOT.priceUsdPerBtc.source, origin: 'shipped' });
    expect(await count(caller.tenantId, 'scenario.save')).toBe(1);
  });

  it('without a name have that of the machine, and are listed newest first', async () => {
    const caller = await openWorkspace();
    await saveScenario({ db }, caller, aScenario('first'));
    await saveScenario({ db }, caller, aScenario('   '));
    expect((await listScenarios({ db }, caller)).map(({ name }) => name)).toEqual(['Antminer S21 Pro', 'first']);
  });

  it('are found, listed and deleted by their own workspace alone', async () => {
    const caller = await openWorkspace();
    const other = await openWorkspace();
    const saved = await saveScenario({ db }, caller, aScenario('ours'));
    const id = saved.kind === 'saved' ? saved.id : '';
    expect(await findScenario({ db }, other, id)).toBeNull();
    expect(await listScenarios({ db }, other)).toEqual([]);
    expect(await deleteScenario({ db }, other, id)).toBe(false);
    expect(await deleteScenario({ db }, caller, id)).toBe(true);
    expect(await findScenario({ db }, caller, id)).toBeNull();
    expect(await count(caller.tenantId, 'scenario.delete')).toBe(1);
  });

  it('are refused to whoever may not keep any, and beyond as many as a workspace keeps', async () => {
    const client = await openWorkspace('client');
    await expect(async () => saveScenario({ db }, client, aScenario('x'))).rejects.toMatchObject({ name: 'PermissionError' });
    const caller = await openWorkspace();
    const { form, inputs, market } = aScenario('x');
    await withClient(scratch.ownerUrl, (owner) =>
      owner.query(
        `INSERT INTO scenarios (tenant_id, name, machine, form, inputs, market) SELECT $1, 'n' || n, 'm', $2, $3, $4 FROM generate_series(1, $5) n`,
        [caller.tenantId, form, JSON.stringify(inputs), market, MAX_SCENARIOS],
      ),
    );
    expect(await saveScenario({ db }, caller, aScenario('one more'))).toEqual({ kind: 'too-many', max: MAX_SCENARIOS });
    expect(await listScenarios({ db }, caller)).toHaveLength(MAX_SCENARIOS);
  });
});
