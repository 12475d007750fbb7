/** One machine on every simulated path: the month table of DOMAIN section 4 with the path's own revenue. Row 0 of the machine columns. */
import { M_CAPEX_USD, M_COUNT, M_HASHRATE_DECAY_RATIO_PER_MONTH, M_HELD_RATIO, M_RESIDUAL_USD, M_SHUTDOWN, OK, machine } from '../layout';
import { fixedUsdPerMonth, monthlyDiscountFactor, paidThs, powerUsdPerMonth } from '../row';
import { HELD_BTC_PTR, NO_PATHS, PATHS_BTC_PER_THS_PTR, PATHS_EXIT_PRICE_PTR, PATHS_USD_PER_THS_PTR, pathsOfMonth } from './layout';
import { clearOutcomes, closeMonth, closeOutcomes, noteShutdown, settleLane, settlePair } from './outcomes';
import { simulatedMonths, simulatedPaths } from './paths';

/**
 * What a month needs of the machine. Through memory on purpose, as in ../cashflow.ts: left in expressions, the optimising compilers of today's browsers move them into the
 * loop over paths.
 */
const TERMS_PTR: usize = memory.data(7 * 8, 16);
const TERM_THS: usize = 0;
const TERM_KEPT: usize = 8;
const TERM_POWER: usize = 16;
const TERM_FIXED: usize = 24;
/** Revenue below which the machine stops; -infinity when it never does. */
const TERM_THRESHOLD: usize = 32;
const TERM_HELD: usize = 40;
const TERM_RESIDUAL: usize = 48;

/** A month of all paths; returns on how many the machine is off. */
function runMonth(month: i32, isLast: bool, factor: f64): i32 {
  const paths = simulatedPaths();
  const usd = pathsOfMonth(PATHS_USD_PER_THS_PTR, month);
  const btc = pathsOfMonth(PATHS_BTC_PER_THS_PTR, month);
  const holds = load<f64>(TERMS_PTR, TERM_HELD) != 0.0;
  const end = <usize>paths << 3;
  let offPaths = 0;
  if (ASC_FEATURE_SIMD) {
    const ths = v128.load64_splat(TERMS_PTR, TERM_THS);
    const kept = v128.load64_splat(TERMS_PTR, TERM_KEPT);
    const power = v128.load64_splat(TERMS_PTR, TERM_POWER);
    const fixed = v128.load64_splat(TERMS_PTR, TERM_FIXED);
    const threshold = v128.load64_splat(TERMS_PTR, TERM_THRESHOLD);
    const held = v128.load64_splat(TERMS_PTR, TERM_HELD);
    for (let at: usize = 0; at < end; at += 16) {
      const gross = f64x2.mul(ths, v128.load(usd + at));
      const off = f64x2.lt(gross, threshold);
      let net = f64x2.sub(v128.andnot(f64x2.sub(f64x2.mul(kept, gross), power), off), fixed);
      let offLanes = i64x2.bitmask(off);
      if (at + 8 == end) offLanes &= 1;
      if (offLanes) {
        offPaths += popcnt(offLanes);
        if (offLanes & 1) noteShutdown(at, <f64>month);
        if (offLanes & 2) noteShutdown(at + 8, <f64>month);
      }
      if (holds) {
        const mined = v128.andnot(f64x2.mul(f64x2.mul(held, ths), v128.load(btc + at)), off);
        v128.store(at, f64x2.add(v128.load(at, HELD_BTC_PTR), mined), HELD_BTC_PTR);
      }
      if (isLast) {
        const sold = f64x2.mul(v128.load(at, HELD_BTC_PTR), v128.load(at, PATHS_EXIT_PRICE_PTR));
        net = f64x2.add(f64x2.add(net, v128.load64_splat(TERMS_PTR, TERM_RESIDUAL)), sold);
      }
      settlePair(at, <f64>month, net, factor);
    }
  } else {
    const ths = load<f64>(TERMS_PTR, TERM_THS);
    const kept = load<f64>(TERMS_PTR, TERM_KEPT);
    const power = load<f64>(TERMS_PTR, TERM_POWER);
    const fixed = load<f64>(TERMS_PTR, TERM_FIXED);
    const threshold = load<f64>(TERMS_PTR, TERM_THRESHOLD);
    const held = load<f64>(TERMS_PTR, TERM_HELD);
    for (let at: usize = 0; at < end; at += 8) {
      const gross = ths * load<f64>(usd + at);
      const off = gross < threshold;
      let net = (off ? 0.0 : kept * gross - power) - fixed;
      if (off) {
        offPaths++;
        noteShutdown(at, <f64>month);
      }
      if (holds) store<f64>(at, load<f64>(at, HELD_BTC_PTR) + (off ? 0.0 : held * ths * load<f64>(btc + at)), HELD_BTC_PTR);
      if (isLast) net = net + load<f64>(TERMS_PTR, TERM_RESIDUAL) + load<f64>(at, HELD_BTC_PTR) * load<f64>(at, PATHS_EXIT_PRICE_PTR);
      settleLane(at, <f64>month, net, factor);
    }
  }
  return offPaths;
}

/** Outcomes, fan and share of time off of machine row 0 on the simulated paths. OK or NO_PATHS. O(paths * months). */
export function evaluateMachine(): i32 {
  if (simulatedPaths() == 0) return NO_PATHS;
  const months = simulatedMonths();
  const capex = machine(M_CAPEX_USD, 0);
  const count = machine(M_COUNT, 0);
  const power = powerUsdPerMonth(0);
  const decay = 1.0 - machine(M_HASHRATE_DECAY_RATIO_PER_MONTH, 0);
  const discount = monthlyDiscountFactor(0);
  store<f64>(TERMS_PTR, 1.0 - machine(M_HELD_RATIO, 0), TERM_KEPT);
  store<f64>(TERMS_PTR, power, TERM_POWER);
  store<f64>(TERMS_PTR, fixedUsdPerMonth(0), TERM_FIXED);
  store<f64>(TERMS_PTR, machine(M_SHUTDOWN, 0) != 0.0 ? power : -Infinity, TERM_THRESHOLD);
  store<f64>(TERMS_PTR, machine(M_HELD_RATIO, 0), TERM_HELD);
  store<f64>(TERMS_PTR, machine(M_RESIDUAL_USD, 0), TERM_RESIDUAL);
  clearOutcomes(capex);
  let ths = paidThs(0);
  let factor: f64 = 1.0;
  for (let month = 0; month < months; month++) {
    store<f64>(TERMS_PTR, ths, TERM_THS);
    factor *= discount;
    const offPaths = runMonth(month, month == months - 1, factor);
    closeMonth(month, <f64>offPaths, count);
    ths *= decay;
  }
  closeOutcomes(capex, count);
  return OK;
}
