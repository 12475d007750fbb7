// From a row of a machine list to what it says of one machine, or of each machine of a range; or to what is wrong with it. Pure: what is there
// already is the business of `plan-import.ts`.
import { isTotalText } from '#app/features/batch/mapping/header-words.ts';
import { readNumber } from '#app/features/batch/mapping/read-number.ts';
import { type SourceRow, toCellText } from '#app/features/batch/reading/source-row.ts';
import { readValue } from '#app/features/batch/rows/read-value.ts';
import type { FieldRange } from '#engine/units/fields.ts';
import { MACHINE_RANGES, MAX_MACHINE_TEXT_LENGTH, MAX_TAG_LENGTH, MAX_TAGS, type MachineChange } from '../machines/machine-fields.ts';
import { normaliseTags } from '../machines/normalise.ts';
import type { ImportProblem, ImportProblemCode } from './import-problem.ts';
import type { ImportField } from './import-words.ts';
import { findImportColumn, type ImportMapping } from './map-columns.ts';
import { MAX_RANGE_HOSTS, readHosts } from './read-hosts.ts';

/** What a row says; what its cells leave empty is not said and stays as it is. Names of clients and racks are looked up later. */
export type ImportEntry = {
  row: number;
  line: number;
  given: MachineChange;
  clientName: string | null;
  /** Container and rack, as far as they are named. */
  rackPath: string[];
};

export type RowReading =
  | { kind: 'entries'; entries: ImportEntry[] }
  /** A remark or a sum line: no machine. */
  | { kind: 'skipped' }
  | { kind: 'problems'; problems: ImportProblem[] };

