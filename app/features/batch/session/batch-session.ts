/**
 * A list in work: opened, read, computed, looked at. Holds the rows; gives out what a screen shows. Runs in the browser's worker, so that a hundred thousand rows
 * never cross to the page; knows no page, no words and no storage.
 */
import type { Engine, FieldError, FleetMachine } from '#engine';
import { ADVICE_KINDS, type Advice, type AdviceKind, type AdviceOptions, type Adviser, createAdviser } from '../computing/advise.ts';
import { toColumns } from '../computing/batch-columns.ts';
import { type BreakEvenStep, toBreakEvenCurve } from '../computing/break-even-curve.ts';
import { type BatchComputer, type ComputedBatch, createBatchComputer } from '../computing/compute-batch.ts';
import { toFleetMachines } from '../computing/fleet-risk.ts';
import { type Grouped, groupRows } from '../computing/groups.ts';
import { computeHostedRow, type HostedRow, type HostedSums, sumHosted } from '../computing/hosting.ts';
import { FIRST_QUERY, orderRows, type RowQuery } from '../computing/order-rows.ts';
import { type BatchScenario, toReadingDefaults } from '../computing/scenario.ts';
import { type BatchSummary, summariseBatch } from '../computing/summarise.ts';
import { MAX_SEARCHED } from '../mapping/find-header.ts';
import { mapTable } from '../mapping/map-table.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { openList } from '../mapping/open-list.ts';
import { createModelMatcher } from '../matching/model-matcher.ts';
import type { FileSource } from '../reading/file-source.ts';
import type { Table, TableChoice, TableFormat } from '../reading/open-table.ts';
import { type Cell, type SourceRow, toCellText } from '../reading/source-row.ts';
import { type Refusal, toRefusal } from '../reading/unreadable-file.ts';
import { watchSource } from '../reading/watch-source.ts';
import type { BatchRow, RowNote } from '../rows/batch-row.ts';
import type { Duplicate } from '../rows/duplicates.ts';
import { exportCsv } from '../rows/export-csv.ts';
import { exportXlsx } from '../rows/export-xlsx.ts';
import type { ExportOptions } from '../rows/exported-rows.ts';
import { type BatchChoices, type CollectedBatch, collectBatch } from '../rows/read-batch.ts';
import type { RowError } from '../rows/row-error.ts';
import type { RowLedger } from '../rows/row-ledger.ts';
import { type ErrorGroup, groupErrors } from './error-groups.ts';

/** What a row holds, in short: for choosing the header by hand. */
export type RowPreview = { row: number; text: string };

export type Opened = { kind: 'opened'; name: string; format: TableFormat; mapping: Mapping; firstRows: RowPreview[] } | Refusal;

/** How the file is opened, beside what is found out: `headerRow` as in `proposeMapping`. */
export type OpenChoice = TableChoice & { headerRow?: number | null };

export type ReadRequest = {
  mapping: Mapping;
  choices: BatchChoices;
  cnyPerUsd: number | null;
  /** The scenario has a power price for rows that name none. */
  hasPowerPrice: boolean;
};
export type ListedDuplicate = { row: number; duplicate: Duplicate };
export type ReadAnswer =
  | {
      kind: 'read';
      ledger: RowLedger;
      errorGroups: ErrorGroup[];
      errorGroupCount: number;
      duplicates: ListedDuplicate[];
      /** Rows that do not name a power price and take the scenario's. */
      rowsWithoutPowerPrice: number;
      /** How sure the least sure match of each machine of the catalogue is, 0..1. */
      matchConfidence: Readonly<Record<string, number>>;
    }
  | { kind: 'cancelled' }
  | Refusal;

/** What rows are grouped by: a column of the file, the machine of the catalogue, or its maker. */
export type GroupBy = number | 'machine' | 'maker';

export type Computed =
  | {
      kind: 'computed';
      summary: BatchSummary;
      curve: BreakEvenStep[];
      byMachine: Grouped /** `null`: no row names a client's price. */;
      hosted: HostedSums | null;
      hasIrr: boolean;
    }
  | { kind: 'invalid'; errors: FieldError[] };

