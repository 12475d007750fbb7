/**
 * A row of the file to the engine's inputs, or everything that is wrong with it. Nothing that the file says wrongly becomes a default; what
 * it does not say comes from the scenario's defaults, or from the catalogue by model (hash rate and power).
 */
import { FIELDS } from '#engine/units/fields.ts';
import type { NumberField } from '../mapping/batch-field.ts';
import { findColumn, listNumberColumns, type Mapping } from '../mapping/mapping.ts';
import { isEmptyText, plainText, readNumber } from '../mapping/read-number.ts';
import type { MachineFigures, MachineMatch } from '../matching/match-model.ts';
import type { ModelMatcher } from '../matching/model-matcher.ts';
import type { NamedCount } from '../matching/named-count.ts';
import { type Cell, type SourceRow, toCellText } from '../reading/source-row.ts';
import type { BatchRow, RowDefaults, RowInputs, RowNote } from './batch-row.ts';
import { findDerivedPowerError, type NumberColumn, readValue, toRowError } from './read-value.ts';
import type { RowError } from './row-error.ts';
import { createSideLineFinder, type SideLine } from './side-line.ts';

export type RowContext = {
  mapping: Mapping;
  matcher: ModelMatcher;
  defaults: RowDefaults;
  /** Yuan for one dollar; `null`: not known. */
  cnyPerUsd: number | null;
};

export type RowReading =
  | { kind: 'ok'; row: BatchRow }
  | { kind: 'error'; errors: RowError[] }
  | { kind: 'side_line'; line: SideLine; errors: RowError[] };

/** W per TH/s beyond which a machine is worth a look: a SHA-256 machine of 2026 has 9, an S9 98. */
const USUAL_EFFICIENCY_J_PER_TH = { min: 7, max: 250 };
/** Share by which a file's figure may differ from the catalogue's without a note: tuning and firmware reach it, another machine exceeds it. */
const NOTED_DIFFERENCE = 0.25;

/** Share by which the figures of a line may differ from those of all its machines by the catalogue; two machines are twice one. */
const WHOLE_LINE_TOLERANCE = 0.1;

/** Spreadsheets keep fifteen digits of a number. */
const MAX_EXACT_NUMBER = 999_999_999_999_999;

type Values = Partial<Record<NumberField, number>>;

function cellText(source: SourceRow, column: number | null): string | null {
  if (column === null) return null;
  const text = plainText(toCellText(source.cells[column] ?? ''));
  return text === '' || text === '-' || text === '—' ? null : text;
}

/** "N/A", "无" and 0 are on many machines and are no serial number of any. */
function readSerial(source: SourceRow, column: number | null): string | null {
  const text = cellText(source, column);
  return text === null || isEmptyText(text) || /^0+$/.test(text) ? null : text;
}

/** "1.23457E+15", or a number of more digits than a spreadsheet keeps: many machines' serial numbers have become the same. */
function isRounded(serial: string, cell: Cell): boolean {
  return /^\d(?:[.,]\d+)?e\+?\d{1,3}$/i.test(serial) || (typeof cell === 'number' && cell > MAX_EXACT_NUMBER);
}

function differs(value: number | undefined, rated: number): boolean {
  return value !== undefined && Math.abs(value - rated) > NOTED_DIFFERENCE * rated;
}

function listNotes(inputs: RowInputs, values: Values, match: MachineMatch | null): RowNote[] {
  const notes: RowNote[] = [];
  const efficiency = inputs.powerW / inputs.hashrateThs;
  if (efficiency < USUAL_EFFICIENCY_J_PER_TH.min || efficiency > USUAL_EFFICIENCY_J_PER_TH.max) notes.push('unusual_efficiency');
  if (match !== null && (differs(values.hashrateThs, match.machine.hashrateThs) || differs(values.powerW, match.machine.powerW))) {
    notes.push('differs_from_catalogue');
  }
  return notes;
}

type Machine = { hashrateThs: number; powerW: number; match: MachineMatch | null; fromCatalogue: ('hashrateThs' | 'powerW')[] };

