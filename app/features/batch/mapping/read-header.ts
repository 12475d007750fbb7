/** One header cell: which fields it may mean, and which unit it names. Pure text work; the values have their say in `propose-mapping.ts`. */
import { BATCH_FIELDS, type BatchField } from './batch-field.ts';
import { HEADER_WORDS, MISLEADING } from './header-words.ts';
import { readUnit } from './read-unit.ts';
import { looksLikeUnit, namesPricePerKwh, readBracket } from './unit-text.ts';
import { type Dimension, dimensionOf, type Unit } from './units.ts';

export type HeaderReading = {
  /** In order of likelihood; empty: not understood. */
  fields: readonly BatchField[];
  unit: Unit | null;
  /** What the header says where a unit stands, as written; `null`: nothing. Beside `unit: null` it is a unit that is not known here. */
  unitText: string | null;
  /** The words themselves say "for one TH/s". */
  perThs: boolean;
  /** 0..1: how sure the words are; 1 is a word of the list as it stands. */
  confidence: number;
};

const EXACT = 1;
const WITH_TAIL = 0.95;
const UNIT_ALONE = 0.8;
const WITH_TYPO = 0.75;
const CONTAINED = 0.6;

const NOTHING: HeaderReading = { fields: [], unit: null, unitText: null, perThs: false, confidence: 0 };
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
  count: 'count',
};

/** The field that figures in this unit speak of, whatever the words are; `null`: a unit of several. */
export function fieldOfUnit(unit: Unit): BatchField | null {
  return FIELD_OF_DIMENSION[dimensionOf(unit)] ?? null;
}

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
  // A sign alone stands in other words: 件 in 固件, the firmware.
  for (const word of HEADER_WORDS.keys()) if (word.length > 1 && /\p{Script=Han}/u.test(word) && compact.includes(word)) yield word;
}

function findContained(base: string, compact: string): readonly BatchField[] | null {
  if (MISLEADING.test(compact)) return null;
  let longest = '';
  for (const word of listContained(base, compact)) if (HEADER_WORDS.has(word) && word.length > longest.length) longest = word;
  return HEADER_WORDS.get(longest) ?? null;
}

/** "型号 Model", "数量/Qty": the same said twice; what both words may mean. */
function findTwice(base: string): readonly BatchField[] | null {
  const behind = base.replace(/\p{Script=Han}+/gu, ' ');
  // "算力TH/s" is a word and its unit.
  if (readUnit(behind.trim()) !== null) return null;
  const han = HEADER_WORDS.get(base.replace(/[^\p{Script=Han}]+/gu, ''));
  const latin = HEADER_WORDS.get(compactHeader(behind));
  const both = han?.filter((field) => latin?.includes(field)) ?? [];
  return both.length > 0 ? both : null;
}

/** Every way to cut a header in a word and a unit behind it: at spaces and signs, and between scripts ("算力TH/s"). */
function* cutTails(base: string): Generator<[string, string]> {
  for (const match of base.matchAll(/[\s/_:：\-—,，|]+|(?<=\p{Script=Han})(?=[\x21-\x7e¥￥])|(?<=[\x21-\x7e])(?=\p{Script=Han})/gu)) {
    yield [base.slice(0, match.index), base.slice(match.index + match[0].length)];
  }
}

type Named = Pick<HeaderReading, 'unit' | 'unitText'>;

/** The unit in the brackets; where none is known, the text that stands in its place. "Hashrate (avg)" and "算力 (Hashrate)" name none. */
function readBrackets(text: string): Named {
  let unknown: string | null = null;
  for (const [, inner] of text.matchAll(BRACKETS)) {
    const { unit, rest } = readBracket(inner!);
    if (unit !== null) return { unit, unitText: inner!.trim() };
    if (rest !== '' && !HEADER_WORDS.has(compactHeader(rest))) unknown ??= inner!.trim();
  }
  return { unit: null, unitText: unknown };
}

/** A unit somewhere at the end; a known one before one that only looks like it. */
function readTail(base: string): Named {
  let unknown: string | null = null;
  for (const [, tail] of cutTails(base)) {
    const unit = readUnit(tail);
    // "power of a machine" is not measured in machines.
    if (unit !== null && unit !== 'machines') return { unit, unitText: tail };
    if (unit === null && looksLikeUnit(tail)) unknown ??= tail;
  }
  return { unit: null, unitText: unknown };
}

