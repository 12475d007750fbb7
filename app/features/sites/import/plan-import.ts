// What taking a machine list over would do: each entry is a new machine, a change of one that is there, nothing new, or an error. Pure: what is there is
// given. A machine is recognised by its serial number, else by its MAC address, else by its address on the site.

import { applyChange, type FieldChange, listFieldChanges, toBlankMachine, withCatalogueFigures } from '../machines/change-machine.ts';
import type { MachineField, MachineValues, StoredMachine } from '../machines/machine-fields.ts';
import { addressKey, macKey, Occupancy, serialKey } from '../machines/occupancy.ts';
import type { ChangeFaultCode } from '../refused-change.ts';
import type { ImportProblem, ImportProblemCode } from './import-problem.ts';
import type { ImportField } from './import-words.ts';
import { findImportColumn, type ImportMapping } from './map-columns.ts';
import type { ImportEntry } from './read-entries.ts';

export type ImportContext = {
  siteId: string;
  mapping: ImportMapping;
  /** By the name in lower case. */
  clientIds: ReadonlyMap<string, string>;
  /** Racks of the site by "container/rack" and by "rack" alone, in lower case; several by one name. */
  racks: ReadonlyMap<string, readonly { id: string; rows: number; columns: number }[]>;
  /** Machines of the workspace that hold something of what the list names. */
  known: readonly StoredMachine[];
  /** Whether the caller may write a machine that stands there and is theirs. */
  mayWrite: (machine: MachineValues) => boolean;
  newId: () => string;
};

export type PlannedChange = { row: number; before: StoredMachine; after: MachineValues; changes: FieldChange[] };
export type ImportPlan = {
  created: { row: number; machine: MachineValues & { id: string } }[];
  updated: PlannedChange[];
  unchanged: number;
  problems: ImportProblem[];
  /** Entries with a problem. */
  inError: number;
};

export function planImport(entries: readonly ImportEntry[], context: ImportContext): ImportPlan {
  const plan: ImportPlan = { created: [], updated: [], unchanged: 0, problems: [], inError: 0 };
  const known = new Map(context.known.map((machine) => [machine.id, machine]));
  const occupancy = new Occupancy();
  for (const machine of known.values()) occupancy.occupy(machine.id, null, machine);
  const rowOf = new Map<string, number>();
  const rackById = new Map([...context.racks.values()].flat().map((rack) => [rack.id, rack]));
  for (const entry of entries) {
    const outcome = planEntry(entry, { ...context, known, occupancy, rowOf, rackById });
    if (outcome.kind === 'problems') {
      plan.inError += 1;
      plan.problems.push(...outcome.problems.map((problem) => toProblem(entry, context.mapping, problem)));
      continue;
    }
    const { id, before, after } = outcome;
    rowOf.set(id, entry.row);
    occupancy.occupy(id, before, after);
    if (before === null) plan.created.push({ row: entry.row, machine: { ...after, id } });
    else {
      const changes = listFieldChanges(before, after);
      if (changes.length === 0) plan.unchanged += 1;
      else plan.updated.push({ row: entry.row, before, after, changes });
    }
  }
  return plan;
}

type Known = Omit<ImportContext, 'known'> & {
  known: ReadonlyMap<string, StoredMachine>;
  occupancy: Occupancy;
  rackById: ReadonlyMap<string, { rows: number; columns: number }>;
  /** Row of the file that named a machine. */
  rowOf: ReadonlyMap<string, number>;
};
type EntryProblem = { field: ImportField | null; code: ImportProblemCode; details?: ImportProblem['details']; value?: string };
type EntryOutcome =
  | { kind: 'planned'; id: string; before: StoredMachine | null; after: MachineValues }
  | { kind: 'problems'; problems: EntryProblem[] };

const failed = (...problems: EntryProblem[]): EntryOutcome => ({ kind: 'problems', problems });

