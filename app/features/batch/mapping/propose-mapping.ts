/**
 * From the beginning of a table to a proposal: which column is which field, in which unit, how sure. Headers propose, values decide
 * between readings ("Price" of 0.05 is a power price, of 2,500 a machine's), and every field is given to one column only.
 */
import type { SourceRow } from '../reading/source-row.ts';
import { type BatchField, isTextField, type NumberField } from './batch-field.ts';
import { chooseUnit, type FileCurrency, refusesUnit } from './choose-unit.ts';
import { type ColumnValues, decideMark, listExamples, rateUnits, surveyColumn } from './column-values.ts';
import { isListOfMachines, mayBeCount } from './doubtful-count.ts';
import { unitsOf } from './field-units.ts';
import { findHeader } from './find-header.ts';
import { MISLEADING } from './header-words.ts';
import { ASK_BELOW, type ColumnMapping, type Mapping, type Question } from './mapping.ts';
import { compactHeader, fieldOfUnit, type HeaderReading, readHeader } from './read-header.ts';
import { type DecimalMark, plainText } from './read-number.ts';
import { toFieldUnit } from './read-unit.ts';
import { toShapeKey } from './shape-key.ts';
import { namesForeignMoney, namesPricePerKwh } from './unit-text.ts';
import { needsCnyRate } from './units.ts';

export type ProposalContext = {
  /** Whether a text names a machine of the catalogue: finds the model column of a table without headers. */
  isModel: (text: string) => boolean;
  /** Yuan for a dollar; `null`: not known, and columns in yuan ask for it. */
  cnyPerUsd: number | null;
  /** Row of the header as the user says, `null`: he says there is none; absent: it is guessed. */
  headerRow?: number | null | undefined;
};

/** Share of filled cells that must be numbers before words that are only like ours are believed. */
const NUMBER_SHARE = 0.5;
/** Share of the cells of a column without a header that must be models. */
const MODEL_SHARE = 0.5;
/** Share of the rows that must have a serial number to be single machines. */
const SERIAL_SHARE = 0.5;
/** Rows in which the catalogue is asked. */
const MODEL_SAMPLE = 50;
const BY_VALUES_CONFIDENCE = 0.6;

/** Fields a list can do without: cells that plainly say something else make the column none of them. */
const SECONDARY: ReadonlySet<BatchField> = new Set([
  'efficiencyJPerTh',
  'poolFeeRatio',
  'uptimeRatio',
  'pue',
  'hashrateDecayRatioPerMonth',
  'heldRatio',
  'discountRatioPerYear',
]);
/** "5d 3h", "3天2小时", "100:11:05": how long, and not which share of the time. */
const DURATION = /^\d+\s*(?:d|days?|h|hrs?|hours?|m|mins?|天|日|小?时|分钟?)(?:\s*,?\s*\d|$)|^\d+:\d{2}(?::\d{2})?$/i;
const MAX_DURATION_LENGTH = 40;

type Column = { column: number; header: string; reading: HeaderReading; values: ColumnValues };

function isAmbiguousWord({ fields }: HeaderReading): boolean {
  return fields.length > 1;
}

/** The cells speak of another quantity than the field: an "Efficiency" of 99.8 %, an "Uptime" of five days. */
function contradicts(field: BatchField, { reading, values }: Column): boolean {
  if (isTextField(field) || !SECONDARY.has(field) || reading.unitText !== null) return false;
  if (values.cellUnit !== null && toFieldUnit(field, values.cellUnit) === null) return true;
  const durations = values.cells.filter(
    (cell) => typeof cell === 'string' && cell.length <= MAX_DURATION_LENGTH && DURATION.test(plainText(cell)),
  );
  return values.filled > 0 && durations.length >= NUMBER_SHARE * values.filled;
}

function holdsModel({ values }: Column, isModel: (text: string) => boolean): boolean {
  return values.cells.slice(0, MODEL_SAMPLE).some((cell) => typeof cell === 'string' && isModel(cell));
}

