/**
 * The road of the network and the price, the slow and obvious way: one list of segments of constant pay, cut at retargets, halvings
 * and the horizon, then a sum over it for every month. For tests only: nothing here is fast, and nothing here looks at the assembly.
 */
import type { NetworkInputs, PathEvent } from '../host/types.ts';
import {
  BLOCKS_PER_EPOCH,
  BLOCKS_PER_HALVING,
  FIRST_SUBSIDY_SATS,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  INTERVALS_PER_RETARGET,
  RETARGET_CLAMP,
  S_PER_MONTH,
  SATS_PER_BTC,
  TARGET_BLOCK_S,
  TARGET_EPOCH_S,
} from '../units/constants.ts';

/** `[startS, endS)` in seconds from now; one TH/s earns `btcPerThPerS` all through it. */
export type Segment = { startS: number; endS: number; difficulty: number; btcPerThPerS: number };

/** What one TH/s earns in a month (BTC; USD when every coin is sold as it is mined) and the mean price of that month. */
export type MonthOfPath = { btcPerThs: number; usdPerThs: number; meanPriceUsdPerBtc: number };

export type NetworkPath = {
  segments: Segment[];
  events: PathEvent[];
  /** True when the hash rate falls so fast that the next retarget or halving is never reached. */
  blocksNeverArrive: boolean;
  months: MonthOfPath[];
  /** Price at the end of the last month, at which held coins are sold. */
  exitPriceUsdPerBtc: number;
};

/** `floor(5e9 / 2^floor(height / 210000))` satoshi, in BTC. Bitcoin consensus. */
export function computeSubsidyBtc(height: number): number {
  const halvings = Math.floor(height / BLOCKS_PER_HALVING);
  return Math.floor(FIRST_SUBSIDY_SATS / 2 ** halvings) / SATS_PER_BTC;
}

/** What a block pays the miner, BTC: the subsidy and, except under PPS, the transaction fees (DOMAIN section 3). */
export function computeRewardBtc(network: NetworkInputs, height: number): number {
  const feesBtc = network.payoutModel === 'PPS' ? 0 : network.feesBtcPerBlock;
  return computeSubsidyBtc(height) + feesBtc;
}

/** Hash rate that finds a block every 600 s on average: `difficulty * 2^32 / 600 / 1e12` TH/s (DOMAIN section 2). */
export function computeImpliedHashrateThs(difficulty: number): number {
  return (difficulty * HASHES_PER_DIFFICULTY_ONE) / TARGET_BLOCK_S / HASHES_PER_TH;
}

/** Age of the epoch as given, else as if every block of it had taken 600 s. */
export function computeEpochElapsedS(network: NetworkInputs): number {
  return network.epochElapsedS === null ? (network.height % BLOCKS_PER_EPOCH) * TARGET_BLOCK_S : network.epochElapsedS;
}

/**
 * `D' = D * 1209600 / clamp(span, 302400, 4838400)`; `spanS` is the time of the 2015 intervals that consensus measures.
 * Consensus also keeps D' >= 1, which no difficulty since 2009 has come near; DOMAIN does not carry that bound.
 */
export function retargetDifficulty(difficulty: number, spanS: number): number {
  const clampedS = Math.min(Math.max(spanS, TARGET_EPOCH_S / RETARGET_CLAMP), TARGET_EPOCH_S * RETARGET_CLAMP);
  return (difficulty * TARGET_EPOCH_S) / clampedS;
}

/**
 * Time at which `blocks` more blocks have come, seconds; infinite when they never do.
 * `t2 = t1 + log1p(gamma n D 2^32 / (H0 exp(gamma t1))) / gamma`, which for gamma = 0 is `t1 + n D 2^32 / H0`.
 */
export function computeArrivalS(fromS: number, blocks: number, difficulty: number, hashesPerSAtStart: number, gammaPerS: number): number {
  const durationAtStartRateS = (blocks * difficulty * HASHES_PER_DIFFICULTY_ONE) / hashesPerSAtStart;
  if (gammaPerS === 0) return fromS + durationAtStartRateS;
  const growth = (gammaPerS * durationAtStartRateS) / Math.exp(gammaPerS * fromS);
  return growth <= -1 ? Number.POSITIVE_INFINITY : fromS + Math.log1p(growth) / gammaPerS;
}