/** Hash rate and power of a row, from its cells and where these are silent from the catalogue. */
function resolveMachine(
  values: Values,
  model: string | null,
  matcher: ModelMatcher,
): Machine | { missing: 'model' | 'figures'; suggestions: string[] } {
  const hashrateThs = values.hashrateThs ?? null;
  const derived = values.powerW ?? null;
  const efficiency = values.efficiencyJPerTh ?? null;
  const powerW = derived ?? (efficiency !== null && hashrateThs !== null ? efficiency * hashrateThs : null);
  const figures: MachineFigures = { hashrateThs, powerW };
  if (model === null) {
    if (hashrateThs === null || powerW === null) return { missing: 'figures', suggestions: [] };
    return { hashrateThs, powerW, match: matcher.matchFigures(figures), fromCatalogue: [] };
  }
  const answer = matcher.match(model, figures);
  if (answer.kind === 'unknown') {
    // With its own figures a machine need not be in the catalogue.
    if (hashrateThs !== null && powerW !== null) return { hashrateThs, powerW, match: null, fromCatalogue: [] };
    return { missing: 'model', suggestions: answer.suggestions.map(({ name }) => name) };
  }
  const { match } = answer;
  const resolvedThs = hashrateThs ?? match.namedHashrateThs ?? match.machine.hashrateThs;
  // A bin that the catalogue does not have draws what its model draws per TH/s.
  const ratedW = match.namedHashrateThs === null ? match.machine.powerW : match.machine.efficiencyJPerTh * match.namedHashrateThs;
  return {
    hashrateThs: resolvedThs,
    powerW: powerW ?? (efficiency === null ? ratedW : efficiency * resolvedThs),
    match,
    fromCatalogue: [
      ...(hashrateThs === null ? (['hashrateThs'] as const) : []),
      ...(powerW === null && efficiency === null ? (['powerW'] as const) : []),
    ],
  };
}

