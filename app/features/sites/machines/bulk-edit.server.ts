// Many machines changed in one transaction, all or none: by their ids or by a filter, counted before it is done.
import { randomUUID } from 'node:crypto';
import { Prisma } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import type { Permission } from '#app/platform/permissions/permissions.ts';
import { type ChangeFault, refuse, toChangeFault } from '../refused-change.ts';
import { type Caller, LONG_WORK_MS, type SitesDeps, withScope } from '../scope.server.ts';
import { permissionOfStep } from './approval.ts';
import { type BulkEdit, MAX_BULK_MACHINES } from './bulk-edit-request.ts';
import { applyChange, listFieldChanges } from './change-machine.ts';
import { findReferenceFaults, readReferences } from './check-references.server.ts';
import { lockMachines, readOccupancy, updateMachines, whereVisible } from './machine-rows.server.ts';
import { requireChange } from './machine-store.server.ts';
import { whereMachines, withSearch } from './search-machines.server.ts';

/** Machines whose faults are named; the first tell what is wrong with the others. */
const MAX_NAMED = 20;

export type BulkOutcome =
  /** `fitting` machines were meant, `changed` of them differ from what they were. With a preview nothing was written. */
  { kind: 'done'; fitting: number; changed: number; setId: string | null } | { kind: 'refused'; faults: readonly ChangeFault[] };

export function bulkEdit(deps: SitesDeps, caller: Caller, { ids, filter, change, preview, expected }: BulkEdit): Promise<BulkOutcome> {
  const isStepAlone = change.approval !== undefined && Object.keys(change).length === 1;
  const permission: Permission = isStepAlone ? permissionOfStep(change.approval ?? 'draft') : 'machines.write';
  return withScope(
    deps,
    caller,
    permission,
    async (scoped): Promise<BulkOutcome> => {
      const where =
        ids === undefined
          ? whereMachines(scoped, filter ?? {})
          : Prisma.sql`${whereVisible(scoped)} AND m.id = ANY(${[...new Set(ids)]}::uuid[])`;
      const machines = await withSearch(scoped, filter ?? {}, () => lockMachines(scoped, where, MAX_BULK_MACHINES + 1));
      if (machines.length > MAX_BULK_MACHINES) return refuse(toChangeFault('filter', null, 'too_many', { max: MAX_BULK_MACHINES }));
      if (expected !== undefined && expected !== machines.length)
        return refuse(toChangeFault('expected', expected, 'not_as_seen', { machines: machines.length }));
      const results = machines.map((before) => ({ before, ...applyChange(before, change) }));
      for (const { before, after } of results) requireChange(scoped, before, after, permission === 'machines.write');
      const afters = results.map(({ after }) => after);
      const references = await readReferences(scoped, afters);
      const occupancy = await readOccupancy(scoped, afters);
      for (const { before, after } of results) occupancy.release(before.id, before, after);
      const faulty = results.flatMap(({ before, after, faults }) => {
        const all = [...faults, ...findReferenceFaults(after, references), ...occupancy.findTaken(before.id, after)];
        if (all.length === 0) occupancy.occupy(before.id, before, after);
        return all.map((fault) => ({ ...fault, field: `machine ${before.number}: ${fault.field}` }));
      });
      if (faulty.length > 0) return refuse(...faulty.slice(0, MAX_NAMED));
      const differing = results.filter(({ before, after }) => listFieldChanges(before, after).length > 0);
      const outcome = { kind: 'done' as const, fitting: machines.length, changed: differing.length };
      if (preview === true || differing.length === 0) return { ...outcome, setId: null };
      const setId = randomUUID();
      await updateMachines(scoped, differing, { act: isStepAlone ? 'approval' : 'bulk-edit', setId });
      const sites = new Set(differing.map(({ before }) => before.siteId));
      const [siteId] = sites.size === 1 ? sites : [];
      await recordAudit(scoped.tx, scoped.tenantId, {
        ...caller,
        action: 'machine.bulk-edit',
        ...(siteId === undefined ? {} : { siteId }),
        target: { kind: 'machine', id: setId },
        after: { setId, changed: Object.keys(change), machines: differing.length },
      });
      return { ...outcome, setId };
    },
    LONG_WORK_MS,
  );
}
