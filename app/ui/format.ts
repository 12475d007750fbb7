// Figures as people read them, by language. Everything a reader sees as a number, an amount or a date is written here, so that
// the same value never appears in two shapes. Unknown (`null`, or not finite) is an em dash: never zero, never an empty place.
import { HTML_LANG, type Language } from '../platform/i18n/languages.ts';

export const UNKNOWN = '—';

/** English figures follow American usage, which the trade uses. Chinese figures keep plain digits (12,345), not 万. */
export const FORMAT_LOCALES: Record<Language, string> = { en: 'en-US', zh: HTML_LANG.zh };

export type Currency = 'USD' | 'CNY';

type Value = number | null | undefined;
type Instant = Date | string | null | undefined;

/** `negative`: a minus where needed; `exceptZero`: a plus as well. Neither writes a sign before what rounds to zero. */
type Sign = 'negative' | 'exceptZero';

/** Steps of 1000 above TH/s. */
const HASHRATE_UNITS = ['TH/s', 'PH/s', 'EH/s', 'ZH/s'] as const;
const STEP = 1000;
const SATS_PER_BTC = 1e8;
/** From here amounts on axes are shortened to k and M. */
const SHORTENED_FROM = 10_000;

function createFormatters(locale: string) {
  const cache = new Map<string, Intl.NumberFormat>();
  const getFormatter = (digits: number, sign: Sign, extra: Intl.NumberFormatOptions) => {
    const key = `${extra.style ?? ''}|${extra.currency ?? ''}|${digits}|${sign}`;
    let formatter = cache.get(key);
    if (!formatter) {
      formatter = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: sign,
        ...extra,
      });
      cache.set(key, formatter);
    }
    return formatter;
  };
  return (value: Value, digits: number, sign: Sign, extra: Intl.NumberFormatOptions = {}): string => {
    if (value === null || value === undefined || !Number.isFinite(value)) return UNKNOWN;
    // Intl writes a hyphen; a minus is as wide as a plus and as the digits, so that signed columns stay straight.
    return getFormatter(digits, sign, extra).format(value).replace('-', '−');
  };
}

function createDateFormatter(locale: string, options: Intl.DateTimeFormatOptions) {
  // UTC, as stored: the same text on server and in browser, whatever their time zones.
  const formatter = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  return (instant: Instant): string => {
    if (instant === null || instant === undefined) return UNKNOWN;
    const date = typeof instant === 'string' ? new Date(instant) : instant;
    return Number.isNaN(date.getTime()) ? UNKNOWN : formatter.format(date);
  };
}

function buildFormat(language: Language) {
  const locale = FORMAT_LOCALES[language];
  const format = createFormatters(locale);
  const currency = (code: Currency): Intl.NumberFormatOptions => ({ style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' });

  const words = new Intl.ListFormat(locale, { type: 'conjunction' });
  const gap = language === 'zh' ? '' : ' ';
  const number = (value: Value, digits = 0) => format(value, digits, 'negative');
  const money = (value: Value, code: Currency, digits = 2) => format(value, digits, 'negative', currency(code));
  const signedMoney = (value: Value, code: Currency, digits = 2) => format(value, digits, 'exceptZero', currency(code));

  const clock = {
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  } as const;
  /** By zone: a formatter takes longer to build than a page of times to write. */
  const clocks = new Map<string, ReturnType<typeof createDateFormatter>>();

  return {
    number,
    signedNumber: (value: Value, digits = 0) => format(value, digits, 'exceptZero'),
    integer: (value: Value) => number(value, 0),

    money,
    signedMoney,
    usd: (value: Value, digits = 2) => money(value, 'USD', digits),
    signedUsd: (value: Value, digits = 2) => signedMoney(value, 'USD', digits),
    cny: (value: Value, digits = 2) => money(value, 'CNY', digits),
    signedCny: (value: Value, digits = 2) => signedMoney(value, 'CNY', digits),
    /** For axes: $8,000, $120k, $1.5M. */
    shortMoney: (value: Value, code: Currency): string => {
      if (value === null || value === undefined || !Number.isFinite(value) || Math.abs(value) < SHORTENED_FROM)
        return money(value, code, 0);
      const isMillions = Math.abs(value) >= STEP * STEP;
      const scaled = value / (isMillions ? STEP * STEP : STEP);
      return `${money(scaled, code, Number.isInteger(scaled) ? 0 : 1)}${isMillions ? 'M' : 'k'}`;
    },

    /** `ratio` 0.328 -> 32.8% */
    percent: (ratio: Value, digits = 1) => format(ratio, digits, 'negative', { style: 'percent' }),
    signedPercent: (ratio: Value, digits = 1) => format(ratio, digits, 'exceptZero', { style: 'percent' }),

    /** Without the unit, which stands in the column's head or beside the figure. */
    btc: (valueBtc: Value, digits = 8) => number(valueBtc, digits),
    signedBtc: (valueBtc: Value, digits = 8) => format(valueBtc, digits, 'exceptZero'),
    sats: (valueBtc: Value) => number(valueBtc === null || valueBtc === undefined ? null : valueBtc * SATS_PER_BTC, 0),

    /** With its unit, stepped so that the figure stays below 1000: 234 TH/s, 852.7 EH/s. */
    hashrate: (hashrateThs: Value, digits = 1): string => {
      if (hashrateThs === null || hashrateThs === undefined || !Number.isFinite(hashrateThs)) return UNKNOWN;
      let scaled = hashrateThs;
      let step = 0;
      for (; Math.abs(scaled) >= STEP && step < HASHRATE_UNITS.length - 1; step++) scaled /= STEP;
      return `${number(scaled, Number.isInteger(scaled) ? 0 : digits)} ${HASHRATE_UNITS[step]}`;
    },
    /** In trillions, as the trade writes it: 119.12 T. */
    difficulty: (difficulty: Value): string => {
      const text = number(difficulty === null || difficulty === undefined ? null : difficulty / 1e12, 2);
      return text === UNKNOWN ? UNKNOWN : `${text} T`;
    },

    /** price, fees, and difficulty / 币价、手续费和难度 */
    list: (items: Iterable<string>) => words.format(items),
    /** A Chinese full stop is as wide as a full stop and a space. */
    sentenceGap: gap,
    /** One after the other, without those that are not said. */
    sentences: (...said: readonly (string | null)[]) => said.filter((one) => one !== null && one !== '').join(gap),

    /** Nov 21, 2026 / 2026年11月21日 */
    date: createDateFormatter(locale, { year: 'numeric', month: language === 'zh' ? 'long' : 'short', day: 'numeric' }),
    /** Nov 2026 / 2026年11月 */
    monthYear: createDateFormatter(locale, { year: 'numeric', month: language === 'zh' ? 'long' : 'short' }),
    /** With the hour and minute, and UTC said. */
    dateTime: createDateFormatter(locale, clock),
    /** The same by the clock of an IANA zone, which is said; throws a RangeError for one that does not exist. */
    dateTimeIn: (timeZone: string) => {
      const known = clocks.get(timeZone);
      if (known !== undefined) return known;
      const made = createDateFormatter(locale, { ...clock, timeZone });
      clocks.set(timeZone, made);
      return made;
    },
  };
}

export type Format = ReturnType<typeof buildFormat>;

const formats = new Map<Language, Format>();

/** The writer of figures for a language; built once. */
export function createFormat(language: Language): Format {
  let format = formats.get(language);
  if (!format) {
    format = buildFormat(language);
    formats.set(language, format);
  }
  return format;
}
