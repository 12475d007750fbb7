/**
 * The field's own indicators, from the close, the difficulty in force and the subsidy of a block. All three are known on their day, so that nothing here looks ahead. Definitions: decision 0100.
 */
import { BLOCKS_PER_DAY, HASHES_PER_DIFFICULTY_ONE, HASHES_PER_TH, S_PER_DAY, TARGET_BLOCK_S } from '#engine/units/constants.ts';
import { simpleAverage } from './averages.ts';
import { defineIndicator, factor, PERIOD_ALIASES, period } from './indicator.ts';

const J_PER_KWH = 3.6e6;

/** Energy price of production cost and margin where none is given, USD/kWh: an assumption of this page, to be replaced by one's own. */
const ASSUMED_POWER_USD_PER_KWH = 0.05;

const power = factor(ASSUMED_POWER_USD_PER_KWH, 0, 10, ['powerPrice'], 'USD/kWh');
const efficiency = (absent: number, aliases: readonly string[] = []) => factor(absent, 0, 1e6, aliases, 'J/TH');

/** Coins that 1 TH/s finds in a day, expected, from the subsidy alone: `86400 · 10^12 / (D · 2^32) · subsidy`, BTC/TH/day. */
function coinsPerThDay(difficulty: number, subsidyBtc: number): number {
  return ((S_PER_DAY * HASHES_PER_TH) / (difficulty * HASHES_PER_DIFFICULTY_ONE)) * subsidyBtc;
}

/** Power of 1 TH/s for a day, USD: `J/TH · 86400 s / 3.6·10^6 J per kWh · USD/kWh`. */
function powerUsdPerThDay(efficiencyJPerTh: number, powerUsdPerKwh: number): number {
  return ((efficiencyJPerTh * S_PER_DAY) / J_PER_KWH) * powerUsdPerKwh;
}

/** What 1 TH/s earns in a day, USD: expected coins of the subsidy times the close. Fees are left out: the stored history has none. */
export const HASHPRICE = defineIndicator({
  name: 'hashprice',
  group: 'mining',
  inputs: ['close', 'difficulty', 'subsidyBtc'],
  params: {},
  outputs: { hashprice: 'USD/TH/day' },
  warmUp: () => ({ hashprice: 0 }),
  compute: ({ close, difficulty, subsidyBtc }, _params, out) => {
    for (let i = 0; i < close.length; i++) out.hashprice[i] = coinsPerThDay(difficulty[i]!, subsidyBtc[i]!) * close[i]!;
  },
});

/** Simple averages of the network's hash rate over 30 and 60 days (Edwards 2019). Hash rate implied by the difficulty in force: `D · 2^32 / 600 s`. */
export const HASH_RIBBONS = defineIndicator({
  name: 'hash-ribbons',
  group: 'mining',
  inputs: ['difficulty'],
  params: {
    fast: period(30, { aliases: ['fastPeriod', 'short'] }),
    slow: period(60, { min: 2, aliases: ['slowPeriod', 'long'] }),
  },
  outputs: { fast: 'TH/s', slow: 'TH/s' },
  warmUp: ({ fast, slow }) => ({ fast: fast - 1, slow: slow - 1 }),
  findMisfit: ({ fast, slow }) => (fast < slow ? null : { param: 'fast', min: 1, max: slow - 1 }),
  compute: ({ difficulty }, { fast, slow }, out) => {
    const hashrateThs = difficulty.map((value) => (value * HASHES_PER_DIFFICULTY_ONE) / TARGET_BLOCK_S / HASHES_PER_TH);
    simpleAverage(hashrateThs, fast, out.fast);
    simpleAverage(hashrateThs, slow, out.slow);
  },
});

/**
 * Value of the day's new coins over its mean of the last 365 days (Puell). New coins at the target pace of 144 blocks a day, because the stored history does not count the blocks of a day; the pace
 * cancels but for a faster or slower day.
 */
export const PUELL_MULTIPLE = defineIndicator({
  name: 'puell-multiple',
  group: 'mining',
  inputs: ['close', 'subsidyBtc'],
  params: { period: period(365, { aliases: PERIOD_ALIASES }) },
  outputs: { puell: '1' },
  warmUp: ({ period }) => ({ puell: period - 1 }),
  compute: ({ close, subsidyBtc }, { period }, out) => {
    const issuedUsd = new Float64Array(close.length);
    for (let i = 0; i < close.length; i++) issuedUsd[i] = BLOCKS_PER_DAY * subsidyBtc[i]! * close[i]!;
    simpleAverage(issuedUsd, period, out.puell);
    for (let i = period - 1; i < close.length; i++) out.puell[i] = out.puell[i] === 0 ? Number.NaN : issuedUsd[i]! / out.puell[i]!;
  },
});

