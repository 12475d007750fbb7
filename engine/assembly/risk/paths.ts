/**
 * Simulated paths of price and network (docs/decisions/0063): ln price and ln hash rate take correlated normal steps from month to month and run straight between them, so that
 * a month is a month of DOMAIN section 4 with growth of its own; difficulty follows the hash rate epoch by epoch with the 4x clamp, halvings come at their heights. The
 * mean of a step is ln(1 + growth): the growth given is that of the median path, and a volatility of 0 gives the path of ../path.ts.
 *
 * The two lanes of a pair are antithetic twins: the same normals with opposite signs. Pairs are simulated in blocks, month after month, so that their state stays in the
 * nearest cache and the processor works on several of them at once.
 */
import {
  HASHES_PER_DIFFICULTY_ONE,
  HASHES_PER_TH,
  MAX_SPAN_S,
  MIN_SPAN_S,
  MONTHS_PER_YEAR,
  SPAN_BLOCKS,
  SPAN_INTERVALS,
  S_PER_MONTH,
  TARGET_EPOCH_S,
} from '../constants';
import {
  N_DIFFICULTY,
  N_EPOCH_ELAPSED_S,
  N_HORIZON_MONTHS,
  N_NETWORK_GROWTH_RATIO_PER_MONTH,
  N_NETWORK_HASHRATE_THS,
  N_PRICE_GROWTH_RATIO_PER_MONTH,
  N_PRICE_USD_PER_BTC,
  OK,
  TOO_MANY_SEGMENTS,
  networkField,
} from '../layout';
import { log1p } from '../math';
import { runPath } from '../path';
import {
  BAD_RISK_INPUT,
  K_CORRELATION,
  K_NETWORK_VOLATILITY_PER_YEAR,
  K_PATHS,
  K_PRICE_VOLATILITY_PER_YEAR,
  K_SEED,
  MAX_PATHS,
  MAX_SEED,
  MAX_VOLATILITY_PER_YEAR,
  PATHS_BTC_PER_THS_PTR,
  PATHS_EXIT_PRICE_PTR,
  PATHS_USD_PER_THS_PTR,
  pathsOfMonth,
  riskInput,
} from './layout';
import { fillNormals } from './normals';
import { growthRatio, growthRatioPair, timeRatio, timeRatioPair } from './ratios';
import {
  EVENT_BLOCKS,
  EVENT_BYTES,
  EVENT_IS_RETARGET,
  EVENT_PAY,
  SCHEDULE_END,
  SCHEDULE_PTR,
  firstBlocks,
  firstPay,
  writeSchedule,
} from './schedule';

/** Pairs of a block: a multiple of four that divides MAX_PATHS / 2. */
const BLOCK_PAIRS: i32 = 100;
const TWO_POW_32: f64 = 4294967296.0;
/** Seconds that consensus sees pass in a month of an epoch. */
const SPAN_PER_MONTH_S: f64 = (S_PER_MONTH * SPAN_INTERVALS) / SPAN_BLOCKS;

// State of a pair at the start of a month, two lanes each.
const PAIR_BYTES: i32 = 256;
const STATE_PTR: usize = memory.data(BLOCK_PAIRS * PAIR_BYTES, 16);
const STATE_PRICE: usize = 0;
/** Work the network does in a month at its present rate: hashes / 2^32, so that a block is worth its difficulty. */
const STATE_PACE: usize = 16;
const STATE_DIFFICULTY: usize = 32;
/** Work left to the next event. */
const STATE_LEFT: usize = 48;
/** First block of the epoch, months from now. */
const STATE_EPOCH_START: usize = 64;
/** What one TH/s earns now, BTC per month. */
const STATE_PAY: usize = 80;
/** Next event: its offset in the schedule, i64 lanes. */
const STATE_EVENT: usize = 96;

