/**
 * Columns that may say how many machines a row is although neither a word nor a unit says so: small whole numbers under a header that is not known. A list whose counts are
 * passed over counts every line as one machine, so they are asked about; what plainly counts or numbers something else is not.
 */
import type { SourceRow } from '../reading/source-row.ts';
import { toCellText } from '../reading/source-row.ts';
import type { ColumnValues } from './column-values.ts';
import { MISLEADING } from './header-words.ts';
import { compactHeader, type HeaderReading } from './read-header.ts';

type Column = { header: string; reading: HeaderReading; values: ColumnValues };

/** What is numbered or counted of one machine or of its place, as words of a header. */
const OTHER_WORDS = new Set(
  (
    'id idx index pos position row rack racks shelf slot bay level layer line container building hall floor room zone aisle section place spot pdu port ports vlan subnet phase circuit breaker switch ' +
    'year years age month months week weeks day days hours warranty term period date time elapsed priority rank grade score rating tier version firmware fw batch lot group ' +
    'voltage volt volts v amp amps ampere current frequency freq mhz hz chip chips asic asics board boards hashboard hashboards psu psus ' +
    'error errors reject rejects rejected accepted stale shares hw restarts reboots offline size weight kg noise db nm zip code key tag invoice order po page ' +
    'jahr jahre regal reihe platz fach monat monate alter spannung garantie lfd lfdnr position halle ' +
    'год года ряд стойка полка место порт гарантия месяц зал этаж año mes fila garantía année mois rangée garantie'
  ).split(' '),
);
const OTHER_HAN =
  /[编編序行货贷]号|机架|货架|机柜|机位|位置|端口|楼|区|仓|库房|层|排|第|年|月|日|天|时|质保|保修|电压|电流|频率|芯片|板|电源|版本|固件|批次|等级|优先|错误|拒绝|重启|噪音|重量|尺寸|代码|邮编|票号|单号|编码/;
/** Of these the word says for how many, not what: a "Total" of whole numbers may be the machines of the line. */
const OF_ALL = /total|sum|fleet|总|合计|累计/g;

const MAX_COUNT = 10_000;
/** At least half of the counts of a list are no larger: watts and prices are. */
const USUAL_COUNT = 500;
/** Share of the filled cells that must be small whole numbers. */
const COUNT_SHARE = 0.9;
/** Share of the rows in which the column must be filled. */
const FILLED_SHARE = 0.5;
const YEARS = { from: 1990, to: 2100 };
/** As few as these may grow from row to row by chance. */
const MAX_CHANCE_ROWS = 4;

function isOtherHeader(header: string): boolean {
  const words = header
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  const compact = compactHeader(header);
  return words.some((word) => OTHER_WORDS.has(word)) || OTHER_HAN.test(compact) || MISLEADING.test(compact.replace(OF_ALL, ''));
}

/** 7, 8, 9 or 101, 205, 317: what only grows numbers the lines. */
function isNumbering(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((value, index) => value - numbers[index]!);
  if (steps.length < 2) return false;
  return steps.every((step) => step === 1) || (numbers.length > MAX_CHANCE_ROWS && steps.every((step) => step > 0));
}

/** `rows`: rows of the sample below the header. `isModel`: whether a text names a machine: Avalons have whole numbers for names. */
export function mayBeCount({ header, reading, values }: Column, rows: number, isModel: (text: string) => boolean): boolean {
  // A word that means models, over numbers, may count them: "Miners".
  const isUnread =
    reading.fields.length === 0 || (reading.fields[0] === 'model' && !values.cells.some((cell) => isModel(toCellText(cell))));
  if (!isUnread || reading.unitText !== null || isOtherHeader(header) || values.filled < FILLED_SHARE * rows) return false;
  const whole = values.plain.filter((value) => Number.isInteger(value) && value >= 0 && value <= MAX_COUNT);
  if (whole.length === 0 || whole.length < COUNT_SHARE * values.filled) return false;
  // Nothing but ones counts as no column does; ones and zeros say yes and no.
  if (whole.every((value) => value <= 1) || whole.every((value) => value >= YEARS.from && value <= YEARS.to)) return false;
  return whole.filter((value) => value <= USUAL_COUNT).length * 2 >= whole.length && !isNumbering(values.numbers);
}

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$|^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;

/** Each row is one machine: most have an address of their own. */
export function isListOfMachines(rows: readonly SourceRow[]): boolean {
  const addressed = rows.filter(({ cells }) => cells.some((cell) => typeof cell === 'string' && ADDRESS.test(cell.trim())));
  return addressed.length > FILLED_SHARE * rows.length;
}