/** Integral of `P0 exp(mu t)` over `[fromS, toS]`, USD/BTC * s. */
export function integratePrice(priceUsdPerBtc: number, muPerS: number, fromS: number, toS: number): number {
  if (muPerS === 0) return priceUsdPerBtc * (toS - fromS);
  return (priceUsdPerBtc * Math.exp(muPerS * fromS) * Math.expm1(muPerS * (toS - fromS))) / muPerS;
}

/** Walks the chain from the next block to the horizon and sums every month of it (DOMAIN section 4). */
export function computeNetworkPath(network: NetworkInputs): NetworkPath {
  const horizonS = network.horizonMonths * S_PER_MONTH;
  const gammaPerS = Math.log1p(network.networkGrowthRatioPerMonth) / S_PER_MONTH;
  const hashesPerSAtStart = (network.networkHashrateThs ?? computeImpliedHashrateThs(network.difficulty)) * HASHES_PER_TH;

  const segments: Segment[] = [];
  const events: PathEvent[] = [];
  let blocksNeverArrive = false;
  let height = network.height;
  let difficulty = network.difficulty;
  let nowS = 0;
  let epochStartS = -computeEpochElapsedS(network);

  while (nowS < horizonS) {
    const blocksToRetarget = BLOCKS_PER_EPOCH - (height % BLOCKS_PER_EPOCH);
    const blocksToHalving = BLOCKS_PER_HALVING - (height % BLOCKS_PER_HALVING);
    const blocks = Math.min(blocksToRetarget, blocksToHalving);
    const arrivalS = computeArrivalS(nowS, blocks, difficulty, hashesPerSAtStart, gammaPerS);
    const btcPerThPerS = (HASHES_PER_TH / (difficulty * HASHES_PER_DIFFICULTY_ONE)) * computeRewardBtc(network, height);
    if (arrivalS === Number.POSITIVE_INFINITY) blocksNeverArrive = true;
    segments.push({ startS: nowS, endS: Math.min(arrivalS, horizonS), difficulty, btcPerThPerS });
    if (arrivalS >= horizonS) break;

    nowS = arrivalS;
    height += blocks;
    if (height % BLOCKS_PER_EPOCH === 0) {
      const spanS = ((nowS - epochStartS) * INTERVALS_PER_RETARGET) / BLOCKS_PER_EPOCH;
      difficulty = retargetDifficulty(difficulty, spanS);
      epochStartS = nowS;
      events.push({ kind: 'retarget', atS: nowS, difficulty });
    }
    if (height % BLOCKS_PER_HALVING === 0) events.push({ kind: 'halving', atS: nowS, subsidyBtc: computeSubsidyBtc(height) });
  }

  const exitPriceUsdPerBtc = network.priceUsdPerBtc * Math.exp(network.horizonMonths * Math.log1p(network.priceGrowthRatioPerMonth));
  return { segments, events, blocksNeverArrive, months: sumMonths(network, segments), exitPriceUsdPerBtc };
}

/** Splits every segment at the ends of months: `btcPerThs = sum rate * dt`, `usdPerThs = sum rate * integral of P`. */
function sumMonths(network: NetworkInputs, segments: readonly Segment[]): MonthOfPath[] {
  const muPerS = Math.log1p(network.priceGrowthRatioPerMonth) / S_PER_MONTH;
  const months: MonthOfPath[] = [];
  for (let month = 1; month <= network.horizonMonths; month += 1) {
    const monthStartS = (month - 1) * S_PER_MONTH;
    const monthEndS = month * S_PER_MONTH;
    let btcPerThs = 0;
    let usdPerThs = 0;
    for (const segment of segments) {
      const fromS = Math.max(segment.startS, monthStartS);
      const toS = Math.min(segment.endS, monthEndS);
      if (toS <= fromS) continue;
      btcPerThs += segment.btcPerThPerS * (toS - fromS);
      usdPerThs += segment.btcPerThPerS * integratePrice(network.priceUsdPerBtc, muPerS, fromS, toS);
    }
    const meanPriceUsdPerBtc = integratePrice(network.priceUsdPerBtc, muPerS, monthStartS, monthEndS) / S_PER_MONTH;
    months.push({ btcPerThs, usdPerThs, meanPriceUsdPerBtc });
  }
  return months;
}