// What a month of the SIMD build adds to it.
const MONTH_PRICE_STEP: usize = 112;
const MONTH_NETWORK_STEP: usize = 128;
const MONTH_INVERSE_PACE: usize = 144;
const MONTH_WORK: usize = 160;
const MONTH_DONE: usize = 176;
/** Of the month, from 0 to 1, up to the last event. */
const MONTH_TIME: usize = 192;
const MONTH_EARNED: usize = 208;
const MONTH_BTC: usize = 224;
const MONTH_USD: usize = 240;
/** Pairs that have events left in the month: their offsets in the state, i32. */
const WAITING_PTR: usize = memory.data(BLOCK_PAIRS * 4, 16);

const NORMALS_1_PTR: usize = memory.data(BLOCK_PAIRS * 8, 16);
const NORMALS_2_PTR: usize = memory.data(BLOCK_PAIRS * 8, 16);

/** Steps of the two logarithms: means, deviations, and the network's share of the price's normal. */
const MODEL_PTR: usize = memory.data(5 * 8, 16);
const PRICE_MEAN: usize = 0;
const PRICE_DEVIATION: usize = 8;
const NETWORK_MEAN: usize = 16;
const NETWORK_SHARED: usize = 24;
const NETWORK_OWN: usize = 32;

let readyPaths: i32 = 0;
let readyMonths: i32 = 0;
let ranOutOfEvents: bool = false;

/** Paths of the last simulation; 0 when it was refused. */
export function simulatedPaths(): i32 {
  return readyPaths;
}

export function simulatedMonths(): i32 {
  return readyMonths;
}

@inline
function isWithin(value: f64, min: f64, max: f64): bool {
  return value >= min && value <= max;
}

function checkInputs(): i32 {
  const seed = riskInput(K_SEED);
  const paths = riskInput(K_PATHS);
  if (!isWithin(seed, 0.0, MAX_SEED) || floor(seed) != seed) return BAD_RISK_INPUT + K_SEED;
  if (!isWithin(paths, 2.0, <f64>MAX_PATHS) || floor(paths) != paths) return BAD_RISK_INPUT + K_PATHS;
  if (!isWithin(riskInput(K_PRICE_VOLATILITY_PER_YEAR), 0.0, MAX_VOLATILITY_PER_YEAR)) return BAD_RISK_INPUT + K_PRICE_VOLATILITY_PER_YEAR;
  if (!isWithin(riskInput(K_NETWORK_VOLATILITY_PER_YEAR), 0.0, MAX_VOLATILITY_PER_YEAR)) {
    return BAD_RISK_INPUT + K_NETWORK_VOLATILITY_PER_YEAR;
  }
  return isWithin(riskInput(K_CORRELATION), -1.0, 1.0) ? OK : BAD_RISK_INPUT + K_CORRELATION;
}

function writeModel(): void {
  const rootOfMonths = sqrt(MONTHS_PER_YEAR);
  const networkDeviation = riskInput(K_NETWORK_VOLATILITY_PER_YEAR) / rootOfMonths;
  const correlation = riskInput(K_CORRELATION);
  store<f64>(MODEL_PTR, log1p(networkField(N_PRICE_GROWTH_RATIO_PER_MONTH)), PRICE_MEAN);
  store<f64>(MODEL_PTR, riskInput(K_PRICE_VOLATILITY_PER_YEAR) / rootOfMonths, PRICE_DEVIATION);
  store<f64>(MODEL_PTR, log1p(networkField(N_NETWORK_GROWTH_RATIO_PER_MONTH)), NETWORK_MEAN);
  store<f64>(MODEL_PTR, networkDeviation * correlation, NETWORK_SHARED);
  store<f64>(MODEL_PTR, networkDeviation * sqrt((1.0 - correlation) * (1.0 + correlation)), NETWORK_OWN);
}

