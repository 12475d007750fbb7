/**
 * Changes the currency a form is typed in without changing what it says: 0.055 USD/kWh becomes 0.3905 CNY/kWh at 7.1. Amounts that
 * cannot be read stay as they are, for the person to correct.
 */
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { parseTypedNumber, toTypedText } from '#app/ui/typed-number.ts';
import { type CalculatorForm, type Currency, NUMBER_FIELD_NAMES, NUMBER_FIELDS } from './calculator-form.ts';
import { CNY_PER_USD_RANGE, isMoneyUnit, moneyPerUsd } from './human-units.ts';

/** Significant digits a person's figure is carried over with. */
const MAX_DIGITS = 6;

/**
 * `value * factor` as text. Where a rounder figure (fewest digits first) would have been carried over to the very text that stands in
 * the form, it is that figure: so 3200 USD goes to 22463 CNY and comes back as 3200, not as 3199.99.
 */
function convertAmount(value: number, factor: number): string {
  const typed = toTypedText(value);
  for (let digits = 1; digits <= MAX_DIGITS; digits++) {
    const candidate = Number((value * factor).toPrecision(digits));
    if (toTypedText(candidate / factor) === typed) return toTypedText(candidate);
  }
  return toTypedText(value * factor);
}

/** `cnyPerUsd` > 0. There and back again leaves every figure of up to five digits as it was typed. */
export function convertCurrency(form: CalculatorForm, currency: Currency, cnyPerUsd: number): CalculatorForm {
  if (form.currency === currency) return form;
  const from = moneyPerUsd(form.currency, cnyPerUsd);
  const to = moneyPerUsd(currency, cnyPerUsd);
  const converted = { ...form, currency };
  for (const name of NUMBER_FIELD_NAMES) {
    if (!isMoneyUnit(NUMBER_FIELDS[name].unit)) continue;
    const typed = parseTypedNumber(form[name]);
    if (typed.kind === 'number' && from !== null && to !== null) converted[name] = convertAmount(typed.value, to / from);
  }
  return converted;
}

/** The rate amounts are carried over with: one typed in the form, else the market's; `null` when neither can be used. */
export function findRate(form: CalculatorForm, market: MarketSnapshot): number | null {
  const typed = parseTypedNumber(form.rate);
  const isUsable = typed.kind === 'number' && typed.value >= CNY_PER_USD_RANGE.min && typed.value <= CNY_PER_USD_RANGE.max;
  return isUsable ? typed.value : market.cnyPerUsd.value;
}
