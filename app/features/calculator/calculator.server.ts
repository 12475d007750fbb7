/**
 * Read model of the guest's page: the URL's form, the market of the moment and the engine's answer at once; heat maps, tornado and
 * the catalogue as promises that stream after the answer, unless the reader's browser runs no script.
 */

import { type Answer, computeAnswer, toOwnerInputs } from '#app/features/calculator/answer/compute-answer.ts';
import { type CalculatorForm, type FormError, isRiskAsked } from '#app/features/calculator/inputs/calculator-form.ts';
import { parseCalculatorUrl, WITHOUT_SCRIPT } from '#app/features/calculator/inputs/calculator-url.ts';
import { convertCurrency, findRate } from '#app/features/calculator/inputs/convert-currency.ts';
import { readFlexibleOptions, readRiskOptions } from '#app/features/calculator/inputs/read-part-options.ts';
import type { FirstFlexible } from '#app/features/calculator/late/use-flexible.ts';
import { computeSensitivity, type Sensitivity } from '#app/features/calculator/sensitivity/compute-sensitivity.ts';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { MACHINES } from '#app/features/catalogue/machines.ts';
import { computeFlexible } from '#app/features/flexible-power/compute-flexible.ts';
import { toSampleCurve } from '#app/features/flexible-power/sample-curve.ts';
import { readHourlyPowerUsdPerMwh } from '#app/features/market/history/read-history.server.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { ShippedMotion } from '#app/features/risk/estimate-motion.ts';
import { readShippedMotion } from '#app/features/risk/shipped-motion.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine, Risk } from '#engine';

export type MachineOption = { name: string; hashrateThs: number; powerW: number };

export type CalculatorPage = {
  form: CalculatorForm;
  errors: FormError[];
  answer: Answer | null;
  market: MarketSnapshot;
  /** The instant the page was made, ISO 8601 UTC: ages and months must be the same in browser and server. */
  nowAt: string;
  /** `null` without an answer. */
  sensitivity: Promise<Sensitivity> | Sensitivity | null;
  catalogue: Promise<MachineOption[]> | MachineOption[];
  /** How price and network moved, from the history that ships. */
  motion: ShippedMotion;
  /** Simulated paths when the address asks for them; `null` when it does not, or without an answer. */
  risk: Promise<Risk | null> | Risk | null;
  /** The sample's hourly prices followed, when the address asks for them. */
  flexible: Promise<FirstFlexible | null> | FirstFlexible | null;
};

type Read = { engine: Engine; nowMs: number; form: CalculatorForm; errors: FormError[]; answer: Answer | null; market: MarketSnapshot };

/** The form of an address and the market of the moment; `errors` are those of reading the address alone. */
export async function readCalculatorForm(url: URL): Promise<Pick<Read, 'form' | 'errors' | 'market' | 'nowMs'>> {
  const market = await getMarketSnapshot();
  const parsed = parseCalculatorUrl(url.searchParams);
  const rate = findRate(parsed.form, market);
  const form = rate === null ? { ...parsed.form, currency: parsed.currency } : convertCurrency(parsed.form, parsed.currency, rate);
  return { form, errors: parsed.errors, market, nowMs: Date.now() };
}

async function read(url: URL): Promise<Read> {
  const [engine, typed] = await Promise.all([getEngine(), readCalculatorForm(url)]);
  const { form, market, nowMs } = typed;
  const computed = computeAnswer(form, { engine, market, findMachine, nowMs });
  return {
    engine,
    nowMs,
    form,
    market,
    answer: computed.kind === 'ok' ? computed.answer : null,
    errors: [...typed.errors, ...computed.errors],
  };
}

/** After the current turn of the loop, so that the shell is on its way before this work starts. */
function later<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    });
  });
}

function listOptions(): MachineOption[] {
  return MACHINES.map(({ name, hashrateThs, powerW }) => ({ name, hashrateThs, powerW }));
}

/** `null` when the options or the inputs cannot be simulated: the part then says why. */
function computeRisk(engine: Engine, form: CalculatorForm, answer: Answer, motion: ShippedMotion): Risk | null {
  const read = readRiskOptions(form, motion);
  if (read.kind === 'invalid') return null;
  const result = engine.risk(toOwnerInputs(answer), read.options);
  if (result.kind === 'invalid') return null;
  const { kind: _kind, inputs: _inputs, ...risk } = result;
  return risk;
}

/** `null` when the options or the inputs cannot be computed: the part then says why. */
function computeSample(engine: Engine, form: CalculatorForm, answer: Answer): FirstFlexible | null {
  const read = readFlexibleOptions(form, answer.moneyPerUsd);
  if (read.kind === 'invalid') return null;
  const { usdPerKwh, ...sample } = toSampleCurve(readHourlyPowerUsdPerMwh());
  const { adderUsdPerKwh, restart } = read;
  const flexible = computeFlexible(engine, { inputs: toOwnerInputs(answer), startMs: answer.startMs, usdPerKwh, adderUsdPerKwh, restart });
  return flexible === null ? null : { flexible, sample };
}

export async function readCalculatorPage(url: URL): Promise<CalculatorPage> {
  const { engine, nowMs, form, errors, answer, market } = await read(url);
  const motion = readShippedMotion();
  const page = { form, errors, answer, market, motion, nowAt: new Date(nowMs).toISOString() };
  // What streams late is moved into place by a script; without one it has to be in the page from the start.
  const isWhole = url.searchParams.has(WITHOUT_SCRIPT);
  const whenever = <T>(work: () => T): Promise<T> | T => (isWhole ? work() : later(work));
  return {
    ...page,
    sensitivity: answer === null ? null : whenever(() => computeSensitivity(engine, answer)),
    catalogue: whenever(listOptions),
    risk: answer === null || !isRiskAsked(form) ? null : whenever(() => computeRisk(engine, form, answer, motion)),
    flexible: answer === null || form.curve !== 'sample' ? null : whenever(() => computeSample(engine, form, answer)),
  };
}

/** For the download: the same form, market and engine as the page. */
export async function readCalculatorAnswer(url: URL): Promise<Pick<CalculatorPage, 'form' | 'errors' | 'answer'>> {
  const { form, errors, answer } = await read(url);
  return { form, errors, answer };
}