export type RowView = {
  /** Place in the batch, for asking for details. */
  index: number;
  row: number;
  model: string | null;
  /** Name in the catalogue; `null`: not in it, computed with its own figures. */
  machine: string | null;
  matchKind: string | null;
  /** 0..1. */
  matchConfidence: number | null;
  notes: readonly RowNote[];
  fromCatalogue: readonly ('hashrateThs' | 'powerW')[];
  /** Earlier row that this one repeats. */
  repeats: number | null;
  count: number;
  hashrateThs: number;
  powerW: number;
  powerUsdPerKwh: number;
  capexUsd: number;
  /** Of all machines of the row. */
  netUsdPerDay: number | null;
  breakEvenPowerUsdPerKwh: number | null;
  npvUsd: number | null;
  irrRatioPerYear: number | null;
  paybackMonths: number | null;
  profitUsd: number | null;
  act: AdviceKind | null;
};

export type RowDetail = RowView & {
  cells: { header: string; text: string }[];
  serial: string | null;
  hidden: boolean;
  line: number;
  minedBtcPerDay: number | null;
  revenueUsdPerDay: number | null;
  powerUsdPerDay: number | null;
  breakEvenPriceUsdPerBtc: number | null;
  shutdownMonth: number | null;
  /** What the machines still bring if they go on, whatever they cost. */
  keepUsd: number | null;
  /** `null`: the row names no client's price. */
  hosted: HostedRow | null;
};

export type Progress = { rows: number /** Share of the file read; `null`: the format does not tell. */; ratio: number | null };

class Cancelled extends Error {}

const MAX_PREVIEW_LENGTH = 60;

