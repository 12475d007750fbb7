/**
 * The link that gives the same page to somebody else, tomorrow: the form with the market figures of this moment written into it.
 * The address bar holds the form alone and so follows the market; what is copied does not (decision 0040).
 */
import type { MarketFigureName, MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { CalculatorForm, NumberFieldName } from './calculator-form.ts';
import { NUMBER_FIELDS } from './calculator-form.ts';
import { toCalculatorParams } from './calculator-url.ts';
import { toHuman } from './human-units.ts';

const PINNED: readonly { field: NumberFieldName; figure: MarketFigureName }[] = [
  { field: 'price', figure: 'priceUsdPerBtc' },
  { field: 'difficulty', figure: 'difficulty' },
  { field: 'height', figure: 'height' },
  { field: 'fees', figure: 'feesBtcPerBlock' },
  { field: 'network', figure: 'networkHashrateThs' },
  { field: 'epoch', figure: 'epochElapsedS' },
  { field: 'rate', figure: 'cnyPerUsd' },
];

/** Characters of YYYY-MM-DD. */
const DAY_LENGTH = 10;

/** Full digits, so that the figures come out the same to the last one shown. */
export function pinMarket(form: CalculatorForm, market: MarketSnapshot): CalculatorForm {
  const pinned = { ...form };
  // The hash rate and the epoch's time belong to the market's own height and difficulty; typed ones make them unknown again.
  const isSameNetwork = form.height.trim() === '' && form.difficulty.trim() === '';
  for (const { field, figure } of PINNED) {
    const { value } = market[figure];
    if (form[field].trim() !== '' || value === null) continue;
    if ((field === 'network' || field === 'epoch') && !isSameNetwork) continue;
    if (field === 'rate' && form.currency === 'usd') continue;
    pinned[field] = String(toHuman(NUMBER_FIELDS[field].unit, value, 1));
  }
  if (form.start.trim() === '' && form.height.trim() === '') pinned.start = market.height.at?.slice(0, DAY_LENGTH) ?? '';
  return pinned;
}

/** The figures that a shared link fixed are dropped again: the form follows the market. */
export function unpinMarket(form: CalculatorForm): CalculatorForm {
  const free = { ...form };
  for (const { field } of PINNED) free[field] = '';
  free.start = '';
  return free;
}

/** True when at least one market figure is typed or fixed by a link. */
export function isPinned(form: CalculatorForm): boolean {
  return PINNED.some(({ field }) => form[field].trim() !== '');
}

/** Parameters of the shared page; `language` keeps its words as well, `null` leaves them to the reader. */
export function toShareParams(form: CalculatorForm, market: MarketSnapshot): URLSearchParams {
  return toCalculatorParams(pinMarket(form, market));
}
