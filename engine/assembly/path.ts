/**
 * Network path (DOMAIN 2 and 4): difficulty epochs with the 4x clamp, halvings at their heights, exponential paths of network hash rate
 * and price. Gives what one TH/s earns in each month, in BTC and in USD. O(epochs in the horizon), about 2.2 a month.
 */
import {
  BLOCKS_PER_DAY,
  BLOCKS_PER_EPOCH,
  BLOCKS_PER_HALVING,
  FIRST_SUBSIDY_SATS,
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  MAX_SPAN_S,
  MIN_SPAN_S,
  SATS_PER_BTC,
  SPAN_BLOCKS,
  SPAN_INTERVALS,
  S_PER_DAY,
  S_PER_MONTH,
  TARGET_BLOCK_S,
  TARGET_EPOCH_S,
} from './constants';
import {
  EVENTS_PTR,
  MAX_EVENTS,
  N_DIFFICULTY,
  N_EPOCH_ELAPSED_S,
  N_FEES_BTC_PER_BLOCK,
  N_HEIGHT,
  N_HORIZON_MONTHS,
  N_NETWORK_GROWTH_RATIO_PER_MONTH,
  N_NETWORK_HASHRATE_THS,
  N_PRICE_GROWTH_RATIO_PER_MONTH,
  N_PRICE_USD_PER_BTC,
  OK,
  PATH_BTC_PER_THS_PTR,
  PATH_INVERSE_MEAN_PRICE_PTR,
  PATH_MEAN_PRICE_PTR,
  PATH_SCALARS_PTR,
  PATH_USD_PER_THS_PTR,
  S_EXIT_PRICE_USD_PER_BTC,
  S_HASHPRICE_BTC_PER_TH_DAY,
  S_INVERSE_MEAN_PRICE_SUM,
  S_SHARE_BTC_PER_TH_DAY,
  TOO_MANY_SEGMENTS,
  networkField,
  setNetworkField,
} from './layout';
import { checkNetwork } from './check';
import { exp, expm1, log1p } from './math';

/** More segments than any path has whose difficulty follows its hash rate; absurd pairs of difficulty and hash rate are refused, not looped over. */
const MAX_SEGMENTS: i32 = 20000;

let eventCount: i32 = 0;
let readyMonths: i32 = 0;

/** Months of the last path that was computed; 0 after a refused one, so that nothing ever runs past the columns. */
export function pathMonths(): i32 {
  return readyMonths;
}

let neverArrives: bool = false;

/** Whether the last path's hash rate falls so fast that its next retarget or halving is never reached. */
export function pathNeverArrives(): bool {
  return neverArrives;
}

/** Events of the last path that were kept (at most MAX_EVENTS). */
export function pathEventCount(): i32 {
  return eventCount;
}

/** Block subsidy at a height, BTC: floor(5e9 / 2^floor(height / 210000)) satoshi. Exact. */
export function subsidyBtc(height: i32): f64 {
  const halvings = height / BLOCKS_PER_HALVING;
  if (halvings > 63) return 0.0;
  return floor(FIRST_SUBSIDY_SATS / <f64>(<u64>1 << <u64>halvings)) / SATS_PER_BTC;
}

/** D' = D * 1209600 / clamp(duration * 2015/2016, 302400, 4838400). Only + - x /: the same bits everywhere. */
export function retarget(difficulty: f64, epochDurationS: f64): f64 {
  const span = (epochDurationS * SPAN_INTERVALS) / SPAN_BLOCKS;
  return (difficulty * TARGET_EPOCH_S) / max(MIN_SPAN_S, min(MAX_SPAN_S, span));
}

/** When `blocks` more blocks at `difficulty` have arrived, seconds; infinite when the shrinking network never finds them. */
function arrivalS(fromS: f64, blocks: i32, difficulty: f64, hashesPerS: f64, gamma: f64): f64 {
  const waitS = (<f64>blocks * difficulty * HASHES_PER_DIFFICULTY_ONE) / hashesPerS;
  if (gamma == 0.0) return fromS + waitS;
  const growth = gamma * waitS * exp(-gamma * fromS);
  if (!(growth > -1.0)) return Infinity;
  return fromS + log1p(growth) / gamma;
}

/** Integral of the price over [fromS, toS], USD s / BTC. */
@inline
function priceIntegral(priceUsdPerBtc: f64, mu: f64, fromS: f64, toS: f64): f64 {
  if (mu == 0.0) return priceUsdPerBtc * (toS - fromS);
  return (priceUsdPerBtc * exp(mu * fromS) * expm1(mu * (toS - fromS))) / mu;
}

function addEvent(atS: f64, kind: f64, value: f64): void {
  if (eventCount >= MAX_EVENTS) return;
  const at = EVENTS_PTR + <usize>eventCount * 24;
  store<f64>(at, atS);
  store<f64>(at, kind, 8);
  store<f64>(at, value, 16);
  eventCount++;
}

/** Reads the network block, writes months, scalars and events. OK, BAD_NETWORK + field, or TOO_MANY_SEGMENTS. */
export function runPath(): i32 {
  readyMonths = 0;
  const status = checkNetwork();
  return status == OK ? computePath() : status;
}

