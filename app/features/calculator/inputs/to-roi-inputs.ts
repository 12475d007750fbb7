/**
 * The typed form and the market of the moment become the engine's inputs, or field errors with the range in the unit that was typed.
 * A market figure that is not known and not typed is an error that asks for it; nothing is ever filled in silently.
 */

import type { Machine } from '#app/features/catalogue/machine.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { parseTypedNumber } from '#app/ui/typed-number.ts';
import type { RoiInputs } from '#engine';
import {
  type CalculatorForm,
  COMPARED,
  type FormError,
  type ModelFieldName,
  NUMBER_FIELDS,
  type NumberFieldName,
  plainError,
} from './calculator-form.ts';
import { findHumanRange, moneyPerUsd, toCanonical } from './human-units.ts';

export type FindMachine = (name: string) => Machine | null;

/** The machine asked about: from the catalogue, or with figures of the person's own. */
export type ChosenMachine = { name: string; hashrateThs: number; powerW: number; listed: Machine | null };

export type ComparedMachine = ChosenMachine & {
  /** The field it was named in. */
  field: ModelFieldName;
  capexUsd: number;
  /** `per_th`: no price was typed, the price per TH/s of the first machine is taken and shown. */
  priceOrigin: 'typed' | 'per_th';
};

export type ReadForm =
  | {
      kind: 'ok';
      inputs: RoiInputs;
      machine: ChosenMachine;
      compared: ComparedMachine[];
      /** Of the other machines only; they never stop the main answer. */
      errors: FormError[];
      /** Money of the form's currency for one USD. */
      moneyPerUsd: number;
      /** Start of the projection, a UTC midnight, ms since 1970. */
      startMs: number;
    }
  | { kind: 'invalid'; errors: FormError[] };

export type Reader = {
  errors: FormError[];
  moneyRate: number;
  /** Canonical number of a field; `null` when it is empty or refused (then with an error). */
  read: (name: NumberFieldName) => number | null;
};

/** Checks a typed number in the unit it was typed in, so that the message and the check can never differ. */
export function createReader(form: CalculatorForm, moneyRate: number): Reader {
  const errors: FormError[] = [];
  function read(name: NumberFieldName): number | null {
    const typed = parseTypedNumber(form[name]);
    if (typed.kind === 'empty') return null;
    const range = findHumanRange(name, moneyRate);
    const refuse = (code: FormError['code']) => {
      errors.push({ name, code, min: range.min, max: range.max, minExclusive: range.minExclusive });
      return null;
    };
    if (typed.kind === 'unreadable') return refuse('not_a_number');
    const { value } = typed;
    if (value < range.min || value > range.max || (range.minExclusive && value === range.min)) return refuse('out_of_range');
    if (range.integer && !Number.isInteger(value)) return refuse('not_an_integer');
    return toCanonical(NUMBER_FIELDS[name].unit, value, moneyRate);
  }
  return { errors, moneyRate, read };
}

export function missing(name: NumberFieldName, code: 'missing' | 'market_missing', moneyRate: number): FormError {
  const { min, max, minExclusive } = findHumanRange(name, moneyRate);
  return { name, code, min, max, minExclusive };
}

/** Own figures win; what is left empty comes from the catalogue. The same rule as for a row of a batch. */
function readMachine(form: CalculatorForm, reader: Reader, findMachine: FindMachine): ChosenMachine | null {
  const listed = findMachine(form.model);
  const hashrateThs = reader.read('ths') ?? (form.ths.trim() === '' ? (listed?.hashrateThs ?? null) : null);
  const powerW = reader.read('watt') ?? (form.watt.trim() === '' ? (listed?.powerW ?? null) : null);
  if (hashrateThs !== null && powerW !== null) return { name: form.model, hashrateThs, powerW, listed };
  if (listed === null) {
    const needsThs = form.ths.trim() === '';
    const needsWatt = form.watt.trim() === '';
    if (needsThs || needsWatt) reader.errors.push(plainError('model', form.model.trim() === '' ? 'missing' : 'unknown_model'));
    if (needsThs && !needsWatt) reader.errors.push(missing('ths', 'missing', reader.moneyRate));
    if (needsWatt && !needsThs) reader.errors.push(missing('watt', 'missing', reader.moneyRate));
  }
  return null;
}

/** The typed figure, else the market's; an error when there is neither. */
function readMarket(
  form: CalculatorForm,
  reader: Reader,
  market: MarketSnapshot,
  name: NumberFieldName,
  figure: 'height' | 'difficulty' | 'feesBtcPerBlock' | 'priceUsdPerBtc',
): number | null {
  if (form[name].trim() !== '') return reader.read(name);
  const { value } = market[figure];
  if (value === null) reader.errors.push(missing(name, 'market_missing', reader.moneyRate));
  return value;
}

/** A field with a default of ours: emptied by hand, it asks to be filled. */
export function readRequired(form: CalculatorForm, reader: Reader, name: NumberFieldName): number | null {
  if (form[name].trim() === '') reader.errors.push(missing(name, 'missing', reader.moneyRate));
  return reader.read(name);
}

function readCompared(form: CalculatorForm, reader: Reader, findMachine: FindMachine, capexUsdPerTh: number): ComparedMachine[] {
  const compared: ComparedMachine[] = [];
  for (const { model, price } of COMPARED) {
    if (form[model].trim() === '') continue;
    const listed = findMachine(form[model]);
    if (listed === null) {
      reader.errors.push(plainError(model, 'unknown_model'));
      continue;
    }
    const typed = reader.read(price);
    if (typed === null && form[price].trim() !== '') continue;
    const { name, hashrateThs, powerW } = listed;
    compared.push({
      field: model,
      name,
      hashrateThs,
      powerW,
      listed,
      capexUsd: typed ?? capexUsdPerTh * hashrateThs,
      priceOrigin: typed === null ? 'per_th' : 'typed',
    });
  }
  return compared;
}