/** Days of the averages (Woo 2019). */
const RIBBON_DAYS = { d9: 9, d14: 14, d25: 25, d40: 40, d60: 60, d90: 90, d128: 128, d200: 200 } as const;
type RibbonName = keyof typeof RIBBON_DAYS;
const RIBBON_NAMES = Object.keys(RIBBON_DAYS) as RibbonName[];

const ofRibbon = <Value>(make: (days: number) => Value): Record<RibbonName, Value> =>
  Object.fromEntries(RIBBON_NAMES.map((name) => [name, make(RIBBON_DAYS[name])])) as Record<RibbonName, Value>;

/** Simple averages of the difficulty over 9, 14, 25, 40, 60, 90, 128 and 200 days; where they run together, miners have been giving up. */
export const DIFFICULTY_RIBBON = defineIndicator({
  name: 'difficulty-ribbon',
  group: 'mining',
  inputs: ['difficulty'],
  params: {},
  outputs: ofRibbon(() => '1' as const),
  warmUp: () => ofRibbon((days) => days - 1),
  compute: ({ difficulty }, _params, out) => {
    for (const name of RIBBON_NAMES) simpleAverage(difficulty, RIBBON_DAYS[name], out[name]);
  },
});

/**
 * What the power of one new coin costs, USD/BTC, for an efficient (`low`) and an old (`high`) machine: `power of a TH-day / coins of a TH-day`, subsidy alone. Efficiencies and power price are
 * the caller's; the same machines are held to the whole history, so the band says what they would have paid then.
 */
export const PRODUCTION_COST = defineIndicator({
  name: 'production-cost',
  group: 'mining',
  inputs: ['difficulty', 'subsidyBtc'],
  params: {
    powerUsdPerKwh: power,
    lowJPerTh: efficiency(15, ['efficientJPerTh', 'low']),
    highJPerTh: efficiency(30, ['oldJPerTh', 'high']),
  },
  outputs: { low: 'USD/BTC', high: 'USD/BTC' },
  warmUp: () => ({ low: 0, high: 0 }),
  findMisfit: ({ lowJPerTh, highJPerTh }) => (lowJPerTh <= highJPerTh ? null : { param: 'lowJPerTh', min: 0, max: highJPerTh }),
  compute: ({ difficulty, subsidyBtc }, { powerUsdPerKwh, lowJPerTh, highJPerTh }, out) => {
    for (let i = 0; i < difficulty.length; i++) {
      const coins = coinsPerThDay(difficulty[i]!, subsidyBtc[i]!);
      out.low[i] = powerUsdPerThDay(lowJPerTh, powerUsdPerKwh) / coins;
      out.high[i] = powerUsdPerThDay(highJPerTh, powerUsdPerKwh) / coins;
    }
  },
});

/** What is left of the day's revenue of 1 TH/s after its power: in USD and as a share of the revenue (below 0: the power costs more; unknown without revenue). Subsidy alone. */
export const MINER_MARGIN = defineIndicator({
  name: 'miner-margin',
  group: 'mining',
  inputs: ['close', 'difficulty', 'subsidyBtc'],
  params: { powerUsdPerKwh: power, efficiencyJPerTh: efficiency(20, ['efficiency', 'jPerTh']) },
  outputs: { margin: 'ratio', profit: 'USD/TH/day' },
  warmUp: () => ({ margin: 0, profit: 0 }),
  compute: ({ close, difficulty, subsidyBtc }, { powerUsdPerKwh, efficiencyJPerTh }, out) => {
    const costUsd = powerUsdPerThDay(efficiencyJPerTh, powerUsdPerKwh);
    for (let i = 0; i < close.length; i++) {
      const revenueUsd = coinsPerThDay(difficulty[i]!, subsidyBtc[i]!) * close[i]!;
      out.profit[i] = revenueUsd - costUsd;
      out.margin[i] = revenueUsd === 0 ? Number.NaN : (revenueUsd - costUsd) / revenueUsd;
    }
  },
});
