// A machine list looked at, or taken over in one transaction. Looking writes nothing and gives a digest of what would be done; taking over with that digest
// does exactly this or nothing.
import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readSample } from '#app/features/batch/mapping/table-sample.ts';
import { sourceOfBytes } from '#app/features/batch/reading/file-source.ts';
import { openTable, type Table } from '#app/features/batch/reading/open-table.ts';
import { type RefusalCode, type RefusalParams, toRefusal } from '#app/features/batch/reading/unreadable-file.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { can } from '#app/platform/permissions/can.ts';
import { nameReferences, type ReferenceNames } from '../history/name-references.server.ts';
import { applyChange, toBlankMachine } from '../machines/change-machine.ts';
import type { MachineField, MachineValues, StoredMachine } from '../machines/machine-fields.ts';
import { insertMachines, lockMachines, readHolders, updateMachines } from '../machines/machine-rows.server.ts';
import { type Caller, LONG_WORK_MS, requireOn, type Scoped, type SitesDeps, whereSites, withScope } from '../scope.server.ts';
import { MAX_PLACES } from '../sites/place-store.server.ts';
import type { ImportProblem } from './import-problem.ts';
import type { ImportField } from './import-words.ts';
import { type ImportCorrection, type ImportMapping, mapColumns } from './map-columns.ts';
import { type ImportContext, type ImportPlan, planImport } from './plan-import.ts';
import { type ImportEntry, readEntries } from './read-entries.ts';

/** Machines of one file. */
export const MAX_IMPORT_ENTRIES = 60_000;
/** Problems and changes that are told; the ledger counts them all. */
const MAX_TOLD_PROBLEMS = 1_000;
const MAX_TOLD_CHANGES = 100;
const MAX_CLIENT_NAMES = 10_000;

export type ImportRequest = {
  siteId: string;
  fileName: string;
  bytes: Uint8Array;
  corrections: readonly ImportCorrection[];
  /** Digest of the preview; null: only look. */
  digest: string | null;
};

/** An entry is one machine: a row, or one address of a row's range. */
export type ImportLedger = {
  rowsIn: number;
  /** created + updated + unchanged + inError + skipped. */
  entriesIn: number;
  created: number;
  updated: number;
  unchanged: number;
  inError: number;
  skipped: number;
};

/** `field` null: left alone. */
export type ImportedColumn = { column: number; header: string; field: ImportField | null; unit: string | null };

/** One field of one machine. */
export type ImportedChange = { field: MachineField; from: unknown; to: unknown } & ReferenceNames;

export type ImportOutcome =
  | { kind: 'not-found' }
  | { kind: 'unreadable'; code: RefusalCode; params: RefusalParams }
  /** No column tells which machine a row is about. */
  | { kind: 'no-columns'; columns: ImportedColumn[] }
  | { kind: 'too-many'; max: number }
  /** By now something else would be done than what was looked at. */
  | { kind: 'not-as-seen' }
  | {
      kind: 'planned' | 'written';
      ledger: ImportLedger;
      columns: ImportedColumn[];
      problems: ImportProblem[];
      created: { row: number; serial: string | null; macAddress: string | null; host: string | null; model: string | null }[];
      updated: { row: number; id: string; number: number; changes: ImportedChange[] }[];
      digest: string;
      setId: string | null;
    };

type Listed = {
  mapping: ImportMapping;
  entries: ImportEntry[];
  problems: ImportProblem[];
  rowsIn: number;
  skipped: number;
  inError: number;
};

export async function importMachines(deps: SitesDeps, caller: Caller, request: ImportRequest): Promise<ImportOutcome> {
  // Checked before the file is worked through; the transaction checks it again, with the site.
  await withScope(deps, caller, 'machines.write', async () => undefined);
  const opened = await openTable(sourceOfBytes(request.bytes, request.fileName));
  if (opened.kind === 'refused') return { kind: 'unreadable', code: opened.code, params: opened.params };
  const listed = await readList(opened.table, request.corrections).catch(toRefusal);
  if ('kind' in listed) return listed.kind === 'refused' ? { ...listed, kind: 'unreadable' } : listed;
  return withScope(deps, caller, 'machines.write', (scoped) => planOrWrite(scoped, request, listed), LONG_WORK_MS);
}

const toImportedColumns = ({ columns }: ImportMapping): ImportedColumn[] =>
  columns.map(({ column, header, field, figures }) => ({ column, header, field, unit: figures?.unit ?? null }));

async function readList(
  table: Table,
  corrections: readonly ImportCorrection[],
): Promise<Listed | { kind: 'no-columns'; columns: ImportedColumn[] } | { kind: 'too-many'; max: number }> {
  const mapping = mapColumns(await readSample(table), corrections);
  if (mapping === null || !mapping.isTold) return { kind: 'no-columns', columns: mapping === null ? [] : toImportedColumns(mapping) };
  const listed: Listed = { mapping, entries: [], problems: [], rowsIn: 0, skipped: 0, inError: 0 };
  for await (const rows of table.rows()) {
    // A list of 60,000 takes seconds, and others are served by this process meanwhile.
    await nextTurn();
    for (const row of rows) {
      if (row.row <= mapping.headerRow) continue;
      listed.rowsIn += 1;
      const reading = readEntries(row, mapping);
      if (reading.kind === 'skipped') listed.skipped += 1;
      if (reading.kind === 'entries') listed.entries.push(...reading.entries);
      if (reading.kind === 'problems') {
        listed.inError += 1;
        if (listed.problems.length < MAX_TOLD_PROBLEMS) listed.problems.push(...reading.problems);
      }
      if (listed.entries.length + listed.inError > MAX_IMPORT_ENTRIES) return { kind: 'too-many', max: MAX_IMPORT_ENTRIES };
    }
  }
  return listed;
}

