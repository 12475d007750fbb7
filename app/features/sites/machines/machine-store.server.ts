// One machine added or changed. The change, its lines of history and its audit event are one transaction.
import { randomUUID } from 'node:crypto';
import { Prisma } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type ChangeOutcome, done, NOT_FOUND, refuse } from '../refused-change.ts';
import { type Caller, type Scoped, type SitesDeps, withScope } from '../scope.server.ts';
import { permissionOfStep } from './approval.ts';
import { applyChange, listFieldChanges, toBlankMachine, withCatalogueFigures } from './change-machine.ts';
import { findReferenceFaults, readReferences, requireOnMachine } from './check-references.server.ts';
import { readMachine } from './list-machines.server.ts';
import type { MachineChange, MachineValues, NewMachine } from './machine-fields.ts';
import { insertMachines, lockMachines, readOccupancy, updateMachines, whereVisible } from './machine-rows.server.ts';
import type { MachineView } from './machine-view.ts';

/** Added as a draft: somebody with another permission lets it in. */
export function createMachine(deps: SitesDeps, caller: Caller, machine: NewMachine): Promise<ChangeOutcome<MachineView>> {
  return withScope(deps, caller, 'machines.write', async (scoped) => {
    const changed = applyChange(toBlankMachine(machine.siteId), machine);
    const after = withCatalogueFigures(changed.after);
    const references = await readReferences(scoped, [after]);
    // A site that the caller does not see is one that there is not.
    if (references.siteIds.has(after.siteId)) requireOnMachine(scoped, 'machines.write', after);
    const id = randomUUID();
    const taken = (await readOccupancy(scoped, [after])).findTaken(id, after);
    const faults = [...changed.faults, ...findReferenceFaults(after, references), ...taken];
    if (faults.length > 0) return refuse(...faults);
    const setId = randomUUID();
    await insertMachines(scoped, [{ ...after, id }], { act: 'create', setId });
    await recordAudit(scoped.tx, scoped.tenantId, { ...about(caller, id, after), action: 'machine.create', after: { setId } });
    return answer(scoped, id);
  });
}

export function changeMachine(deps: SitesDeps, caller: Caller, id: string, change: MachineChange): Promise<ChangeOutcome<MachineView>> {
  // Whoever may only let machines in changes nothing else of them.
  const isStepAlone = change.approval !== undefined && Object.keys(change).length === 1;
  const permission = isStepAlone ? permissionOfStep(change.approval ?? 'draft') : 'machines.write';
  return withScope(deps, caller, permission, async (scoped) => {
    const [before] = await lockMachines(scoped, Prisma.sql`${whereVisible(scoped)} AND m.id = ${id}::uuid`, 1);
    if (before === undefined) return NOT_FOUND;
    const { after, faults } = applyChange(before, change);
    requireChange(scoped, before, after, permission === 'machines.write');
    const references = await readReferences(scoped, [after]);
    const taken = (await readOccupancy(scoped, [after])).findTaken(id, after);
    const all = [...faults, ...findReferenceFaults(after, references), ...taken];
    if (all.length > 0) return refuse(...all);
    const setId = randomUUID();
    if ((await updateMachines(scoped, [{ before, after }], { act: isStepAlone ? 'approval' : 'edit', setId })) > 0) {
      const changed = listFieldChanges(before, after).map(({ field }) => field);
      await recordAudit(scoped.tx, scoped.tenantId, { ...about(caller, id, after), action: 'machine.change', after: { setId, changed } });
    }
    return answer(scoped, id);
  });
}

/** On the machine as it is and as it is to be: nobody moves one out of or into what is not granted. Throws PermissionError. */
export function requireChange(scoped: Scoped, before: MachineValues, after: MachineValues, changesFields: boolean): void {
  if (changesFields) for (const machine of [before, after]) requireOnMachine(scoped, 'machines.write', machine);
  const isLetIn = after.approval !== before.approval && permissionOfStep(after.approval) === 'machines.approve';
  if (isLetIn) requireOnMachine(scoped, 'machines.approve', before);
}

async function answer(scoped: Scoped, id: string): Promise<ChangeOutcome<MachineView>> {
  const view = await readMachine(scoped, id);
  return view === null ? NOT_FOUND : done(view);
}

function about(caller: Caller, id: string, { siteId, clientId }: MachineValues) {
  return { ...caller, target: { kind: 'machine' as const, id }, siteId, ...(clientId === null ? {} : { clientId }) };
}