const PER_THS = /perth|pert$|(?:price|cost)t(?:hs?)?$|每t|^单?t(?:单价|价)/;
const PER_YEAR = /年(?!份)|annual|yearly|peryear|perannum/;
const PER_DAY = /每[天日]|perday|daily/;
/** A period in the words and not in the unit: "Annual decay (%)" is one per year. */
const IN_PERIOD: Partial<Record<Unit, { year?: Unit; day?: Unit }>> = {
  '%': { year: '%/year' },
  ratio: { year: 'ratio/year' },
  USD: { year: 'USD/year', day: 'USD/day' },
  CNY: { year: 'CNY/year', day: 'CNY/day' },
};
/** Fields that the engine takes for a month: what is said of another period is another unit. */
const MONTHLY: readonly BatchField[] = ['hashrateDecayRatioPerMonth', 'hostingFeeUsdPerMonth', 'maintenanceUsdPerMonth'];

/** The unit as the words of the header mean it. */
function inWords(
  fields: readonly BatchField[],
  compact: string,
  header: string,
  named: Named,
): Pick<HeaderReading, 'unit' | 'unitText' | 'perThs'> {
  const perThs = PER_THS.test(compact);
  // "Price / TH" says for what, and not in what.
  if (perThs && named.unit === 'TH/s') return { unit: null, unitText: null, perThs };
  const period = PER_YEAR.test(compact) ? 'year' : PER_DAY.test(compact) ? 'day' : null;
  if (period === null || !fields.some((field) => MONTHLY.includes(field))) return { ...named, perThs };
  if (named.unit === null) return { unit: null, unitText: named.unitText ?? header, perThs };
  return { unit: IN_PERIOD[named.unit]?.[period] ?? named.unit, unitText: named.unitText, perThs };
}

/** What the header means by its words. */
export function readHeader(header: string): HeaderReading {
  const text = header.normalize('NFKC').trim();
  if (text === '' || text.length > MAX_HEADER_LENGTH) return NOTHING;
  const own = OWN_NAMES.get(text.replace(BRACKETS, '').toLowerCase().replace(/[\s_]/g, ''));
  const bracketed = readBrackets(text);
  if (own !== undefined) return { ...bracketed, fields: [own], perThs: false, confidence: EXACT };
  const base = splitWords(text.replace(BRACKETS, ' ')).trim();
  const compact = compactHeader(base);
  const understood = (fields: readonly BatchField[], confidence: number, named: Named): HeaderReading => ({
    ...inWords(fields, compact, text, named),
    fields,
    confidence,
  });
  const exact = HEADER_WORDS.get(compact);
  if (exact !== undefined) return understood(exact, EXACT, bracketed);
  const twice = findTwice(base);
  if (twice !== null) return understood(twice, WITH_TAIL, bracketed);
  const alone = readUnit(base) ?? (compact === '' ? bracketed.unit : null);
  const aloneField = alone === null ? undefined : FIELD_OF_DIMENSION[dimensionOf(alone)];
  if (aloneField !== undefined) return { fields: [aloneField], unit: alone, unitText: text, perThs: false, confidence: UNIT_ALONE };
  for (const isTail of [(tail: string) => readUnit(tail) !== null, looksLikeUnit]) {
    for (const [word, tail] of cutTails(base)) {
      const fields = HEADER_WORDS.get(compactHeader(word));
      if (fields !== undefined && isTail(tail)) return understood(fields, WITH_TAIL, { unit: readUnit(tail), unitText: tail });
    }
  }
  const typo = findTypo(compact);
  if (typo !== null) return understood(typo, WITH_TYPO, bracketed);
  const contained = findContained(base, compact);
  const named = bracketed.unitText === null ? readTail(base) : bracketed;
  if (contained !== null) return understood(contained, CONTAINED, named);
  // "Цена руб/кВт·ч": what is paid for power is not passed over because its word is not known.
  if (bracketed.unitText === null && namesPricePerKwh(base)) return { ...NOTHING, unitText: base };
  return { ...NOTHING, ...bracketed };
}