/** Puts every pair of the block at the present. */
function startBlock(): void {
  const difficulty = networkField(N_DIFFICULTY);
  const pace = (networkField(N_NETWORK_HASHRATE_THS) * HASHES_PER_TH * S_PER_MONTH) / HASHES_PER_DIFFICULTY_ONE;
  for (let pair = 0; pair < BLOCK_PAIRS; pair++) {
    for (let lane: usize = 0; lane < 16; lane += 8) {
      const state = STATE_PTR + <usize>(pair * PAIR_BYTES) + lane;
      store<f64>(state, networkField(N_PRICE_USD_PER_BTC), STATE_PRICE);
      store<f64>(state, pace, STATE_PACE);
      store<f64>(state, difficulty, STATE_DIFFICULTY);
      store<f64>(state, difficulty * firstBlocks(), STATE_LEFT);
      store<f64>(state, -networkField(N_EPOCH_ELAPSED_S) / S_PER_MONTH, STATE_EPOCH_START);
      store<f64>(state, firstPay() / difficulty, STATE_PAY);
      store<i64>(state, 0, STATE_EVENT);
    }
  }
}

/**
 * One month of one lane. Time inside the month runs from 0 to 1; with x the work done since the month began over the pace at which it began, that
 * work is done at ln(1 + g x) / g, and the price has been earned (e^(m t) - 1) / m times by t. The operations are those of a lane of the SIMD build.
 */
function advanceLane(state: usize, month: f64, m: f64, g: f64, usdAt: usize, btcAt: usize): void {
  const price = load<f64>(state, STATE_PRICE);
  const pace = load<f64>(state, STATE_PACE);
  const inversePace = 1.0 / pace;
  const networkRatio = growthRatio(g);
  const priceRatio = growthRatio(m);
  const work = pace * networkRatio;
  let difficulty = load<f64>(state, STATE_DIFFICULTY);
  let left = load<f64>(state, STATE_LEFT);
  let epochStart = load<f64>(state, STATE_EPOCH_START);
  let pay = load<f64>(state, STATE_PAY);
  let event = <usize>load<i64>(state, STATE_EVENT);
  let done: f64 = 0.0;
  let time: f64 = 0.0;
  let earned: f64 = 0.0;
  let btc: f64 = 0.0;
  let usd: f64 = 0.0;
  let needed = done + left;
  while (needed < work && event < SCHEDULE_END) {
    const x = needed * inversePace;
    const at = x * timeRatio(g * x);
    const earnedThen = at * growthRatio(m * at);
    btc += pay * (at - time);
    usd += pay * (earnedThen - earned);
    time = at;
    earned = earnedThen;
    const now = month + at;
    const span = (now - epochStart) * SPAN_PER_MONTH_S;
    const row = SCHEDULE_PTR + event;
    if (load<i64>(row, EVENT_IS_RETARGET) != 0) {
      difficulty *= TARGET_EPOCH_S / max(MIN_SPAN_S, min(MAX_SPAN_S, span));
      epochStart = now;
    }
    pay = load<f64>(row, EVENT_PAY) / difficulty;
    done = needed;
    left = difficulty * load<f64>(row, EVENT_BLOCKS);
    needed = done + left;
    event += EVENT_BYTES;
  }
  if (event >= SCHEDULE_END) ranOutOfEvents = true;
  btc += pay * (1.0 - time);
  usd += pay * (priceRatio - earned);
  store<f64>(btcAt, btc);
  store<f64>(usdAt, usd * price);
  store<f64>(state, price * (1.0 + m * priceRatio), STATE_PRICE);
  store<f64>(state, pace * (1.0 + g * networkRatio), STATE_PACE);
  store<f64>(state, difficulty, STATE_DIFFICULTY);
  store<f64>(state, left - (work - done), STATE_LEFT);
  store<f64>(state, epochStart, STATE_EPOCH_START);
  store<f64>(state, pay, STATE_PAY);
  store<i64>(state, <i64>event, STATE_EVENT);
}

