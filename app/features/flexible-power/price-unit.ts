/** Units in which hourly power prices are pasted, and their factor to the engine's USD/kWh. Pure. */

export const PRICE_UNITS = ['usdPerMwh', 'usdPerKwh', 'cnyPerKwh'] as const;
export type PriceUnit = (typeof PRICE_UNITS)[number];

const KWH_PER_MWH = 1000;

/** USD/kWh of one of the unit; `null` when the rate is needed and not known. `cnyPerUsd` > 0. */
export function usdPerKwhOf(unit: PriceUnit, cnyPerUsd: number | null): number | null {
  switch (unit) {
    case 'usdPerMwh':
      return 1 / KWH_PER_MWH;
    case 'usdPerKwh':
      return 1;
    case 'cnyPerKwh':
      return cnyPerUsd === null ? null : 1 / cnyPerUsd;
  }
}

const CNY = /[¥￥元]|\b(?:cny|rmb)\b/i;
const KWH = /kwh|千瓦时|度/i;
const MWH = /mwh|兆瓦时/i;
const USD = /\$|\busd\b|美元/i;

/** The unit that the head of a column names; `null` when it names none of ours, or a mixture. */
export function findUnit(head: string): PriceUnit | null {
  const isCny = CNY.test(head.replace('美元', ''));
  const isUsd = USD.test(head);
  if (MWH.test(head)) return isUsd && !isCny ? 'usdPerMwh' : null;
  if (!KWH.test(head) || isCny === isUsd) return null;
  return isCny ? 'cnyPerKwh' : 'usdPerKwh';
}