async function planOrWrite(scoped: Scoped, request: ImportRequest, listed: Listed): Promise<ImportOutcome> {
  const { tx, tenantId, caller } = scoped;
  const { siteId, digest: expected } = request;
  const site = await tx.site.findFirst({ where: { AND: [whereSites(scoped), { id: siteId }] }, select: { id: true } });
  if (site === null) return { kind: 'not-found' };
  requireOn(scoped, 'machines.write', { siteId });
  // Two imports into one site come one after the other.
  if (expected !== null) await tx.$executeRaw`SELECT 1 FROM sites WHERE id = ${siteId}::uuid FOR UPDATE`;
  const plan = planImport(listed.entries, await readContext(scoped, siteId, listed));
  const digest = toDigest(plan);
  if (expected !== null && expected !== digest) return { kind: 'not-as-seen' };
  const isWritten = expected !== null && plan.created.length + plan.updated.length > 0;
  const setId = isWritten ? randomUUID() : null;
  if (setId !== null) {
    const set = { act: 'import' as const, setId };
    await updateMachines(scoped, plan.updated, set);
    const machines = plan.created.map(({ machine }) => machine);
    await insertMachines(scoped, machines, set);
    await recordAudit(tx, tenantId, {
      ...caller,
      action: 'machine.import',
      siteId,
      target: { kind: 'site', id: siteId },
      after: { setId, fileName: request.fileName, created: plan.created.length, updated: plan.updated.length },
    });
  }
  return toOutcome(scoped, expected === null ? 'planned' : 'written', { listed, plan, digest, setId });
}

async function readContext(scoped: Scoped, siteId: string, { entries, mapping }: Listed): Promise<ImportContext> {
  const { tx, tenantId, caller, grants } = scoped;
  const clients = await tx.client.findMany({ select: { id: true, name: true }, take: MAX_CLIENT_NAMES });
  const places = await tx.sitePlace.findMany({ where: { siteId }, take: MAX_PLACES });
  const nameOf = new Map(places.map(({ id, name }) => [id, name]));
  const racks = new Map<string, { id: string; rows: number; columns: number }[]>();
  for (const { id, parentId, kind, name, rows, columns } of places) {
    if (kind !== 'rack') continue;
    const parent = parentId === null ? undefined : nameOf.get(parentId);
    for (const key of [name, ...(parent === undefined ? [] : [`${parent}/${name}`])].map((text) => text.toLowerCase()))
      racks.set(key, [...(racks.get(key) ?? []), { id, rows: rows ?? 0, columns: columns ?? 0 }]);
  }
  const mayWrite = ({ siteId: at, clientId }: MachineValues) =>
    can(caller.actor, 'machines.write', clientId === null ? { siteId: at } : { siteId: at, clientId }, grants);
  const spelled = entries.map(({ given }) => applyChange(toBlankMachine(siteId), { ...given, siteId }).after);
  const namesPositions = entries.some(({ rackPath, given }) => rackPath.length > 0 || given.rackRow !== undefined);
  const racksNamed = (namesPositions ? [...racks.values()] : []).flat().map(({ id }) => ({ ...toBlankMachine(siteId), rackId: id }));
  const holders = await readHolders(scoped, [...spelled, ...racksNamed]);
  const ids = [...new Set(holders.map(({ id }) => id))];
  const known: StoredMachine[] = await lockMachines(
    scoped,
    Prisma.sql`m.tenant_id = ${tenantId}::uuid AND m.id = ANY(${ids}::uuid[])`,
    ids.length,
  );
  return {
    siteId,
    mapping,
    clientIds: new Map(clients.map(({ id, name }) => [name.toLowerCase(), id])),
    racks,
    known,
    mayWrite,
    newId: randomUUID,
  };
}

/** Of what would be done and to what; the numbers of machines that are not there yet are left out. */
function toDigest({ created, updated, unchanged, inError }: ImportPlan): string {
  const news = created.map(({ row, machine: { id: _id, ...machine } }) => [row, machine]);
  const changes = updated.map(({ row, before, changes: fields }) => [row, before.id, fields]);
  return createHash('sha256')
    .update(JSON.stringify([news, changes, unchanged, inError]))
    .digest('hex');
}

type Done = { listed: Listed; plan: ImportPlan; digest: string; setId: string | null };

async function toOutcome(scoped: Scoped, kind: 'planned' | 'written', { listed, plan, digest, setId }: Done): Promise<ImportOutcome> {
  const { mapping, entries, rowsIn, skipped } = listed;
  const { created, updated, unchanged } = plan;
  const inError = listed.inError + plan.inError;
  const told = updated.slice(0, MAX_TOLD_CHANGES);
  const changes = await nameReferences(
    scoped,
    told.flatMap(({ before: { id }, changes: fields }) => fields.map((field) => ({ ...field, machineId: id }))),
  );
  return {
    kind,
    ledger: {
      rowsIn,
      entriesIn: entries.length + listed.inError + skipped,
      created: created.length,
      updated: updated.length,
      unchanged,
      inError,
      skipped,
    },
    columns: toImportedColumns(mapping),
    problems: [...listed.problems, ...plan.problems].sort((one, other) => one.row - other.row).slice(0, MAX_TOLD_PROBLEMS),
    created: created
      .slice(0, MAX_TOLD_CHANGES)
      .map(({ row, machine: { serial, macAddress, host, model } }) => ({ row, serial, macAddress, host, model })),
    updated: told.map(({ row, before: { id, number } }) => ({
      row,
      id,
      number,
      changes: changes.flatMap(({ machineId, ...change }) => (machineId === id ? [change] : [])),
    })),
    digest,
    setId,
  };
}