/** One field of the schedule for the events of both lanes. */
@inline
function ofEvents(first: usize, second: usize, field: usize): v128 {
  return v128.load_lane<f64>(SCHEDULE_PTR + field + second, v128.load_splat<f64>(SCHEDULE_PTR + field + first), 1);
}

/**
 * The SIMD build takes a month of a block in rounds: every pair begins, then every pair that has an event left meets it, until none has, then every pair ends. What a pair's
 * next event is rests on the time of its last one, a chain of a hundred cycles; taken in rounds, the chains of different pairs run side by side.
 */
function beginMonth(state: usize, m: v128, g: v128): void {
  const pace = v128.load(state, STATE_PACE);
  const networkRatio = growthRatioPair(g);
  const zero = f64x2.splat(0.0);
  v128.store(state, m, MONTH_PRICE_STEP);
  v128.store(state, g, MONTH_NETWORK_STEP);
  v128.store(state, f64x2.div(f64x2.splat(1.0), pace), MONTH_INVERSE_PACE);
  v128.store(state, f64x2.mul(pace, networkRatio), MONTH_WORK);
  v128.store(state, f64x2.mul(pace, f64x2.add(f64x2.splat(1.0), f64x2.mul(g, networkRatio))), STATE_PACE);
  v128.store(state, zero, MONTH_DONE);
  v128.store(state, zero, MONTH_TIME);
  v128.store(state, zero, MONTH_EARNED);
  v128.store(state, zero, MONTH_BTC);
  v128.store(state, zero, MONTH_USD);
}

/** Lanes of a pair that have an event before the month ends: bit 0 and bit 1. */
@inline
function pendingLanes(state: usize): i32 {
  const needed = f64x2.add(v128.load(state, MONTH_DONE), v128.load(state, STATE_LEFT));
  return i64x2.bitmask(f64x2.lt(needed, v128.load(state, MONTH_WORK)));
}

/** The next event of each lane that has one in this month. */
function meetEvent(state: usize, month: f64): void {
  const m = v128.load(state, MONTH_PRICE_STEP);
  const g = v128.load(state, MONTH_NETWORK_STEP);
  const first = <usize>load<i64>(state, STATE_EVENT);
  const second = <usize>load<i64>(state, STATE_EVENT + 8);
  const time = v128.load(state, MONTH_TIME);
  const earned = v128.load(state, MONTH_EARNED);
  const done = v128.load(state, MONTH_DONE);
  const left = v128.load(state, STATE_LEFT);
  const pay = v128.load(state, STATE_PAY);
  const before = v128.load(state, STATE_DIFFICULTY);
  const epochStart = v128.load(state, STATE_EPOCH_START);
  const needed = f64x2.add(done, left);
  const comes = f64x2.lt(needed, v128.load(state, MONTH_WORK));
  const x = f64x2.mul(needed, v128.load(state, MONTH_INVERSE_PACE));
  const at = f64x2.mul(x, timeRatioPair(f64x2.mul(g, x)));
  const earnedThen = f64x2.mul(at, growthRatioPair(f64x2.mul(m, at)));
  const btc = v128.and(f64x2.mul(pay, f64x2.sub(at, time)), comes);
  const usd = v128.and(f64x2.mul(pay, f64x2.sub(earnedThen, earned)), comes);
  v128.store(state, f64x2.add(v128.load(state, MONTH_BTC), btc), MONTH_BTC);
  v128.store(state, f64x2.add(v128.load(state, MONTH_USD), usd), MONTH_USD);
  v128.store(state, v128.bitselect(at, time, comes), MONTH_TIME);
  v128.store(state, v128.bitselect(earnedThen, earned, comes), MONTH_EARNED);
  const now = f64x2.add(f64x2.splat(month), at);
  const span = f64x2.mul(f64x2.sub(now, epochStart), f64x2.splat(SPAN_PER_MONTH_S));
  const clamped = f64x2.max(f64x2.splat(MIN_SPAN_S), f64x2.min(f64x2.splat(MAX_SPAN_S), span));
  const retargets = v128.and(ofEvents(first, second, EVENT_IS_RETARGET), comes);
  const difficulty = v128.bitselect(f64x2.mul(before, f64x2.div(f64x2.splat(TARGET_EPOCH_S), clamped)), before, retargets);
  v128.store(state, difficulty, STATE_DIFFICULTY);
  v128.store(state, v128.bitselect(now, epochStart, retargets), STATE_EPOCH_START);
  v128.store(state, v128.bitselect(f64x2.div(ofEvents(first, second, EVENT_PAY), difficulty), pay, comes), STATE_PAY);
  v128.store(state, v128.bitselect(needed, done, comes), MONTH_DONE);
  v128.store(state, v128.bitselect(f64x2.mul(difficulty, ofEvents(first, second, EVENT_BLOCKS)), left, comes), STATE_LEFT);
  v128.store(state, i64x2.add(v128.load(state, STATE_EVENT), v128.and(comes, i64x2.splat(EVENT_BYTES))), STATE_EVENT);
}