/** Of several meanings of a word the one in whose units the values are most usual; the likelier word wins a tie. */
function chooseField(column: Column, isModel: (text: string) => boolean): BatchField | null {
  const { reading, values } = column;
  const [first] = reading.fields;
  if (first === undefined || contradicts(first, column)) return null;
  const isSure = reading.confidence === 1;
  // "os_type" holds a word of ours; only models in the column make it one of models.
  if (first === 'model' && !isSure && !holdsModel(column, isModel)) return null;
  // "Miners: 12, 30" counts them, or numbers them: see `assignDoubtfulCount`.
  if (first === 'model' && mayBeCount(column, values.filled, isModel)) return null;
  if (!isTextField(first)) {
    if (values.filled > 0 && values.numbers.length < NUMBER_SHARE * values.filled && !isSure) return null;
    if (first === 'count' && values.isRunningNumber && !isSure) return null;
  }
  const wanted = reading.fields.filter((field): field is NumberField => !isTextField(field));
  // "Power Rate (W/T)": what is measured in watts per terahash is an efficiency, whatever it is called.
  const { unit } = reading;
  const byUnit = unit === null || unit === 'machines' ? null : fieldOfUnit(unit);
  if (byUnit !== null && wanted.length > 0 && wanted.every((field) => refusesUnit(field, reading))) return byUnit;
  if (!isAmbiguousWord(reading)) return first;
  if (reading.unitText !== null) {
    const fitting = wanted.find((field) => !refusesUnit(field, reading));
    // A unit that is not understood says nothing about the field, but for what it is paid for.
    const perKwh = namesPricePerKwh(reading.unitText) ? wanted.find((field) => unitsOf(field).includes('USD/kWh')) : undefined;
    return fitting ?? perKwh ?? first;
  }
  // What every cell says is paid, or drawn, is not asked of its size.
  const { cellUnit } = values;
  const said = cellUnit === null ? undefined : wanted.find((field) => toFieldUnit(field, cellUnit) !== null);
  if (said !== undefined && cellUnit !== null && toFieldUnit(wanted[0]!, cellUnit) === null) return said;
  const rated = wanted.map((field) => {
    const [likeliest] = rateUnits(field, values.plain);
    // A word's second meaning must be in the canonical unit: any number is usual in some unit of something.
    const canonical = rateUnits(field, values.plain).find(({ unit }) => unit === 'USD/kWh' || unit === 'CNY/kWh');
    return { field, share: field === first ? (likeliest?.share ?? 1) : (canonical?.share ?? 0) };
  });
  return rated.reduce((best, option) => (option.share > best.share ? option : best)).field;
}

function findCurrency(columns: readonly Column[]): FileCurrency {
  if (columns.some(({ reading }) => reading.fields.length > 0 && reading.unit === null && namesForeignMoney(reading.unitText ?? '')))
    return 'other';
  for (const { reading, values } of columns) {
    if (reading.fields.length === 0) continue;
    const unit = reading.unit ?? values.cellUnit;
    if (unit === null) continue;
    if (needsCnyRate(unit)) return 'CNY';
    if (unit.includes('USD') || unit.includes('USc')) return 'USD';
  }
  return null;
}

function findModelColumn(columns: readonly Column[], isModel: (text: string) => boolean): Column | null {
  return (
    columns.find(({ values }) => {
      const texts = values.cells.slice(0, MODEL_SAMPLE).filter((cell): cell is string => typeof cell === 'string');
      return texts.length > 0 && texts.filter(isModel).length >= MODEL_SHARE * Math.min(values.cells.length, MODEL_SAMPLE);
    }) ?? null
  );
}

/** A hosting rate alone is what power costs whoever sends the list; beside a power price it is what his client pays. */
function splitHostingRate(wanted: Map<BatchField, Column[]>): void {
  const prices = wanted.get('powerUsdPerKwh') ?? [];
  const isRate = ({ reading }: Column) => reading.fields.includes('clientPowerUsdPerKwh');
  const rates = prices.filter(isRate);
  if (rates.length === 0 || rates.length === prices.length) return;
  wanted.set(
    'powerUsdPerKwh',
    prices.filter((column) => !isRate(column)),
  );
  wanted.set('clientPowerUsdPerKwh', [...(wanted.get('clientPowerUsdPerKwh') ?? []), ...rates]);
}