/** A reader of rows for one table. Pure; about 5 µs a row once its model is known. */
export function createRowReader({ mapping, matcher, defaults, cnyPerUsd }: RowContext): (source: SourceRow) => RowReading {
  const numberColumns = listNumberColumns(mapping);
  const columnOf = new Map(numberColumns.map((column) => [column.field, column]));
  const modelColumn = findColumn(mapping, 'model');
  const serialColumn = findColumn(mapping, 'serial');
  const findSideLine = createSideLineFinder(mapping, matcher.isModel);
  const machineColumns = numberColumns.filter(({ field }) => field === 'hashrateThs' || field === 'powerW' || field === 'efficiencyJPerTh');
  const otherColumns = numberColumns.filter((column) => !machineColumns.includes(column));

  const readAll = (
    source: SourceRow,
    columns: readonly NumberColumn[],
    hashrateThs: number | null,
    values: Values,
    errors: RowError[],
    notes: Set<RowNote>,
  ) => {
    for (const column of columns) {
      const reading = readValue(source, column, { cnyPerUsd, hashrateThs });
      if (reading.kind === 'value') values[column.field] = reading.value;
      else if (reading.kind === 'error') errors.push(reading.error);
      if (reading.kind !== 'error' && reading.note !== null) notes.add(reading.note);
    }
  };

  /** What is wrong when hash rate or power is neither in the row nor to be found. */
  const reportMissing = (
    source: SourceRow,
    missing: 'model' | 'figures',
    suggestions: string[],
    values: Values,
    named: NamedCount | null,
  ): RowError[] => {
    if (missing === 'model') {
      if (readNumber(source.cells[modelColumn!.column] ?? '', null).kind === 'formula_error')
        return [toRowError(source, modelColumn, { code: 'formula_error' })];
      // Who takes a name that is offered keeps the quantity he wrote into his.
      const names = suggestions.map((name) => (named === null ? name : `${named.count}x ${name}`));
      const suggestion = names.length > 0 ? ({ kind: 'machines', names } as const) : null;
      return [toRowError(source, modelColumn, { code: 'model_unknown', suggestion })];
    }
    if (modelColumn !== null) return [toRowError(source, modelColumn, { code: 'missing_for_model' })];
    return (['hashrateThs', 'powerW'] as const)
      .filter((field) => values[field] === undefined)
      .map((field) => ({ ...toRowError(source, columnOf.get(field) ?? null, { code: 'missing' }), field }));
  };

  /** Figures that are those of all machines of the line together: "S19, 10, 950" is ten machines of 95 TH/s and not of 950. */
  const listWholeLines = (source: SourceRow, model: string | null, values: Values): RowError[] => {
    const count = values.count ?? 1;
    if (model === null || count < 2) return [];
    const answer = matcher.match(model, { hashrateThs: null, powerW: null });
    if (answer.kind === 'unknown') return [];
    const { machine } = answer.match;
    return (['hashrateThs', 'powerW'] as const).flatMap((field): RowError[] => {
      const value = values[field];
      if (value === undefined || Math.abs(value - count * machine[field]) > WHOLE_LINE_TOLERANCE * value) return [];
      const one = `${Number((value / count).toPrecision(6))} ${field === 'powerW' ? 'W' : 'TH/s'}`;
      return [toRowError(source, columnOf.get(field) ?? null, { code: 'whole_line', suggestion: { kind: 'value', value: one } })];
    });
  };

  /** The quantity in the name where no column says one; two that differ are both in error, each with the other offered. */
  const settleCount = (source: SourceRow, named: NamedCount | null, values: Values, notes: Set<RowNote>): RowError[] => {
    if (named === null || named.count === values.count) return [];
    const { max, min, minExclusive } = FIELDS.count;
    if (named.count > max) {
      return [toRowError(source, modelColumn, { code: 'out_of_range', range: { min, max, minExclusive, unit: 'machines' } })];
    }
    if (values.count !== undefined) {
      return [
        toRowError(source, columnOf.get('count') ?? null, {
          code: 'count_conflict',
          suggestion: { kind: 'value', value: String(named.count) },
        }),
        toRowError(source, modelColumn, { code: 'count_in_name', suggestion: { kind: 'value', value: named.name } }),
      ];
    }
    values.count = named.count;
    notes.delete('blank_count');
    notes.add('count_from_name');
    return [];
  };

  return (source) => {
    const side = findSideLine(source);
    if (side !== null) {
      // A second table is not taken for one line too many.
      const suggestion = side === 'other_header' ? null : ({ kind: 'leave_out' } as const);
      return { kind: 'side_line', line: side, errors: [toRowError(source, null, { code: side, suggestion })] };
    }
    const errors: RowError[] = [];
    const values: Values = {};
    const noted = new Set<RowNote>();
    readAll(source, machineColumns, null, values, errors, noted);
    const written = cellText(source, modelColumn?.column ?? null);
    const named = written === null ? null : matcher.readCount(written);
    const model = named?.name ?? written;
    const hasMachineError = errors.length > 0;
    const machine = resolveMachine(values, model, matcher);
    readAll(source, otherColumns, 'missing' in machine ? (values.hashrateThs ?? null) : machine.hashrateThs, values, errors, noted);
    // A quantity that is in error is reported once, not as disagreeing as well.
    if (!errors.some(({ field }) => field === 'count')) errors.push(...settleCount(source, named, values, noted));
    errors.push(...listWholeLines(source, model, values));
    // A cell that is wrong is reported once, not as missing as well.
    if ('missing' in machine && !hasMachineError)
      errors.push(...reportMissing(source, machine.missing, machine.suggestions, values, named));
    const efficiencyColumn = columnOf.get('efficiencyJPerTh');
    if (!('missing' in machine) && values.powerW === undefined && values.efficiencyJPerTh !== undefined && efficiencyColumn !== undefined) {
      const derivedError = findDerivedPowerError(source, efficiencyColumn, machine);
      if (derivedError !== null) errors.push(derivedError);
    }
    const powerUsdPerKwh = values.powerUsdPerKwh ?? defaults.powerUsdPerKwh;
    if (powerUsdPerKwh === null && !errors.some(({ field }) => field === 'powerUsdPerKwh')) {
      errors.push({ ...toRowError(source, columnOf.get('powerUsdPerKwh') ?? null, { code: 'missing' }), field: 'powerUsdPerKwh' });
    }
    if (errors.length > 0 || 'missing' in machine || powerUsdPerKwh === null) return { kind: 'error', errors };
    const serial = readSerial(source, serialColumn?.column ?? null);
    const isCut = serial !== null && serialColumn !== null && isRounded(serial, source.cells[serialColumn.column] ?? '');
    if (isCut) noted.add('rounded_serial');
    const { efficiencyJPerTh: _, ...engineValues } = values;
    const inputs: RowInputs = { ...defaults, ...engineValues, powerUsdPerKwh, hashrateThs: machine.hashrateThs, powerW: machine.powerW };
    return {
      kind: 'ok',
      row: {
        row: source.row,
        line: source.line,
        hidden: source.hidden,
        model,
        serial: isCut ? null : serial,
        match: machine.match,
        fromCatalogue: machine.fromCatalogue,
        inputs,
        notes: [...noted, ...listNotes(inputs, values, machine.match)],
        cells: source.cells,
      },
    };
  };
}