function endMonth(state: usize, usdAt: usize, btcAt: usize): void {
  const one = f64x2.splat(1.0);
  const m = v128.load(state, MONTH_PRICE_STEP);
  const price = v128.load(state, STATE_PRICE);
  const pay = v128.load(state, STATE_PAY);
  const priceRatio = growthRatioPair(m);
  const btc = f64x2.add(v128.load(state, MONTH_BTC), f64x2.mul(pay, f64x2.sub(one, v128.load(state, MONTH_TIME))));
  const usd = f64x2.add(v128.load(state, MONTH_USD), f64x2.mul(pay, f64x2.sub(priceRatio, v128.load(state, MONTH_EARNED))));
  v128.store(btcAt, btc);
  v128.store(usdAt, f64x2.mul(usd, price));
  v128.store(state, f64x2.mul(price, f64x2.add(one, f64x2.mul(m, priceRatio))), STATE_PRICE);
  const restOfMonth = f64x2.sub(v128.load(state, MONTH_WORK), v128.load(state, MONTH_DONE));
  v128.store(state, f64x2.sub(v128.load(state, STATE_LEFT), restOfMonth), STATE_LEFT);
}

/** Meets the events of the pairs that beginMonth has begun, round after round. False when a path runs out of the schedule. */
function meetEvents(count: i32, month: f64): bool {
  let waiting = 0;
  for (let pair = 0; pair < count; pair++) {
    store<i32>(WAITING_PTR + (<usize>waiting << 2), pair * PAIR_BYTES);
    waiting += i32(pendingLanes(STATE_PTR + <usize>(pair * PAIR_BYTES)) != 0);
  }
  while (waiting > 0) {
    let still = 0;
    for (let i = 0; i < waiting; i++) meetEvent(STATE_PTR + <usize>load<i32>(WAITING_PTR + (<usize>i << 2)), month);
    for (let i = 0; i < waiting; i++) {
      const offset = load<i32>(WAITING_PTR + (<usize>i << 2));
      const state = STATE_PTR + <usize>offset;
      if (max(load<i64>(state, STATE_EVENT), load<i64>(state, STATE_EVENT + 8)) >= <i64>SCHEDULE_END) return false;
      store<i32>(WAITING_PTR + (<usize>still << 2), offset);
      still += i32(pendingLanes(state) != 0);
    }
    waiting = still;
  }
  return true;
}

