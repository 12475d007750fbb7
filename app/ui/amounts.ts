/**
 * Amounts of an answer as text: USD of the engine into the currency shown, with as many digits as the figure deserves. Built on the
 * page's one writer of figures.
 */
import type { Format } from './format.ts';

/** From here cents and fractions of a yuan only take room. */
const WHOLE_FROM = 10_000;
/** Under this an amount of a whole project is shown with its cents. */
const CENTS_BELOW = 100;
/** An error from here on is written without cents. */
const ERROR_WHOLE_FROM = 10;
/** More coins than this a day are written in BTC, fewer in sats. */
const SATS_BELOW_BTC = 0.01;

export type Amounts = ReturnType<typeof createAmounts>;

/** The currency amounts are shown in, and what one USD is in it. */
export type ShownCurrency = { currency: 'usd' | 'cny'; moneyPerUsd: number };

export function createAmounts(format: Format, { currency, moneyPerUsd }: ShownCurrency) {
  const code = currency === 'cny' ? 'CNY' : 'USD';
  const dayDigits = (shown: number) => (Math.abs(shown) >= WHOLE_FROM ? 0 : 2);
  const totalDigits = (shown: number) => (Math.abs(shown) < CENTS_BELOW ? 2 : 0);
  return {
    code: code as 'USD' | 'CNY',
    /** Per day or month: $4.96. */
    daily: (usd: number) => format.money(usd * moneyPerUsd, code, dayDigits(usd * moneyPerUsd)),
    signedDaily: (usd: number) => format.signedMoney(usd * moneyPerUsd, code, dayDigits(usd * moneyPerUsd)),
    /** Over the whole time: +$566. */
    total: (usd: number) => format.money(usd * moneyPerUsd, code, totalDigits(usd * moneyPerUsd)),
    signedTotal: (usd: number) => format.signedMoney(usd * moneyPerUsd, code, totalDigits(usd * moneyPerUsd)),
    /** Power price without its unit: three digits after the point, a fourth when it was typed. */
    powerPrice: (usdPerKwh: number) => {
      const shown = usdPerKwh * moneyPerUsd;
      const isExact = Math.abs(shown * 1000 - Math.round(shown * 1000)) < 1e-6;
      return format.money(shown, code, isExact ? 3 : 4);
    },
    /** How far an amount may be off: no more digits than such a figure deserves. */
    error: (usd: number) => format.money(usd * moneyPerUsd, code, usd * moneyPerUsd < ERROR_WHOLE_FROM ? 1 : 0),
    /** Power price that was computed: three digits. */
    roundedPowerPrice: (usdPerKwh: number) => format.money(usdPerKwh * moneyPerUsd, code, 3),
    /** Coins of a day with their unit. */
    coins: (btc: number) => (Math.abs(btc) < SATS_BELOW_BTC ? `${format.sats(btc)} sats` : `${format.btc(btc, 6)} BTC`),
    /** USD for one bitcoin, in dollars whatever the currency: so it is quoted. */
    bitcoinPrice: (usd: number) => format.usd(usd, Math.abs(usd) < CENTS_BELOW ? 2 : 0),
  };
}
