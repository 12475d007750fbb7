/** One header cell: which fields it may mean, and which unit it names. Pure text work; the values have their say in `propose-mapping.ts`. */
import { BATCH_FIELDS, type BatchField } from './batch-field.ts';
import { HEADER_WORDS, MISLEADING } from './header-words.ts';
import { readUnit } from './read-unit.ts';
import { type Dimension, dimensionOf, type Unit } from './units.ts';

export type HeaderReading = {
  /** In order of likelihood; empty: not understood. */
  fields: readonly BatchField[];
  unit: Unit | null;
  /** 0..1: how sure the words are; 1 is a word of the list as it stands. */
  confidence: number;
};

const EXACT = 1;
const WITH_TAIL = 0.95;
const UNIT_ALONE = 0.8;
const WITH_TYPO = 0.75;
const CONTAINED = 0.6;

const NOTHING: HeaderReading = { fields: [], unit: null, confidence: 0 };
/** Longer headers are sentences. */
const MAX_HEADER_LENGTH = 120;
const MIN_TYPO_LENGTH = 6;

const OWN_NAMES: ReadonlyMap<string, BatchField> = new Map(BATCH_FIELDS.map((field) => [field.toLowerCase(), field]));

/** A unit alone in a header says what the column is. */
const FIELD_OF_DIMENSION: Partial<Record<Dimension, BatchField>> = {
  hashrate: 'hashrateThs',
  power: 'powerW',
  efficiency: 'efficiencyJPerTh',
  powerPrice: 'powerUsdPerKwh',
};

/** "Power Cost" and "power_cost" -> "powercost". */
export function compactHeader(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%$¥]+/gu, '');
}

/** "DecayRate" -> "Decay Rate", "powerUsdPerKwh" -> "power Usd Per Kwh"; "kWh" and "TH/s" stay. */
function splitWords(text: string): string {
  return text.replace(/([a-z]{2})([A-Z])/g, '$1 $2');
}

const BRACKETS = /[([{【「（]([^)\]}】」）]*)[)\]}】」）]/g;

/** One insertion, deletion or replacement apart. O(length). */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}

function findTypo(compact: string): readonly BatchField[] | null {
  if (compact.length < MIN_TYPO_LENGTH) return null;
  for (const [word, fields] of HEADER_WORDS) if (word.length >= MIN_TYPO_LENGTH && isOneEditApart(compact, word)) return fields;
  return null;
}

/** Words in a row, "rated power" in "Rated Power of machine", as the list has them; Chinese words wherever they stand. */
function* listContained(base: string, compact: string): Generator<string> {
  const tokens = base
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  for (let start = 0; start < tokens.length; start++) {
    for (let end = start + 1; end <= tokens.length; end++) yield tokens.slice(start, end).join('');
  }
  for (const word of HEADER_WORDS.keys()) if (/\p{Script=Han}/u.test(word) && compact.includes(word)) yield word;
}

function findContained(base: string, compact: string): readonly BatchField[] | null {
  if (MISLEADING.test(compact)) return null;
  let longest = '';
  for (const word of listContained(base, compact)) if (HEADER_WORDS.has(word) && word.length > longest.length) longest = word;
  return HEADER_WORDS.get(longest) ?? null;
}

/** Every way to cut a header in a word and a unit behind it: at spaces and signs, and between scripts ("算力TH/s"). */
function* cutTails(base: string): Generator<[string, string]> {
  for (const match of base.matchAll(/[\s/_:：\-—,，|]+|(?<=\p{Script=Han})(?=[\x21-\x7e¥￥])|(?<=[\x21-\x7e])(?=\p{Script=Han})/gu)) {
    yield [base.slice(0, match.index), base.slice(match.index + match[0].length)];
  }
}

/** What the header means by its words. */
export function readHeader(header: string): HeaderReading {
  const text = header.normalize('NFKC').trim();
  if (text === '' || text.length > MAX_HEADER_LENGTH) return NOTHING;
  const own = OWN_NAMES.get(text.toLowerCase().replace(/[\s_]/g, ''));
  let unit: Unit | null = null;
  for (const [, inner] of text.matchAll(BRACKETS)) unit ??= readUnit(inner!);
  if (own !== undefined) return { fields: [own], unit, confidence: EXACT };
  const base = splitWords(text.replace(BRACKETS, ' ')).trim();
  const compact = compactHeader(base);
  const exact = HEADER_WORDS.get(compact);
  if (exact !== undefined) return { fields: exact, unit, confidence: EXACT };
  const alone = readUnit(base) ?? (compact === '' ? unit : null);
  const aloneField = alone === null ? undefined : FIELD_OF_DIMENSION[dimensionOf(alone)];
  if (aloneField !== undefined) return { fields: [aloneField], unit: alone, confidence: UNIT_ALONE };
  for (const [word, tail] of cutTails(base)) {
    const fields = HEADER_WORDS.get(compactHeader(word));
    const tailUnit = readUnit(tail);
    if (fields !== undefined && tailUnit !== null) return { fields, unit: tailUnit, confidence: WITH_TAIL };
  }
  const typo = findTypo(compact);
  if (typo !== null) return { fields: typo, unit, confidence: WITH_TYPO };
  const contained = findContained(base, compact);
  if (contained !== null) return { fields: contained, unit: unit ?? readTailUnit(base), confidence: CONTAINED };
  return { ...NOTHING, unit };
}

function readTailUnit(base: string): Unit | null {
  for (const [, tail] of cutTails(base)) {
    const unit = readUnit(tail);
    // "power of a machine" is not measured in machines.
    if (unit !== null && unit !== 'machines') return unit;
  }
  return null;
}
