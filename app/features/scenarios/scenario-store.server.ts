/** Scenarios of the calculator that a workspace keeps: save, list, find, delete. Each act checks its permission; what changes something leaves its trace in the audit log. */
import type { Prisma } from '#app/generated/prisma/client.ts';
import { type AuditOrigin, recordAudit } from '#app/platform/audit/record-audit.server.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import type { Permission } from '#app/platform/permissions/permissions.ts';
import { PermissionError, requirePermission } from '#app/platform/permissions/require-permission.ts';
import { parseSavedScenario, type SavedScenario } from './saved-scenario.ts';
import { MAX_NAME_LENGTH, MAX_SCENARIOS, type ScenarioEntry } from './scenario-answer.ts';

export type Caller = { actor: Actor; origin: AuditOrigin };
export type ScenarioDeps = { db: Db };

function requireTenant(actor: Actor, permission: Permission): string {
  requirePermission(actor, permission);
  if (actor.tenantId === null) throw new PermissionError(permission, 'workspace');
  return actor.tenantId;
}

export type NewScenario = Omit<SavedScenario, 'id' | 'savedAt'>;
export type SaveOutcome = { kind: 'saved'; id: string } | { kind: 'too-many'; max: number };

/** An empty name becomes the machine's. Throws PermissionError. */
export function saveScenario({ db }: ScenarioDeps, { actor, origin }: Caller, scenario: NewScenario): Promise<SaveOutcome> {
  const tenantId = requireTenant(actor, 'scenarios.write');
  const { machine, form, inputs, market } = scenario;
  const name = (scenario.name.trim() || machine).slice(0, MAX_NAME_LENGTH);
  return db.$withTenant(tenantId, async (tx): Promise<SaveOutcome> => {
    if ((await tx.scenario.count({ where: { tenantId } })) >= MAX_SCENARIOS) return { kind: 'too-many', max: MAX_SCENARIOS };
    const { id } = await tx.scenario.create({
      data: {
        tenantId,
        userId: actor.userId,
        name,
        machine,
        form: form as Prisma.InputJsonObject,
        inputs: JSON.stringify(inputs),
        market: market as unknown as Prisma.InputJsonObject,
      },
      select: { id: true },
    });
    await recordAudit(tx, tenantId, { action: 'scenario.save', actor, origin, target: { kind: 'scenario', id }, after: { name } });
    return { kind: 'saved', id };
  });
}

/** Newest first. Throws PermissionError. */
export async function listScenarios({ db }: ScenarioDeps, { actor }: Caller): Promise<ScenarioEntry[]> {
  const tenantId = requireTenant(actor, 'scenarios.read');
  const rows = await db.$withTenant(tenantId, (tx) =>
    tx.scenario.findMany({ where: { tenantId }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: MAX_SCENARIOS }),
  );
  return rows.map((row) => {
    const { id, name, machine, savedAt, inputs } = parseSavedScenario(row);
    const { count, powerUsdPerKwh, priceUsdPerBtc } = inputs;
    return { id, name, machine, savedAt: savedAt.toISOString(), count, powerUsdPerKwh, priceUsdPerBtc };
  });
}

/** Null: it is not there for this caller. Throws PermissionError. */
export async function findScenario({ db }: ScenarioDeps, { actor }: Caller, id: string): Promise<SavedScenario | null> {
  const tenantId = requireTenant(actor, 'scenarios.read');
  const row = await db.$withTenant(tenantId, (tx) => tx.scenario.findFirst({ where: { id, tenantId } }));
  return row === null ? null : parseSavedScenario(row);
}

/** False: it was not there. Throws PermissionError. */
export function deleteScenario({ db }: ScenarioDeps, { actor, origin }: Caller, id: string): Promise<boolean> {
  const tenantId = requireTenant(actor, 'scenarios.write');
  return db.$withTenant(tenantId, async (tx) => {
    const row = await tx.scenario.findFirst({ where: { id, tenantId }, select: { name: true } });
    if (row === null) return false;
    await tx.scenario.deleteMany({ where: { id, tenantId } });
    await recordAudit(tx, tenantId, {
      action: 'scenario.delete',
      actor,
      origin,
      target: { kind: 'scenario', id },
      before: { name: row.name },
    });
    return true;
  });
}