/**
 * Whole form to engine inputs. The market's hash rate and epoch time are taken only while both height and difficulty are the
 * market's (DOMAIN 11); otherwise they describe another network, and `null` lets the engine derive them.
 */
export function toRoiInputs(form: CalculatorForm, market: MarketSnapshot, findMachine: FindMachine, nowMs: number): ReadForm {
  const rateReader = createReader(form, 1);
  const cnyPerUsd = form.rate.trim() === '' ? market.cnyPerUsd.value : rateReader.read('rate');
  const rate = moneyPerUsd(form.currency, cnyPerUsd);
  if (rate === null) {
    const errors = rateReader.errors.length > 0 ? rateReader.errors : [missing('rate', 'market_missing', 1)];
    return { kind: 'invalid', errors };
  }

  const reader = createReader(form, rate);
  if (form.currency === 'usd') reader.errors.push(...rateReader.errors);
  const machine = readMachine(form, reader, findMachine);
  const required = {
    powerUsdPerKwh: readRequired(form, reader, 'power'),
    priceUsdPerBtc: readMarket(form, reader, market, 'price', 'priceUsdPerBtc'),
    capexUsd: readRequired(form, reader, 'capex'),
    count: readRequired(form, reader, 'count'),
    horizonMonths: readRequired(form, reader, 'months'),
    networkGrowthRatioPerMonth: readRequired(form, reader, 'growth'),
    priceGrowthRatioPerMonth: readRequired(form, reader, 'rise'),
    poolFeeRatio: readRequired(form, reader, 'pool'),
    uptimeRatio: readRequired(form, reader, 'uptime'),
    hashrateDecayRatioPerMonth: readRequired(form, reader, 'decay'),
    pue: readRequired(form, reader, 'pue'),
    discountRatioPerYear: readRequired(form, reader, 'discount'),
    residualUsd: readRequired(form, reader, 'residual'),
    heldRatio: readRequired(form, reader, 'held'),
    maintenanceUsdPerMonth: readRequired(form, reader, 'upkeep'),
    hostingFeeUsdPerMonth: readRequired(form, reader, 'hosting'),
    height: readMarket(form, reader, market, 'height', 'height'),
    difficulty: readMarket(form, reader, market, 'difficulty', 'difficulty'),
    feesBtcPerBlock: readMarket(form, reader, market, 'fees', 'feesBtcPerBlock'),
    hostCapexUsd: readRequired(form, reader, 'build'),
  };
  const clientPowerUsdPerKwh = readClientPower(form, reader);
  const startMs = readStart(form, reader, market, nowMs);
  const sameNetwork = form.height.trim() === '' && form.difficulty.trim() === '';
  const derived = {
    networkHashrateThs: form.network.trim() === '' ? (sameNetwork ? market.networkHashrateThs.value : null) : reader.read('network'),
    epochElapsedS: form.epoch.trim() === '' ? (sameNetwork ? market.epochElapsedS.value : null) : reader.read('epoch'),
  };
  if (reader.errors.length > 0 || machine === null || !isComplete(required)) return { kind: 'invalid', errors: reader.errors };

  const inputs: RoiInputs = {
    ...required,
    ...derived,
    clientPowerUsdPerKwh,
    hashrateThs: machine.hashrateThs,
    powerW: machine.powerW,
    payoutModel: form.payout as RoiInputs['payoutModel'],
    shutdownWhenUnprofitable: form.off === 'yes',
  };
  const compared = readCompared(form, reader, findMachine, inputs.capexUsd / inputs.hashrateThs);
  return { kind: 'ok', inputs, machine, compared, errors: reader.errors, moneyPerUsd: rate, startMs };
}

/** An empty client price means: not hosted. Seen from the client or the host it has to be given. */
function readClientPower(form: CalculatorForm, reader: Reader): number | null {
  if (form.client.trim() === '' && form.view !== 'own') reader.errors.push(missing('client', 'missing', reader.moneyRate));
  return reader.read('client');
}

const MS_PER_DAY = 86_400_000;
/** The first block, and a day that no projection of ten years from now reaches. */
const EARLIEST_START_MS = Date.UTC(2009, 0, 3);
const LATEST_START_MS = Date.UTC(2200, 0, 1);

/** UTC midnight of a day written YYYY-MM-DD; `null` for anything else, 30 February included, which Date would carry into March. */
function parseDay(text: string): number | null {
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(`${text}T`) ? ms : null;
}

/**
 * The months are counted from the day on which height and difficulty were true: with figures of December the halving must not move
 * because somebody looks in March. Whole days, so that a link which carries the day gives the same months.
 */
function readStart(form: CalculatorForm, reader: Reader, market: MarketSnapshot, nowMs: number): number {
  if (form.start.trim() !== '') {
    const typedMs = parseDay(form.start.trim());
    if (typedMs !== null && typedMs >= EARLIEST_START_MS && typedMs <= LATEST_START_MS) return typedMs;
    reader.errors.push(plainError('start', 'not_a_date'));
    return nowMs;
  }
  const heightMs = form.height.trim() === '' && market.height.at !== null ? Date.parse(market.height.at) : nowMs;
  return Math.floor((Number.isFinite(heightMs) ? heightMs : nowMs) / MS_PER_DAY) * MS_PER_DAY;
}

type Complete<T> = { [K in keyof T]: NonNullable<T[K]> };

function isComplete<T extends Record<string, number | null>>(values: T): values is T & Complete<T> {
  return Object.values(values).every((value) => value !== null);
}
