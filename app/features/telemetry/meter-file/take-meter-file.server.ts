// A meter's file looked at, or taken over. Looking writes nothing and gives a digest of what would be done; taking over with that digest does exactly this or nothing.
import { createHash } from 'node:crypto';
import { sourceOfBytes } from '#app/features/batch/reading/file-source.ts';
import { openTable, type Table } from '#app/features/batch/reading/open-table.ts';
import type { SourceRow } from '#app/features/batch/reading/source-row.ts';
import { type RefusalCode, type RefusalParams, toRefusal } from '#app/features/batch/reading/unreadable-file.ts';
import {
  type Caller,
  LONG_WORK_MS,
  requireOn,
  type Scoped,
  type SitesDeps,
  whereSites,
  withScope,
} from '#app/features/sites/scope.server.ts';
import { type MeterQuarter, writeMeterQuarters } from '#app/features/telemetry/energy/store-meter.server.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { QUARTER_S } from '../layers.ts';
import type { MeterValues } from './meter-columns.ts';
import { MAX_METER_FILE_ROWS, type MeterFile, type MeterRowFault, type MeterTableFault, readMeterRows } from './read-meter-rows.server.ts';

/** A year of quarters in a workbook, with room. */
export const MAX_METER_BYTES = 10_000_000;
/** Rows in error that are told; the ledger counts them all. */
const MAX_TOLD_ROWS = 1_000;
const MAX_TITLE_ROWS = 30;

export type MeterFileRequest = {
  siteId: string;
  fileName: string;
  bytes: Uint8Array;
  /** Head of the column of values; null: the one there is. */
  column: string | null;
  /** What the values are; null: what the head says. */
  values: MeterValues | null;
  /** Digest of the look; null: only look. */
  digest: string | null;
};

/** rowsIn = added + replaced + unchanged + unpaired + blank + repeated + inError. `unpaired`: readings of a register that end no quarter. */
export type MeterLedger = {
  rowsIn: number;
  added: number;
  replaced: number;
  unchanged: number;
  unpaired: number;
  blank: number;
  repeated: number;
  inError: number;
};

export type MeterFileOutcome =
  | { kind: 'not-found' }
  | { kind: 'unreadable'; code: RefusalCode; params: RefusalParams }
  | { kind: 'refused'; fault: MeterTableFault }
  /** By now something else would be done than what was looked at. */
  | { kind: 'not-as-seen' }
  | {
      kind: 'planned' | 'written';
      ledger: MeterLedger;
      columns: MeterFile['columns'];
      timeZone: string;
      /** Of all quarters of the file. */
      energyKwh: number;
      fromAt: string;
      toAt: string;
      /** Quarters between the two of which the file says nothing that can be believed. */
      missingQuarters: number;
      refused: MeterRowFault[];
      digest: string;
    };

export async function takeMeterFile(
  deps: SitesDeps,
  caller: Caller,
  request: MeterFileRequest,
  nowMs = Date.now(),
): Promise<MeterFileOutcome> {
  // Checked before the file is worked through; the transaction checks it again, with the site.
  await withScope(deps, caller, 'sites.write', async () => undefined);
  const opened = await openTable(sourceOfBytes(request.bytes, request.fileName));
  if (opened.kind === 'refused') return { kind: 'unreadable', code: opened.code, params: opened.params };
  const rows = await readRows(opened.table).catch(toRefusal);
  if (!Array.isArray(rows)) return { kind: 'unreadable', code: rows.code, params: rows.params };
  const { format } = opened.table;
  const delimiter = format.kind === 'csv' ? format.delimiter : '\t';
  return withScope(
    deps,
    caller,
    'sites.write',
    async (scoped): Promise<MeterFileOutcome> => {
      const { siteId, column, values } = request;
      const site = await scoped.tx.site.findFirst({
        where: { AND: [whereSites(scoped), { id: siteId }] },
        select: { number: true, timeZone: true },
      });
      if (site === null) return { kind: 'not-found' };
      requireOn(scoped, 'sites.write', { siteId });
      const file = readMeterRows(rows, { timeZone: site.timeZone, delimiter, column, values, nowMs });
      return file.kind === 'read' ? planOrWrite(scoped, request, site, file) : { kind: 'refused', fault: file };
    },
    LONG_WORK_MS,
  );
}

/** One row more than is taken is enough to say that there are too many. */
async function readRows(table: Table): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const block of table.rows()) {
    rows.push(...block);
    if (rows.length > MAX_METER_FILE_ROWS + MAX_TITLE_ROWS) break;
  }
  return rows;
}

type Site = { number: number; timeZone: string };

async function planOrWrite(
  scoped: Scoped,
  request: MeterFileRequest,
  { number, timeZone }: Site,
  file: MeterFile,
): Promise<MeterFileOutcome> {
  const { tx, tenantId, caller } = scoped;
  const { siteId, digest: expected, fileName } = request;
  // Two files of one site come one after the other.
  if (expected !== null) await tx.$executeRaw`SELECT 1 FROM sites WHERE id = ${siteId}::uuid FOR UPDATE`;
  const known = await readKnown(scoped, number, file.quarters);
  const changed = file.quarters.filter(({ atS, energyKwh }) => known.get(atS) !== energyKwh);
  const replaced = changed.filter(({ atS }) => known.has(atS)).length;
  const digest = createHash('sha256')
    .update(JSON.stringify([siteId, changed.map(({ atS, energyKwh }) => [atS, energyKwh, known.get(atS) ?? null]), file.refused]))
    .digest('hex');
  if (expected !== null && expected !== digest) return { kind: 'not-as-seen' };
  const toText = (atS: number) => new Date(atS * 1000).toISOString();
  const times = file.quarters.map(({ atS }) => atS);
  const [firstS, lastS] = [times[0]!, times.at(-1)!];
  if (expected !== null && changed.length > 0) {
    await writeMeterQuarters(tx, tenantId, number, changed);
    await recordAudit(tx, tenantId, {
      ...caller,
      action: 'site.meter',
      target: { kind: 'site', id: siteId },
      siteId,
      after: { quarters: changed.length, firstAt: toText(changed[0]!.atS), lastAt: toText(changed.at(-1)!.atS), fileName },
    });
  }
  const { rowsIn, unpaired, blanks, repeats, refused, columns } = file;
  return {
    kind: expected === null ? 'planned' : 'written',
    ledger: {
      rowsIn,
      added: changed.length - replaced,
      replaced,
      unchanged: file.quarters.length - changed.length,
      unpaired,
      blank: blanks,
      repeated: repeats,
      inError: refused.length,
    },
    columns,
    timeZone,
    energyKwh: file.quarters.reduce((sum, { energyKwh }) => sum + energyKwh, 0),
    fromAt: toText(firstS),
    toAt: toText(lastS + QUARTER_S),
    missingQuarters: (lastS - firstS) / QUARTER_S + 1 - file.quarters.length,
    refused: refused.slice(0, MAX_TOLD_ROWS),
    digest,
  };
}

/** What is stored of these quarters. */
async function readKnown({ tx, tenantId }: Scoped, site: number, quarters: readonly MeterQuarter[]): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ atS: number; energyKwh: number }[]>`
    SELECT extract(epoch FROM at)::float8 AS "atS", energy_kwh::float8 AS "energyKwh" FROM telemetry_meter_quarters
    WHERE tenant_id = ${tenantId}::uuid AND site = ${site}::int4 AND at >= to_timestamp(${quarters[0]!.atS}::float8) AND at <= to_timestamp(${quarters.at(-1)!.atS}::float8)`;
  return new Map(rows.map(({ atS, energyKwh }) => [atS, energyKwh]));
}