/**
 * Columns whose words are not understood and whose unit is, in the header or in the cells ("Leistung (kW)", "Stk: 12 pcs"), for fields that no word names. They are
 * asked about: a list whose counts are passed over counts every line as one machine.
 */
function assignByUnit(columns: readonly Column[], assigned: Map<number, { field: BatchField; others: number[] }>): number[] {
  const taken = new Set([...assigned.values()].map(({ field }) => field));
  const wanted = new Map<BatchField, number[]>();
  for (const { column, header, reading, values } of columns) {
    if (reading.fields.length > 0 || values.filled === 0) continue;
    const unit = reading.unit ?? values.cellUnit;
    // "Strompreis (ct/kWh)": in which money is asked.
    const perKwh = namesPricePerKwh(reading.unitText ?? '') ? 'powerUsdPerKwh' : null;
    const field = unit === null ? perKwh : fieldOfUnit(unit);
    if (field === null || taken.has(field) || MISLEADING.test(compactHeader(header))) continue;
    if (values.numbers.length < NUMBER_SHARE * values.filled) continue;
    wanted.set(field, [...(wanted.get(field) ?? []), column]);
  }
  for (const [field, [column, ...others]] of wanted) assigned.set(column!, { field, others });
  return [...wanted.values()].map(([column]) => column!);
}

/** Where no column counts the machines: those that may, the first of them asked about. A list of single machines, each with its own number or address, needs none. */
function assignDoubtfulCount(
  columns: readonly Column[],
  rows: readonly SourceRow[],
  assigned: Map<number, { field: BatchField; others: number[] }>,
  isModel: (text: string) => boolean,
): number | null {
  const columnOf = (field: BatchField) => columns.find(({ column }) => assigned.get(column)?.field === field);
  const serials = columnOf('serial')?.values.filled ?? 0;
  if (columnOf('count') !== undefined || serials > SERIAL_SHARE * rows.length || isListOfMachines(rows)) return null;
  const [first, ...others] = columns.filter((column) => !assigned.has(column.column) && mayBeCount(column, rows.length, isModel));
  if (first === undefined) return null;
  assigned.set(first.column, { field: 'count', others: others.map(({ column }) => column) });
  return first.column;
}

/** For each field the column whose words are surest, the first of equals; the others are named in its question. */
function assign(columns: readonly Column[], isModel: (text: string) => boolean): Map<number, { field: BatchField; others: number[] }> {
  const wanted = new Map<BatchField, Column[]>();
  for (const column of columns) {
    const field = chooseField(column, isModel);
    if (field !== null) wanted.set(field, [...(wanted.get(field) ?? []), column]);
  }
  splitHostingRate(wanted);
  const assigned = new Map<number, { field: BatchField; others: number[] }>();
  for (const [field, rivals] of wanted) {
    const filled = rivals.filter(({ values }) => values.filled > 0);
    // Of two columns that are headed as models the one that holds some.
    const named = field === 'model' && filled.length > 1 ? filled.filter((column) => holdsModel(column, isModel)) : [];
    const [winner, ...others] = (named.length > 0 ? named : filled.length > 0 ? filled : rivals).sort(
      (a, b) => b.reading.confidence - a.reading.confidence || a.column - b.column,
    );
    assigned.set(winner!.column, { field, others: others.map(({ column }) => column) });
  }
  return assigned;
}

