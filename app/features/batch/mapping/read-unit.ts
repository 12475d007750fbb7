/** Units as people write them, in headers ("(TH/s)", "元/度", "usd per kwh") and behind figures ("110T", "0.35元"). */
import type { NumberField } from './batch-field.ts';
import { FIELD_UNITS } from './field-units.ts';
import type { Unit } from './units.ts';

/** One spelling for what is written in many: applied in this order to text in lower case without spaces. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/每/g, '/'],
  [/(?<=[a-z¥$元币金%])per(?=[a-z度])/g, '/'],
  [/us\$|usdt|usdc|usd|美元|美金|美刀|dollars?/g, '$'],
  [/rmb|cny|cnh|人民币元?|yuan|￥/g, '¥'],
  [/美分|us?cents?|cents?|¢/g, 'c'],
  [/元|块钱?/g, '¥'],
  [/千瓦时|千瓦·时|kw[·.\-*]?h(?:r|our)?s?|度电?/g, 'kwh'],
  [/兆瓦时|mw[·.\-*]?h(?:r|our)?s?/g, 'mwh'],
  [/千瓦/g, 'kw'],
  [/兆瓦/g, 'mw'],
  [/瓦特?|watts?/g, 'w'],
  [/months?|mth|mo(?=$|\/)|个?月/g, 'month'],
  [/annum|years?|yr|年/g, 'year'],
  [/days?|天|日/g, 'day'],
  [/percent(?:age)?|pct|百分比|％/g, '%'],
  [/machines?|units?|pcs|sets?|miners?|each|台|个/g, 'unit'],
  [/hash(?:es)?/g, 'h'],
  [/\/sec(?:ond)?s?/g, '/s'],
  [/joules?|焦耳?/g, 'j'],
];

/** A unit in its one spelling -> what it is called here. */
const NAMES: Readonly<Record<string, Unit>> = {
  'h/s': 'H/s',
  ...hashrateNames('m', 'MH/s'),
  ...hashrateNames('g', 'GH/s'),
  ...hashrateNames('t', 'TH/s'),
  ...hashrateNames('p', 'PH/s'),
  ...hashrateNames('e', 'EH/s'),
  t: 'TH/s',
  g: 'GH/s',
  p: 'PH/s',
  't/unit': 'TH/s',
  'th/unit': 'TH/s',
  'th/s/unit': 'TH/s',
  w: 'W',
  kw: 'kW',
  mw: 'MW',
  'w/unit': 'W',
  'kw/unit': 'kW',
  // Wrong and everywhere: a power of so many kilowatts.
  'w/h': 'W',
  'kw/h': 'kW',
  'j/th': 'J/TH',
  'j/t': 'J/TH',
  'w/th': 'J/TH',
  'w/t': 'J/TH',
  'w/th/s': 'J/TH',
  'j/th/s': 'J/TH',
  'j/gh': 'J/GH',
  'j/g': 'J/GH',
  'w/gh': 'J/GH',
  unit: 'machines',
  // "10x", "×10" and a column that is headed so.
  x: 'machines',
  '×': 'machines',
  '$/kwh': 'USD/kWh',
  $kwh: 'USD/kWh',
  'c/kwh': 'USc/kWh',
  '$c/kwh': 'USc/kWh',
  '$/mwh': 'USD/MWh',
  $mwh: 'USD/MWh',
  '¥/kwh': 'CNY/kWh',
  '¥kwh': 'CNY/kWh',
  '分/kwh': 'CNf/kWh',
  '¥分/kwh': 'CNf/kWh',
  '¥/mwh': 'CNY/MWh',
  $: 'USD',
  k$: 'kUSD',
  $k: 'kUSD',
  '¥': 'CNY',
  '万¥': '10kCNY',
  万: '10kCNY',
  万$: '10kUSD',
  '$/unit': 'USD',
  '¥/unit': 'CNY',
  '万¥/unit': '10kCNY',
  '$/t': 'USD/TH',
  '$/th': 'USD/TH',
  '$/th/s': 'USD/TH',
  '¥/t': 'CNY/TH',
  '¥/th': 'CNY/TH',
  '¥/th/s': 'CNY/TH',
  '$/month': 'USD/month',
  '$/unit/month': 'USD/month',
  '$/month/unit': 'USD/month',
  '$/day': 'USD/day',
  '$/unit/day': 'USD/day',
  '$/year': 'USD/year',
  '¥/month': 'CNY/month',
  '¥/unit/month': 'CNY/month',
  '¥/month/unit': 'CNY/month',
  '¥/day': 'CNY/day',
  '¥/unit/day': 'CNY/day',
  '¥/year': 'CNY/year',
  '%': '%',
  ratio: 'ratio',
  比例: 'ratio',
  '%/month': '%/month',
  'ratio/month': 'ratio/month',
  '%/year': '%/year',
  'ratio/year': 'ratio/year',
};

function hashrateNames(prefix: string, unit: Unit): Record<string, Unit> {
  return { [`${prefix}h/s`]: unit, [`${prefix}hs`]: unit, [`${prefix}h`]: unit, [`${prefix}/s`]: unit };
}

/** What a general unit means in a column of a field: "%" of a decay is one per month, dollars of a fee are per month. */
const IN_FIELD: Partial<Record<NumberField, Partial<Record<Unit, Unit>>>> = {
  hashrateDecayRatioPerMonth: { '%': '%/month', ratio: 'ratio/month', '%/year': '%/year of hash rate' },
  discountRatioPerYear: { '%': '%/year', ratio: 'ratio/year' },
  hostingFeeUsdPerMonth: { USD: 'USD/month', CNY: 'CNY/month' },
  maintenanceUsdPerMonth: { USD: 'USD/month', CNY: 'CNY/month' },
  powerUsdPerKwh: { USD: 'USD/kWh', CNY: 'CNY/kWh' },
  clientPowerUsdPerKwh: { USD: 'USD/kWh', CNY: 'CNY/kWh' },
};

/** Parts of a currency, with nothing to say what they are paid for: in this trade a kilowatt-hour. Too short to be looked for in every text. */
const SMALL_COINS: Readonly<Record<string, Unit>> = { c: 'USc/kWh', ct: 'USc/kWh', $c: 'USc/kWh', 分: 'CNf/kWh' };

const MAX_UNIT_LENGTH = 24;

function spell(text: string): string {
  let spelling = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/g, '');
  for (const [pattern, replacement] of SPELLINGS) spelling = spelling.replace(pattern, replacement);
  return spelling;
}

/** The unit a text names, `null` when it names none. */
export function readUnit(text: string): Unit | null {
  if (text.length > MAX_UNIT_LENGTH) return null;
  const spelling = spell(text);
  return Object.hasOwn(NAMES, spelling) ? NAMES[spelling]! : null;
}

/** As `readUnit`, where a unit is sure to stand: behind a figure or in the brackets of a header, "5.5c" and "(cents)". */
export function readUnitInPlace(text: string): Unit | null {
  const unit = readUnit(text);
  if (unit !== null || text.length > MAX_UNIT_LENGTH) return unit;
  const spelling = spell(text);
  return Object.hasOwn(SMALL_COINS, spelling) ? SMALL_COINS[spelling]! : null;
}

/** The unit as a unit of the field, `null` when the field cannot be in it. */
export function toFieldUnit(field: NumberField, unit: Unit): Unit | null {
  const meant = IN_FIELD[field]?.[unit] ?? unit;
  return FIELD_UNITS[field].some((option) => option.unit === meant) ? meant : null;
}