function planEntry(entry: ImportEntry, context: Known): EntryOutcome {
  const { siteId, known, occupancy, rowOf } = context;
  const problems: EntryProblem[] = [];
  const change = { ...entry.given, siteId };
  if (entry.clientName !== null) {
    const clientId = context.clientIds.get(entry.clientName.toLowerCase());
    if (clientId === undefined) problems.push({ field: 'client', code: 'unknown_client' });
    else change.clientId = clientId;
  }
  if (entry.rackPath.length > 0) {
    const racks = context.racks.get(entry.rackPath.join('/').toLowerCase()) ?? [];
    if (racks[0] === undefined) problems.push({ field: 'rack', code: 'unknown_rack' });
    else if (racks.length > 1) problems.push({ field: 'rack', code: 'ambiguous_rack' });
    else change.rackId = racks[0].id;
  }
  // Spelled in one way, whatever it is found to be: the keys below are made of it.
  const spelled = applyChange(toBlankMachine(siteId), change);
  const match = findMatch(spelled.after, known, occupancy);
  if (match === 'several') return failed(...problems, { field: null, code: 'several_machines' });
  const before = match === null ? null : (known.get(match) ?? null);
  const namedBefore = match === null ? undefined : rowOf.get(match);
  if (namedBefore !== undefined) return failed(...problems, { field: null, code: 'named_before', details: { row: namedBefore } });
  const changed = before === null ? spelled : applyChange(before, change);
  const after = before === null ? withCatalogueFigures(changed.after) : changed.after;
  if ((before !== null && !context.mayWrite(before)) || !context.mayWrite(after)) problems.push({ field: null, code: 'unknown_reference' });
  const id = before?.id ?? context.newId();
  for (const { field, code, details } of [...changed.faults, ...findOutside(after, context), ...occupancy.findTaken(id, after)])
    problems.push({ field: IMPORT_FIELD_OF[field as MachineField] ?? null, code, details });
  return problems.length > 0 ? failed(...problems) : { kind: 'planned', id, before, after };
}

/** The machine that the row is about; null: none that is known. */
function findMatch(row: MachineValues, known: ReadonlyMap<string, StoredMachine>, occupancy: Occupancy): string | 'several' | null {
  const { serial, macAddress, siteId, host, port } = row;
  const bySerial = serial === null ? null : occupancy.find(serialKey(serial));
  const byMac = macAddress === null ? null : occupancy.find(macKey(macAddress));
  if (bySerial !== null && byMac !== null && bySerial !== byMac) return 'several';
  const named = bySerial ?? byMac;
  if (named !== null || host === null) return named;
  const byAddress = occupancy.find(addressKey(siteId, host, port));
  const holder = byAddress === null ? undefined : known.get(byAddress);
  if (holder === undefined) return byAddress;
  // At this address stands a machine with other numbers: another one, whose address is taken.
  const isOther = (theirs: string | null, ours: string | null) => theirs !== null && ours !== null && theirs !== ours;
  return isOther(holder.serial, serial) || isOther(holder.macAddress, macAddress) ? null : byAddress;
}

function findOutside({ rackId, rackRow, rackColumn }: MachineValues, { rackById }: Known) {
  const rack = rackId === null ? undefined : rackById.get(rackId);
  if (rack === undefined || rackRow === null || rackColumn === null) return [];
  const { rows, columns } = rack;
  const code: ChangeFaultCode = 'outside_rack';
  return rackRow > rows || rackColumn > columns ? [{ field: 'rackRow', code, details: { rows, columns } }] : [];
}

const IMPORT_FIELD_OF: Partial<Record<MachineField, ImportField>> = {
  serial: 'serial',
  macAddress: 'macAddress',
  host: 'host',
  port: 'port',
  rackId: 'rack',
  rackRow: 'rackRow',
  rackColumn: 'rackColumn',
  clientId: 'client',
  purchasedOn: 'purchasedOn',
};

function toProblem({ row, line, given }: ImportEntry, mapping: ImportMapping, { field, code, details = {} }: EntryProblem): ImportProblem {
  const column = field === null ? null : (findImportColumn(mapping, field) ?? findImportColumn(mapping, 'position'));
  const value = field === null || !(field in given) ? '' : String(given[field as keyof typeof given] ?? '');
  return { row, line, field, header: column?.header ?? '', value, code, details };
}
