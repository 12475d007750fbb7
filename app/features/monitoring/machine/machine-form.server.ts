/** The form of a machine, and the steps of its approval. */
import { redirect } from '@remix-run/node';
import { toFault } from '#app/features/api/wire/fault.ts';
import { isUniqueViolation } from '#app/features/api/wire/unique-violation.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import type { FormResult } from '#app/features/monitoring/form-fault.ts';
import { parseForm, readNumbers, readText, readTexts, sayFaults, toFaults } from '#app/features/monitoring/form-values.server.ts';
import { listClients } from '#app/features/sites/clients/client-store.server.ts';
import { findMachineById } from '#app/features/sites/machines/list-machines.server.ts';
import { MACHINE_RANGES, MachineChangeSchema } from '#app/features/sites/machines/machine-fields.ts';
import { changeMachine } from '#app/features/sites/machines/machine-store.server.ts';
import type { MachineView } from '#app/features/sites/machines/machine-view.ts';
import { toMachinePath } from '#app/paths.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { PermissionError } from '#app/platform/permissions/require-permission.ts';
import { toTypedText } from '#app/ui/typed-number.ts';
import { MACHINE_NUMBERS, MACHINE_TEXTS, type MachineFormView } from './machine-form.ts';
import { findMachineId } from './read-machine-page.server.ts';

type Args = { request: Request; context: RequestContext };
const MAX_RACKS = 5_000;

/** Throws a Response with 404 for a machine that the reader does not see. */
export async function readMachineForm({ context }: Args, number: string): Promise<MachineFormView> {
  const reader = await readFleetReader(context);
  const { deps, caller, tenantId, may } = reader;
  if (!may.writeMachines) throw new PermissionError('machines.write', 'scope');
  const id = await findMachineId(reader, number);
  const machine = id === null ? null : await findMachineById(deps, caller, id);
  if (machine === null) throw new Response(null, { status: 404 });
  const clients = await listClients(deps, caller);
  const racks = await deps.db.$withTenant(tenantId, (tx) =>
    tx.sitePlace.findMany({
      where: { siteId: machine.site.id, kind: 'rack' },
      select: { id: true, name: true, rows: true, columns: true },
      orderBy: { name: 'asc' },
      take: MAX_RACKS,
    }),
  );
  return {
    number: machine.number,
    name: machine.serial ?? String(machine.number),
    values: toValues(machine),
    clients: clients.map((client) => ({ id: client.id, name: client.name })),
    racks,
  };
}

function toValues(machine: MachineView): MachineFormView['values'] {
  const { site: _site, client, rack, tags = [], ...plain } = machine;
  const given: Record<string, string | number | null | undefined> = {
    ...plain,
    clientId: client?.id,
    rackId: rack?.id,
    tags: tags.join(', '),
  };
  const toText = (value: string | number | null | undefined) => (typeof value === 'number' ? toTypedText(value) : (value ?? ''));
  const names = [...MACHINE_TEXTS, ...MACHINE_NUMBERS, 'tags'] as const;
  return Object.fromEntries(names.map((name) => [name, toText(given[name])])) as MachineFormView['values'];
}

export async function actOnMachine({ request, context }: Args, number: string): Promise<FormResult> {
  const reader = await readFleetReader(context);
  const { deps, caller } = reader;
  const id = await findMachineId(reader, number);
  if (id === null) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const approval = readText(form, 'approval');
  const values = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' && name !== 'csrf' ? [[name, value.slice(0, 500)]] : [])),
  );
  const faulty = async (faults: Parameters<typeof sayFaults>[1]): Promise<FormResult> => ({
    kind: 'faulty',
    faults: await sayFaults(request, faults),
    values,
  });
  const parsed = parseForm(MachineChangeSchema, approval === null ? readChange(form) : { approval }, MACHINE_RANGES);
  if (parsed.kind === 'faulty') return faulty(parsed.faults);
  try {
    const outcome = await changeMachine(deps, caller, id, parsed.value);
    if (outcome.kind === 'not-found') throw new Response(null, { status: 404 });
    if (outcome.kind === 'refused') return faulty(toFaults(outcome.faults));
  } catch (error) {
    if (isUniqueViolation(error)) return faulty([toFault('', null, 'taken')]);
    throw error;
  }
  throw redirect(toMachinePath(Number(number)), 303);
}

function readChange(form: FormData): Record<string, unknown> {
  const change: Record<string, unknown> = { ...readTexts(form, MACHINE_TEXTS), ...readNumbers(form, MACHINE_NUMBERS) };
  // A machine has a status; an empty one says nothing.
  if (change.status === null) delete change.status;
  const tags = readText(form, 'tags');
  if (tags !== null)
    change.tags = tags
      .split(/[,，]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '');
  return change;
}