function toColumnMapping(
  column: Column,
  assigned: { field: BatchField; others: number[] } | undefined,
  context: { currency: FileCurrency; cnyPerUsd: number | null; byValues: boolean; isDoubtfulCount: boolean },
): ColumnMapping {
  const { header, reading, values } = column;
  const shown = { column: column.column, header, decimalMark: values.decimalMark, examples: listExamples(values) };
  if (assigned === undefined) {
    return { ...shown, field: null, unit: null, confidence: 0, inferredFrom: 'none', questions: [] };
  }
  const { field, others } = assigned;
  const questions: Question[] = others.length > 0 ? [{ kind: 'field', others }] : [];
  const fieldConfidence = context.byValues ? BY_VALUES_CONFIDENCE : reading.confidence;
  if (context.isDoubtfulCount) questions.push({ kind: 'quantity' });
  else if (fieldConfidence < ASK_BELOW) questions.push({ kind: 'meaning', fields: reading.fields.length > 0 ? reading.fields : [field] });
  const inferredFrom = context.byValues ? 'values' : 'header';
  if (isTextField(field)) return { ...shown, field, unit: null, confidence: fieldConfidence, inferredFrom, questions };
  const isChinese = /\p{Script=Han}/u.test(header);
  const choice = chooseUnit(field, reading, values, { currency: context.currency, isChinese });
  if (choice.question !== null) questions.push(choice.question);
  if (values.ambiguousExample !== null) questions.push({ kind: 'decimal_mark', example: values.ambiguousExample });
  if (needsCnyRate(choice.unit) && context.cnyPerUsd === null) questions.push({ kind: 'rate' });
  const confidence = Math.min(fieldConfidence, choice.confidence, values.ambiguousExample === null ? 1 : BY_VALUES_CONFIDENCE);
  return { ...shown, field, unit: choice.unit, confidence, inferredFrom: choice.inferredFrom, questions };
}

/** The mark that the texts of the number columns use; `null` when none tells or two columns differ. A firmware "2.1" has no say. */
function findFileMark(columns: readonly Column[], assigned: ReadonlyMap<number, { field: BatchField }>): DecimalMark | null {
  const marks = new Set<DecimalMark>();
  for (const { column, values } of columns) {
    const field = assigned.get(column)?.field;
    if (field === undefined || isTextField(field)) continue;
    const { mark } = decideMark(values.cells);
    if (mark !== null) marks.add(mark);
  }
  const [only] = marks;
  return marks.size === 1 ? only! : null;
}

/** `sample`: the first rows of the file that hold anything (`readSample`). Throws `UnreadableFile` when it has not the row that is said to be the header. */
export function proposeMapping(sample: readonly SourceRow[], context: ProposalContext): Mapping {
  const header = findHeader(sample, { isModel: context.isModel, chosenRow: context.headerRow });
  const rows = sample.filter(({ row }) => row > header.lastRow);
  const width = Math.max(header.texts.length, ...rows.map(({ cells }) => cells.length), 0);
  const survey = (fileMark: DecimalMark | null) =>
    Array.from({ length: width }, (_, column): Column => {
      const text = header.texts[column] ?? '';
      return { column, header: text, reading: readHeader(text), values: surveyColumn(rows, column, fileMark) };
    });
  // Which columns hold figures decides the mark, and the mark what the figures are.
  const unmarked = survey(null);
  const fileMark = findFileMark(unmarked, assign(unmarked, context.isModel));
  const columns = fileMark === null ? unmarked : survey(fileMark);
  const assigned = assign(columns, context.isModel);
  const byValues = new Set<number>(assignByUnit(columns, assigned));
  if (![...assigned.values()].some(({ field }) => field === 'model')) {
    const model = findModelColumn(columns, context.isModel);
    if (model !== null) {
      assigned.set(model.column, { field: 'model', others: [] });
      byValues.add(model.column);
    }
  }
  const doubtfulCount = assignDoubtfulCount(columns, rows, assigned, context.isModel);
  if (doubtfulCount !== null) byValues.add(doubtfulCount);
  const currency = findCurrency(columns);
  return {
    headerRow: header.row,
    lastHeaderRow: header.lastRow,
    shapeKey: toShapeKey(header.texts, width),
    columns: columns.map((column) =>
      toColumnMapping(column, assigned.get(column.column), {
        currency,
        cnyPerUsd: context.cnyPerUsd,
        byValues: byValues.has(column.column),
        isDoubtfulCount: column.column === doubtfulCount,
      }),
    ),
  };
}
