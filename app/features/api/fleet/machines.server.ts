/** Machines over HTTP (decision 0093): pages with search, filters and counts, one machine, many at once, and the history of one. */

import { toFault } from '#app/features/api/wire/fault.ts';
import {
  answerChange,
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toFaults,
  toJson,
  type WorkspaceArgs,
  withBody,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { MAX_PAGE_CHANGES } from '#app/features/sites/history/history-page.ts';
import { listMachineChanges } from '#app/features/sites/history/list-changes.server.ts';
import { bulkEdit } from '#app/features/sites/machines/bulk-edit.server.ts';
import { BulkEditSchema } from '#app/features/sites/machines/bulk-edit-request.ts';
import { findMachineById, listMachines } from '#app/features/sites/machines/list-machines.server.ts';
import { writeCursor } from '#app/features/sites/machines/machine-cursor.ts';
import { MACHINE_RANGES, MachineChangeSchema, NewMachineSchema } from '#app/features/sites/machines/machine-fields.ts';
import { writeSort } from '#app/features/sites/machines/machine-order.ts';
import { changeMachine, createMachine } from '#app/features/sites/machines/machine-store.server.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { toMachineOrder } from '#app/features/telemetry/read/order-by-live.server.ts';
import { PATHS } from '#app/paths.ts';
import { readChangesQuery, readMachinesQuery } from './read-machines-query.ts';

export function answerMachines(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ request, caller }) => {
      const query = readMachinesQuery(request.url);
      if (query.kind === 'invalid') return answerFaults(request, query.faults);
      const { filter, sort, page } = query;
      const list = await listMachines(getSitesDeps(), caller, filter, page, toMachineOrder(sort, Date.now() / 1000));
      const { mostSorted, next, ...rest } = list;
      if (mostSorted !== null) return answerFaults(request, [toFault('sort', writeSort(sort), 'too_many_to_sort', { max: mostSorted })]);
      return toJson({ ...rest, next: next === null ? null : writeCursor(sort, next) });
    },
    POST: ({ request, caller }) =>
      withBody(request, NewMachineSchema, MACHINE_RANGES, async (body) =>
        answerChange(request, await createMachine(getSitesDeps(), caller, body), (machine) =>
          toJson(machine, 201, { Location: `${PATHS.apiMachines}/${machine.id}` }),
        ),
      ),
  });
}

export function answerMachine(args: WorkspaceArgs, id = ''): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const machine = await findMachineById(getSitesDeps(), caller, id);
        return machine === null ? answerNotFound(request) : toJson(machine);
      }),
    PATCH: ({ request, caller }) =>
      withId(request, [id], () =>
        withBody(request, MachineChangeSchema, MACHINE_RANGES, async (body) =>
          answerChange(request, await changeMachine(getSitesDeps(), caller, id, body), (machine) => toJson(machine)),
        ),
      ),
  });
}

export function answerMachineBulk(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    POST: ({ request, caller }) =>
      withBody(request, BulkEditSchema, MACHINE_RANGES, async (body) => {
        const outcome = await bulkEdit(getSitesDeps(), caller, body);
        if (outcome.kind === 'refused') return answerFaults(request, toFaults(outcome.faults));
        const { fitting, changed, setId } = outcome;
        return toJson({ fitting, changed, setId });
      }),
  });
}

export function answerMachineChanges(args: WorkspaceArgs, id = ''): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const query = readChangesQuery(request.url, MAX_PAGE_CHANGES);
        if (query.kind === 'invalid') return answerFaults(request, query.faults);
        const page = await listMachineChanges(getSitesDeps(), caller, id, query.page);
        return page === null ? answerNotFound(request) : toJson(page);
      }),
  });
}