/** runPath without the range checks: for blocks whose given fields were checked and whose derived fields may lie beyond what may be given. */
export function computePath(): i32 {
  readyMonths = 0;
  eventCount = 0;
  neverArrives = false;
  let height = <i32>networkField(N_HEIGHT);
  let difficulty = networkField(N_DIFFICULTY);
  const fees = networkField(N_FEES_BTC_PER_BLOCK);
  const months = <i32>networkField(N_HORIZON_MONTHS);
  const price = networkField(N_PRICE_USD_PER_BTC);
  if (networkField(N_EPOCH_ELAPSED_S) != networkField(N_EPOCH_ELAPSED_S)) {
    setNetworkField(N_EPOCH_ELAPSED_S, <f64>(height % BLOCKS_PER_EPOCH) * TARGET_BLOCK_S);
  }
  if (networkField(N_NETWORK_HASHRATE_THS) != networkField(N_NETWORK_HASHRATE_THS)) {
    setNetworkField(N_NETWORK_HASHRATE_THS, (difficulty * HASHES_PER_DIFFICULTY_ONE) / TARGET_BLOCK_S / HASHES_PER_TH);
  }
  const networkHashrateThs = networkField(N_NETWORK_HASHRATE_THS);
  const hashesPerS = networkHashrateThs * HASHES_PER_TH;
  const gamma = log1p(networkField(N_NETWORK_GROWTH_RATIO_PER_MONTH)) / S_PER_MONTH;
  const logPriceGrowth = log1p(networkField(N_PRICE_GROWTH_RATIO_PER_MONTH));
  const mu = logPriceGrowth / S_PER_MONTH;

  const rewardBtc = subsidyBtc(height) + fees;
  const scalars = PATH_SCALARS_PTR;
  store<f64>(
    scalars + (S_HASHPRICE_BTC_PER_TH_DAY << 3),
    ((S_PER_DAY * HASHES_PER_TH) / (difficulty * HASHES_PER_DIFFICULTY_ONE)) * rewardBtc,
  );
  store<f64>(scalars + (S_EXIT_PRICE_USD_PER_BTC << 3), price * exp(<f64>months * logPriceGrowth));
  store<f64>(scalars + (S_SHARE_BTC_PER_TH_DAY << 3), (BLOCKS_PER_DAY * rewardBtc) / networkHashrateThs);

  let inverseSum: f64 = 0.0;
  for (let month = 0; month < months; month++) {
    const at = <usize>month << 3;
    const startS = <f64>month * S_PER_MONTH;
    const meanPrice = priceIntegral(price, mu, startS, startS + S_PER_MONTH) / S_PER_MONTH;
    store<f64>(PATH_BTC_PER_THS_PTR + at, 0.0);
    store<f64>(PATH_USD_PER_THS_PTR + at, 0.0);
    store<f64>(PATH_MEAN_PRICE_PTR + at, meanPrice);
    store<f64>(PATH_INVERSE_MEAN_PRICE_PTR + at, 1.0 / meanPrice);
    inverseSum += 1.0 / meanPrice;
  }
  store<f64>(scalars + (S_INVERSE_MEAN_PRICE_SUM << 3), inverseSum);

  const horizonS = <f64>months * S_PER_MONTH;
  let nowS: f64 = 0.0;
  let epochStartS = -networkField(N_EPOCH_ELAPSED_S);
  let month = 0;
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const toRetarget = BLOCKS_PER_EPOCH - (height % BLOCKS_PER_EPOCH);
    const toHalving = BLOCKS_PER_HALVING - (height % BLOCKS_PER_HALVING);
    const blocks = min(toRetarget, toHalving);
    const arrivesS = arrivalS(nowS, blocks, difficulty, hashesPerS, gamma);
    const endS = min(arrivesS, horizonS);
    const btcPerThsPerS = (HASHES_PER_TH / (difficulty * HASHES_PER_DIFFICULTY_ONE)) * (subsidyBtc(height) + fees);
    let fromS = nowS;
    while (fromS < endS) {
      const monthEndS = <f64>(month + 1) * S_PER_MONTH;
      const toS = min(endS, monthEndS);
      const at = <usize>month << 3;
      store<f64>(PATH_BTC_PER_THS_PTR + at, load<f64>(PATH_BTC_PER_THS_PTR + at) + btcPerThsPerS * (toS - fromS));
      store<f64>(PATH_USD_PER_THS_PTR + at, load<f64>(PATH_USD_PER_THS_PTR + at) + btcPerThsPerS * priceIntegral(price, mu, fromS, toS));
      if (toS >= monthEndS) month++;
      fromS = toS;
    }
    if (!(arrivesS < horizonS)) {
      readyMonths = months;
      neverArrives = arrivesS == Infinity;
      return OK;
    }
    nowS = arrivesS;
    height += blocks;
    if (blocks == toRetarget) {
      difficulty = retarget(difficulty, nowS - epochStartS);
      epochStartS = nowS;
      addEvent(nowS, 0.0, difficulty);
    }
    if (blocks == toHalving) addEvent(nowS, 1.0, subsidyBtc(height));
  }
  return TOO_MANY_SEGMENTS;
}