/** What tells which machine a row is about. */
const IDENTITIES = ['serial', 'macAddress', 'host'] as const;
/** "1.23457E+15": what a spreadsheet makes of a long number. */
const DAMAGED_NUMBER = /^\d(?:\.\d+)?e\+\d+$/i;
/** From here on a workbook's numbers lose their last digits. */
const EXACT_NUMBERS_BELOW = 1e15;
const REMARK = /^\s*(?:#|\/\/|;)/;
const POSITION = /^(?:r|row|行)?\s*(\d{1,3})\s*(?:[-x×/,:_]|\s*(?:c|col|列)\s*|\s)\s*(\d{1,3})$/i;
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$/;

export function readEntries(source: SourceRow, mapping: ImportMapping): RowReading {
  if (isRemarkOrSum(source, mapping)) return { kind: 'skipped' };
  const problems: ImportProblem[] = [];
  const fail = (field: ImportField | null, code: ImportProblemCode, details: ImportProblem['details'] = {}) => {
    const column = field === null ? null : findImportColumn(mapping, field);
    const value = column === null ? '' : toCellText(source.cells[column.column] ?? '');
    problems.push({ row: source.row, line: source.line, field, header: column?.header ?? '', value, code, details });
  };
  /** Null: no such column, or a cell that says "none" or "not known". */
  const read = (field: ImportField): string | null => {
    const column = findImportColumn(mapping, field);
    const cell = column === null ? '' : (source.cells[column.column] ?? '');
    if (readNumber(cell, null).kind === 'empty') return null;
    const text = toCellText(cell).trim();
    if (text.length <= MAX_MACHINE_TEXT_LENGTH) return text;
    fail(field, 'too_many', { max: MAX_MACHINE_TEXT_LENGTH });
    return null;
  };
  const readWhole = (field: ImportField, { min, max }: FieldRange): number | null => {
    const text = read(field);
    if (text === null) return null;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    fail(field, 'not_whole', { min, max });
    return null;
  };

  const given: MachineChange = {};
  for (const field of ['serial', 'macAddress', 'worker', 'model'] as const) {
    const text = read(field);
    if (text !== null) given[field] = text;
  }
  if (isDamaged(source, mapping)) fail('serial', 'number_damaged');
  const firmware = [read('firmware'), read('firmwareVersion')].filter((text) => text !== null).join(' ');
  if (firmware !== '') given.firmware = firmware;
  readFigures(source, mapping, given, problems);
  const bought = read('purchasedOn');
  if (bought !== null)
    given.purchasedOn = bought.replace(DAY, (_, year, month, day) => [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'));
  const tags = read('tags');
  if (tags !== null) {
    given.tags = normaliseTags(tags.split(/[,;，；、|]/));
    if (given.tags.length > MAX_TAGS || given.tags.some((tag) => tag.length > MAX_TAG_LENGTH)) fail('tags', 'too_many', { max: MAX_TAGS });
  }
  const rackRow = readWhole('rackRow', MACHINE_RANGES.rackRow);
  const rackColumn = readWhole('rackColumn', MACHINE_RANGES.rackColumn);
  if (rackRow !== null) given.rackRow = rackRow;
  if (rackColumn !== null) given.rackColumn = rackColumn;
  const position = read('position');
  if (position !== null) {
    const [, row, column] = POSITION.exec(position) ?? [];
    if (row === undefined || column === undefined) fail('position', 'bad_position');
    else Object.assign(given, { rackRow: Number(row), rackColumn: Number(column) });
  }
  const count = read('count');
  if (count !== null && Number(count) !== 1) fail('count', 'many_machines');
  const port = readWhole('port', MACHINE_RANGES.port);
  if (port !== null) given.port = port;

  const hosts = readAddress(read('host'), given, fail);
  if (hosts.length === 0 && given.serial === undefined && given.macAddress === undefined) fail(null, 'no_identity');
  if (problems.length > 0) return { kind: 'problems', problems };
  const rack = read('rack')?.split(/\s*[/>\\]\s*/) ?? [];
  const container = rack.length === 1 ? read('container') : null;
  const rackPath = container === null ? rack : [container, ...rack];
  const entry = { row: source.row, line: source.line, clientName: read('client'), rackPath };
  const each = hosts.length === 0 ? [{}] : hosts.map((host) => ({ host }));
  return { kind: 'entries', entries: each.map((host) => ({ ...entry, given: { ...given, ...host } })) };
}

/** "# spare" and "Total" are no machines; "#1" and "Total Farm 1" before an address are. A remark that stands where the address would is one. */
function isRemarkOrSum({ cells }: SourceRow, mapping: ImportMapping): boolean {
  const texts = cells.map((cell) => toCellText(cell).trim());
  const at = texts.findIndex((text) => text !== '');
  const first = texts[at] ?? '';
  if (!REMARK.test(first) && !isTotalText(first)) return false;
  const identities = IDENTITIES.flatMap((field) => findImportColumn(mapping, field)?.column ?? []);
  return identities.includes(at) || identities.every((column) => (texts[column] ?? '') === '');
}

function isDamaged({ cells }: SourceRow, mapping: ImportMapping): boolean {
  const column = findImportColumn(mapping, 'serial');
  const cell = column === null ? '' : (cells[column.column] ?? '');
  return typeof cell === 'number' ? cell >= EXACT_NUMBERS_BELOW : DAMAGED_NUMBER.test(cell.trim());
}

type Fail = (field: ImportField | null, code: ImportProblemCode, details?: ImportProblem['details']) => void;

/** The hosts of the row's address; its port, if it names one, goes into what is given. */
function readAddress(text: string | null, given: MachineChange, fail: Fail): string[] {
  if (text === null) return [];
  const reading = readHosts(text);
  if (reading.kind === 'unreadable') fail('host', 'not_a_host');
  if (reading.kind === 'bad-range') fail('host', 'range_too_long', { max: MAX_RANGE_HOSTS });
  if (reading.kind !== 'hosts') return [];
  if (reading.port !== null) given.port = reading.port;
  const isOne = given.serial !== undefined || given.macAddress !== undefined || given.rackRow !== undefined;
  if (reading.hosts.length > 1 && isOne) fail('host', 'range_with_identity');
  return reading.hosts;
}

/** Hash rate, power and price by the batch room: units, decimal marks, ranges and what is wrong with a cell. */
function readFigures(source: SourceRow, mapping: ImportMapping, given: MachineChange, problems: ImportProblem[]): void {
  for (const field of ['ratedHashrateThs', 'ratedPowerW', 'purchaseUsd'] as const) {
    const column = findImportColumn(mapping, field);
    if (column?.figures == null) continue;
    const reading = readValue(source, column.figures, { cnyPerUsd: null, hashrateThs: given.ratedHashrateThs ?? null });
    if (reading.kind === 'value') given[field] = reading.value;
    if (reading.kind !== 'error') continue;
    const { row, line, header, value, code, range } = reading.error;
    const details: ImportProblem['details'] = range === null ? {} : { min: range.min, max: range.max, unit: range.unit };
    problems.push({ row, line, field, header, value, code, details });
  }
}