function toPreview({ row, cells }: SourceRow): RowPreview {
  const text = cells
    .map((cell) => toCellText(cell).replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(' · ');
  return { row, text: text.length > MAX_PREVIEW_LENGTH ? `${text.slice(0, MAX_PREVIEW_LENGTH)}…` : text };
}

/** By the machine's name. O(rows). */
function findLeastSure(rows: readonly BatchRow[]): Record<string, number> {
  const least: Record<string, number> = {};
  for (const { match } of rows) {
    if (match === null) continue;
    const { name } = match.machine;
    least[name] = Math.min(least[name] ?? 1, match.confidence);
  }
  return least;
}

const MAX_SHOWN_DUPLICATES = 200;
const EXPORT_TYPES = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

type Read = { batch: CollectedBatch; mapping: Mapping; computer: BatchComputer; adviser: Adviser; texts: (string | undefined)[] };

export type BatchSession = ReturnType<typeof createBatchSession>;

export function createBatchSession(loadEngine: () => Promise<Engine>, onProgress: (progress: Progress) => void = () => undefined) {
  let table: Table | null = null;
  let ratio: (() => number) | null = null;
  let read: Read | null = null;
  let computed: ComputedBatch | null = null;
  let advice: Extract<Advice, { kind: 'ok' }> | null = null;
  let query: RowQuery = FIRST_QUERY;
  let order: Uint32Array = new Uint32Array();
  let isCancelled = false;
  let duplicateOf = new Map<number, number>();

  function mustRead(): Read {
    if (read === null) throw new Error('no list has been read yet');
    return read;
  }
  function mustCompute(): ComputedBatch {
    if (computed === null) throw new Error('no list has been computed yet');
    return computed;
  }
  function rowAt(index: number): BatchRow {
    return mustRead().batch.rows[index]!;
  }
  function clientPowerOf(index: number): number | null {
    return rowAt(index).inputs.clientPowerUsdPerKwh;
  }
  function machineOf(index: number): string {
    const { match, model } = rowAt(index);
    return match?.machine.name ?? model ?? '';
  }

  function textOf(index: number): string {
    const { texts } = mustRead();
    const known = texts[index];
    if (known !== undefined) return known;
    const { cells, match } = rowAt(index);
    const text = `${match?.machine.name ?? ''} ${cells.map(toCellText).join(' ')}`.toLowerCase();
    texts[index] = text;
    return text;
  }

  function keyOf(by: GroupBy): (index: number) => string {
    if (by === 'machine') return machineOf;
    if (by === 'maker') return (index) => rowAt(index).match?.machine.maker ?? '';
    return (index) => toCellText(rowAt(index).cells[by] ?? '').trim();
  }

  function reorder(): number {
    order = orderRows(mustCompute(), query, {
      textOf,
      modelOf: machineOf,
      isNoted: (index) => rowAt(index).notes.length > 0,
      isDoubled: (index) => duplicateOf.has(rowAt(index).row),
      isAdvised: (index) => (advice?.actOfRow[index] ?? 0) > 0,
    });
    return order.length;
  }

  function toRowView(index: number): RowView {
    const { machines, results } = mustCompute();
    const row = rowAt(index);
    const act = advice?.actOfRow[index] ?? 0;
    return {
      index,
      row: row.row,
      model: row.model,
      machine: row.match?.machine.name ?? null,
      matchKind: row.match?.kind ?? null,
      matchConfidence: row.match?.confidence ?? null,
      notes: row.notes,
      fromCatalogue: row.fromCatalogue,
      repeats: duplicateOf.get(row.row) ?? null,
      count: machines.count[index]!,
      hashrateThs: machines.hashrateThs[index]!,
      powerW: machines.powerW[index]!,
      powerUsdPerKwh: machines.powerUsdPerKwh[index]!,
      capexUsd: machines.capexUsd[index]!,
      netUsdPerDay: orNull(results.netUsdPerDay[index]),
      breakEvenPowerUsdPerKwh: orNull(results.breakEvenPowerUsdPerKwh[index]),
      npvUsd: orNull(results.npvUsd[index]),
      irrRatioPerYear: orNull(results.irrRatioPerYear[index]),
      paybackMonths: orNull(results.paybackMonths[index]),
      profitUsd: orNull(results.profitUsd[index]),
      act: act === 0 ? null : ADVICE_KINDS[act - 1]!,
    };
  }

  return {
    /** Opens the file and proposes what its columns are. What was open before is let go. */
    async open(source: FileSource, { headerRow, ...choice }: OpenChoice, cnyPerUsd: number | null): Promise<Opened> {
      table = null;
      read = null;
      computed = null;
      advice = null;
      const watched = watchSource(source);
      const opened = await openList(watched.source, choice);
      if (opened.kind === 'refused') return opened;
      try {
        const { isModel } = createModelMatcher();
        const { mapping, sample } = await mapTable(opened.table, { isModel, cnyPerUsd, headerRow });
        table = opened.table;
        ratio = opened.table.format.kind === 'csv' ? watched.ratio : null;
        return {
          kind: 'opened',
          name: opened.table.name,
          format: opened.table.format,
          mapping,
          firstRows: sample.slice(0, MAX_SEARCHED).map(toPreview),
        };
      } catch (error) {
        return toRefusal(error);
      }
    },

    cancel(): void {
      isCancelled = true;
    },

    /** Reads all rows with a mapping. The rows read before stay in place when it is cancelled or refused. */
    async read({ mapping, choices, cnyPerUsd, hasPowerPrice }: ReadRequest): Promise<ReadAnswer> {
      if (table === null) throw new Error('no file is open');
      isCancelled = false;
      const options = { mapping, matcher: createModelMatcher(), defaults: toReadingDefaults(hasPowerPrice), cnyPerUsd, choices };
      try {
        const engine = await loadEngine();
        const batch = await collectBatch(table, options, (rows) => {
          if (isCancelled) throw new Cancelled();
          onProgress({ rows, ratio: ratio?.() ?? null });
        });
        if (batch.kind === 'refused') return batch;
        const columns = toColumns(batch.rows);
        read = {
          batch,
          mapping,
          computer: createBatchComputer(engine, columns),
          adviser: createAdviser(engine, columns.rowCount),
          texts: new Array(batch.rows.length),
        };
        duplicateOf = new Map(batch.duplicates.map(({ row, duplicate }) => [row, duplicate.firstRow]));
        computed = null;
        advice = null;
        const { groups, groupCount } = groupErrors(batch.errors);
        return {
          kind: 'read',
          ledger: batch.ledger,
          errorGroups: groups,
          errorGroupCount: groupCount,
          duplicates: batch.duplicates.slice(0, MAX_SHOWN_DUPLICATES),
          rowsWithoutPowerPrice: columns.said.powerUsdPerKwh.filter(Number.isNaN).length,
          matchConfidence: findLeastSure(batch.rows),
        };
      } catch (error) {
        if (error instanceof Cancelled) return { kind: 'cancelled' };
        throw error;
      }
    },

    /** All rows with the scenario. Without IRR while a slider moves; the rows keep their order until `order` is called. */
    compute(scenario: BatchScenario, withIrr: boolean): Computed {
      const batch = mustRead().computer.compute(scenario, { withIrr });
      if (batch.kind === 'invalid') return batch;
      const isFirst = computed === null;
      computed = batch;
      if (isFirst) reorder();
      return {
        kind: 'computed',
        summary: summariseBatch(batch),
        curve: toBreakEvenCurve(batch),
        byMachine: groupRows(batch, machineOf),
        hosted: sumHosted(batch, clientPowerOf),
        hasIrr: withIrr,
      };
    },

    group(by: GroupBy): Grouped {
      return groupRows(mustCompute(), keyOf(by));
    },

    /** Of the scenario that was computed last. */
    advise(
      scenario: BatchScenario,
      options: AdviceOptions,
    ):
      | { kind: 'advised'; advice: Omit<Extract<Advice, { kind: 'ok' }>, 'actOfRow'>; rows: RowView[] }
      | { kind: 'invalid'; errors: FieldError[] } {
      const answer = mustRead().adviser.advise(mustCompute(), scenario, options);
      if (answer.kind === 'invalid') return answer;
      advice = answer;
      const { actOfRow: _actOfRow, ...shown } = answer;
      return { kind: 'advised', advice: shown, rows: answer.rows.map(({ row }) => toRowView(row)) };
    },

    /** Filters, searches and sorts all rows; answers how many there are to show. */
    order(next: RowQuery): number {
      query = next;
      return reorder();
    },

    rows(from: number, to: number): RowView[] {
      return Array.from(order.subarray(Math.max(0, from), Math.max(0, to)), toRowView);
    },

    row(index: number): RowDetail {
      const { machines, results } = mustCompute();
      const { cells, serial, hidden, line } = rowAt(index);
      const { columns } = mustRead().mapping;
      const npvUsd = orNull(results.npvUsd[index]);
      return {
        ...toRowView(index),
        cells: cells.map((cell: Cell, column) => ({ header: columns[column]?.header ?? '', text: toCellText(cell) })),
        serial,
        hidden,
        line,
        minedBtcPerDay: orNull(results.minedBtcPerDay[index]),
        revenueUsdPerDay: orNull(results.revenueUsdPerDay[index]),
        powerUsdPerDay: orNull(results.powerUsdPerDay[index]),
        breakEvenPriceUsdPerBtc: orNull(results.breakEvenPriceUsdPerBtc[index]),
        shutdownMonth: orNull(results.shutdownMonth[index]),
        hosted: computeHostedRow(mustCompute(), index, clientPowerOf(index)),
        keepUsd: npvUsd === null ? null : npvUsd + machines.capexUsd[index]! * machines.count[index]!,
      };
    },

    /** Every row error, for the words of the marked file. */
    errors(): RowError[] {
      return mustRead().batch.errors;
    },

    /** For the simulation; `null`: more different machines than it takes. */
    fleet(): FleetMachine[] | null {
      return toFleetMachines(mustCompute());
    },

    /** The file once more with its problems beside the rows, of the kind it came as. */
    async exportFile(options: Pick<ExportOptions, 'edits' | 'problemHeader' | 'only'> & { problems: [number, string][] }): Promise<Blob> {
      if (table === null) throw new Error('no file is open');
      const { kind } = table.format;
      const write = kind === 'csv' ? exportCsv : exportXlsx;
      const parts: BlobPart[] = [];
      for await (const bytes of write(table, { ...options, mapping: mustRead().mapping, problems: new Map(options.problems) })) {
        parts.push(bytes as Uint8Array<ArrayBuffer>);
      }
      return new Blob(parts, { type: EXPORT_TYPES[kind] });
    },
  };
}