/** One month of `count` pairs of the block; the block's first path is at byte `at` of a month. */
function advanceBlock(count: i32, month: i32, at: usize): void {
  const usdAt = pathsOfMonth(PATHS_USD_PER_THS_PTR, month) + at;
  const btcAt = pathsOfMonth(PATHS_BTC_PER_THS_PTR, month) + at;
  for (let pair = 0; pair < count; pair++) {
    const lane = <usize>pair << 4;
    const state = STATE_PTR + <usize>(pair * PAIR_BYTES);
    const z1 = load<f64>(NORMALS_1_PTR + (<usize>pair << 3));
    const z2 = load<f64>(NORMALS_2_PTR + (<usize>pair << 3));
    const priceStep = load<f64>(MODEL_PTR, PRICE_DEVIATION) * z1;
    const networkStep = load<f64>(MODEL_PTR, NETWORK_SHARED) * z1 + load<f64>(MODEL_PTR, NETWORK_OWN) * z2;
    const priceMean = load<f64>(MODEL_PTR, PRICE_MEAN);
    const networkMean = load<f64>(MODEL_PTR, NETWORK_MEAN);
    if (ASC_FEATURE_SIMD) {
      const m = f64x2.replace_lane(f64x2.splat(priceMean + priceStep), 1, priceMean - priceStep);
      const g = f64x2.replace_lane(f64x2.splat(networkMean + networkStep), 1, networkMean - networkStep);
      beginMonth(state, m, g);
    } else {
      advanceLane(state, <f64>month, priceMean + priceStep, networkMean + networkStep, usdAt + lane, btcAt + lane);
      advanceLane(state + 8, <f64>month, priceMean - priceStep, networkMean - networkStep, usdAt + lane + 8, btcAt + lane + 8);
    }
  }
  if (ASC_FEATURE_SIMD) {
    if (!meetEvents(count, <f64>month)) ranOutOfEvents = true;
    for (let pair = 0; pair < count; pair++) {
      const lane = <usize>pair << 4;
      endMonth(STATE_PTR + <usize>(pair * PAIR_BYTES), usdAt + lane, btcAt + lane);
    }
  }
}

/**
 * Simulates the network block's paths as RISK_INPUTS say. OK; the status of runPath; BAD_RISK_INPUT + field; TOO_MANY_SEGMENTS when a path has more than MAX_PATH_EVENTS
 * retargets. With an odd number of paths the last pair is simulated whole and its second path left out of every figure. O(paths * epochs).
 */
export function simulatePaths(): i32 {
  readyPaths = 0;
  const status = runPath();
  if (status != OK) return status;
  const inputStatus = checkInputs();
  if (inputStatus != OK) return inputStatus;
  const paths = <i32>riskInput(K_PATHS);
  const months = <i32>networkField(N_HORIZON_MONTHS);
  const pairs = (paths + 1) >> 1;
  const seed = riskInput(K_SEED);
  const key1 = <u32>floor(seed / TWO_POW_32);
  const key0 = <u32>(seed - <f64>key1 * TWO_POW_32);
  ranOutOfEvents = false;
  writeSchedule();
  writeModel();
  for (let firstPair = 0; firstPair < pairs; firstPair += BLOCK_PAIRS) {
    const count = min(BLOCK_PAIRS, pairs - firstPair);
    const at = <usize>firstPair << 4;
    startBlock();
    for (let month = 0; month < months && !ranOutOfEvents; month++) {
      fillNormals(firstPair, count, month, key0, key1, NORMALS_1_PTR, NORMALS_2_PTR);
      advanceBlock(count, month, at);
    }
    for (let pair = 0; pair < count; pair++) {
      const state = STATE_PTR + <usize>(pair * PAIR_BYTES);
      store<f64>(PATHS_EXIT_PRICE_PTR + at + (<usize>pair << 4), load<f64>(state, STATE_PRICE));
      store<f64>(PATHS_EXIT_PRICE_PTR + at + (<usize>pair << 4), load<f64>(state, STATE_PRICE + 8), 8);
    }
  }
  if (ranOutOfEvents) return TOO_MANY_SEGMENTS;
  readyPaths = paths;
  readyMonths = months;
  return OK;
}
