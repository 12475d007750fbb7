/** Every indicator of the product, in the order of lists. The API, its OpenAPI document, pages and tests are made from this table. */
import { DEMA, EMA, HMA, MACD, SMA, TEMA, WMA } from './averages.ts';
import type { Indicator, ParamValues } from './indicator.ts';
import { DIFFICULTY_RIBBON, HASH_RIBBONS, HASHPRICE, MINER_MARGIN, PRODUCTION_COST, PUELL_MULTIPLE } from './mining.ts';
import { CCI, MFI, ROC, RSI, STOCHASTIC, STOCHASTIC_RSI, WILLIAMS_R } from './momentum.ts';
import { ADX, AROON, ICHIMOKU, PARABOLIC_SAR, SUPERTREND } from './trend.ts';
import { ATR, BOLLINGER, DONCHIAN, KELTNER, STDEV, TRUE_RANGE } from './volatility.ts';
import { CMF, OBV, VWAP } from './volume.ts';

export const INDICATORS: readonly Indicator[] = [
  SMA,
  EMA,
  WMA,
  DEMA,
  TEMA,
  HMA,
  RSI,
  MACD,
  STOCHASTIC,
  STOCHASTIC_RSI,
  CCI,
  WILLIAMS_R,
  ROC,
  ADX,
  AROON,
  PARABOLIC_SAR,
  SUPERTREND,
  ICHIMOKU,
  BOLLINGER,
  KELTNER,
  DONCHIAN,
  ATR,
  TRUE_RANGE,
  STDEV,
  OBV,
  MFI,
  CMF,
  VWAP,
  HASHPRICE,
  HASH_RIBBONS,
  PUELL_MULTIPLE,
  DIFFICULTY_RIBBON,
  PRODUCTION_COST,
  MINER_MARGIN,
];

/** Short names that stand for an entry. */
const ALIASES: Readonly<Record<string, string>> = { tr: 'true-range' };

export const INDICATOR_NAMES = INDICATORS.map(({ name }) => name);

/** The indicator of that name; `null` when there is none. */
export function findIndicator(name: string): Indicator | null {
  const full = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
  return INDICATORS.find((indicator) => indicator.name === full) ?? null;
}

/** What is taken where nothing is chosen. */
export function defaultParams({ params }: Indicator): ParamValues {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
}
