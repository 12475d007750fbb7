// From a change that was asked for to the machine after it, or to what is wrong with it; and what differs between two states. Pure.
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { type ChangeFault, type ChangeFaultCode, toChangeFault } from '../refused-change.ts';
import { hasStep } from './approval.ts';
import type { MachineChange, MachineField, MachineValues, NewMachine, SharedChange } from './machine-fields.ts';
import { normaliseDay, normaliseHost, normaliseMac, normaliseSerial, normaliseTags } from './normalise.ts';

/** Nothing but where it stands; every other field is unknown. */
export function toBlankMachine(siteId: string): MachineValues {
  return {
    siteId,
    clientId: null,
    rackId: null,
    rackRow: null,
    rackColumn: null,
    serial: null,
    macAddress: null,
    model: null,
    catalogueId: null,
    ratedHashrateThs: null,
    ratedPowerW: null,
    host: null,
    port: null,
    worker: null,
    firmware: null,
    purchasedOn: null,
    purchaseUsd: null,
    approval: 'draft',
    status: 'active',
    tags: [],
  };
}

export type Changed = { after: MachineValues; faults: ChangeFault[] };

type Spelling = { field: 'serial' | 'macAddress' | 'host' | 'purchasedOn'; code: ChangeFaultCode; read: (text: string) => string | null };
const SPELLINGS: readonly Spelling[] = [
  { field: 'serial', code: 'no_identity', read: normaliseSerial },
  { field: 'macAddress', code: 'not_a_mac', read: normaliseMac },
  { field: 'host', code: 'not_a_host', read: normaliseHost },
  { field: 'purchasedOn', code: 'not_a_day', read: normaliseDay },
];
const PLAIN_TEXTS = ['worker', 'firmware', 'model'] as const;
const AS_GIVEN = [
  'siteId',
  'clientId',
  'rackId',
  'rackRow',
  'rackColumn',
  'ratedHashrateThs',
  'ratedPowerW',
  'port',
  'purchaseUsd',
  'status',
] as const;

const isBlank = (text: string) => text.trim() === '';

/** What the change says, spelled in one way; a field that it does not name stays. An empty text says that there is none. */
export function applyChange(before: MachineValues, change: MachineChange | SharedChange | NewMachine): Changed {
  const after: MachineValues = { ...before };
  const faults: ChangeFault[] = [];
  const given: MachineChange = change;
  for (const field of AS_GIVEN) if (given[field] !== undefined) Object.assign(after, { [field]: given[field] });
  for (const field of PLAIN_TEXTS) {
    const text = given[field];
    if (text !== undefined) after[field] = text === null || isBlank(text) ? null : text.trim();
  }
  for (const { field, code, read } of SPELLINGS) {
    const text = given[field];
    if (text === undefined) continue;
    after[field] = text === null || isBlank(text) ? null : read(text);
    if (text !== null && !isBlank(text) && after[field] === null) faults.push(toChangeFault(field, text, code));
  }
  if (given.model !== undefined) after.catalogueId = after.model === null ? null : (findMachine(after.model)?.slug ?? null);
  if (given.tags !== undefined) after.tags = normaliseTags(given.tags);
  const { addTags = [], removeTags = [] } = change as SharedChange;
  if (addTags.length + removeTags.length > 0) {
    after.tags = normaliseTags([...after.tags.filter((tag) => !removeTags.includes(tag)), ...addTags]);
  }
  leaveWhatMoved(before, after, given);
  if (given.approval !== undefined && given.approval !== before.approval) {
    after.approval = given.approval;
    if (!hasStep(before.approval, given.approval))
      faults.push(toChangeFault('approval', given.approval, 'no_such_step', { from: before.approval }));
  }
  return { after, faults: [...faults, ...findContradictions(after)] };
}

/** A machine that moves to another site leaves its rack, one that moves to another rack its position, unless the change names a new one. */
function leaveWhatMoved(before: MachineValues, after: MachineValues, change: MachineChange): void {
  if (after.siteId !== before.siteId && change.rackId === undefined) after.rackId = null;
  if (after.rackId !== before.rackId && change.rackRow === undefined && change.rackColumn === undefined) {
    after.rackRow = null;
    after.rackColumn = null;
  }
}

function findContradictions({ serial, macAddress, host, rackId, rackRow, rackColumn }: MachineValues): ChangeFault[] {
  const faults: ChangeFault[] = [];
  if (serial === null && macAddress === null && host === null) faults.push(toChangeFault('serial', null, 'no_identity'));
  if (rackRow !== null && rackColumn === null) faults.push(toChangeFault('rackColumn', null, 'needs_other', { other: 'rackRow' }));
  if (rackRow === null && rackColumn !== null) faults.push(toChangeFault('rackRow', null, 'needs_other', { other: 'rackColumn' }));
  if (rackRow !== null && rackId === null) faults.push(toChangeFault('rackId', null, 'needs_other', { other: 'rackRow' }));
  return faults;
}

/** Rated figures that nobody gave are those of the catalogue's machine that the model names. For new machines only. */
export function withCatalogueFigures(machine: MachineValues): MachineValues {
  const known = machine.model === null ? null : findMachine(machine.model);
  if (known === null) return machine;
  return {
    ...machine,
    ratedHashrateThs: machine.ratedHashrateThs ?? known.hashrateThs,
    ratedPowerW: machine.ratedPowerW ?? known.powerW,
  };
}

export type FieldChange = { field: MachineField; from: MachineValues[MachineField]; to: MachineValues[MachineField] };

/** In the order of the fields. The catalogue's number follows from the model and is no change by itself. */
export function listFieldChanges(before: MachineValues, after: MachineValues): FieldChange[] {
  const fields = Object.keys(toBlankMachine('')) as MachineField[];
  return fields.flatMap((field) => {
    const isSame = JSON.stringify(before[field]) === JSON.stringify(after[field]);
    return isSame || field === 'catalogueId' ? [] : [{ field, from: before[field], to: after[field] }];
  });
}
