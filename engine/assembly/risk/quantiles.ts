/**
 * Quantiles of the outcomes and how far they can be trusted. A quantile of p % of n paths is the smallest outcome that at least p % of them do not exceed: always one
 * that was simulated. Twins are not independent, so the spread of the share below a quantile is that of pairs; in ranks it is n times that, and half the distance between the
 * outcomes that many ranks below and above is the standard error. NaN: unknown, because that distance leaves the sample.
 */
import {
  CUMULATIVE_USD_PTR,
  FAN_PTR,
  FAN_QUANTILES,
  OUTCOME_NPV_USD_PTR,
  OUTCOME_PAYBACK_MONTHS_PTR,
  OUTCOME_PROFIT_USD_PTR,
  OUTCOME_SHUTDOWN_MONTH_PTR,
  RISK_SCALARS_PTR,
  SELECTION_PTR,
  SUMMARY_PTR,
  SUMMARY_QUANTILES,
} from './layout';
import { simulatedPaths } from './paths';
import { RANKS_PTR, selectRanks } from './select';

/** P5, P25, P50, P75, P95. */
@inline
function fanPercent(index: i32): i32 {
  return index == 0 ? 5 : index == 4 ? 95 : index * 25;
}

/** P5, P10, P50, P90, P95. */
@inline
function summaryPercent(index: i32): i32 {
  if (index == 2) return 50;
  return index < 2 ? 5 + 5 * index : 75 + 5 * index;
}

/** Rank of the quantile, from 0. */
@inline
function rankOf(percent: i32, paths: i32): i32 {
  return max(0, (percent * paths + 99) / 100 - 1);
}

@inline
function setRank(index: i32, rank: i32): void {
  store<i32>(RANKS_PTR + (<usize>index << 2), rank);
}

@inline
function selected(rank: i32): f64 {
  return load<f64>(SELECTION_PTR + (<usize>rank << 3));
}

/** Quantiles of the running total in a month, for all `count` machines. */
export function noteFan(month: i32, count: f64): void {
  const paths = simulatedPaths();
  memory.copy(SELECTION_PTR, CUMULATIVE_USD_PTR, <usize>paths << 3);
  for (let index = 0; index < FAN_QUANTILES; index++) setRank(index, rankOf(fanPercent(index), paths));
  selectRanks(SELECTION_PTR, 0, paths, 0, FAN_QUANTILES - 1);
  const row = FAN_PTR + <usize>(month * FAN_QUANTILES * 8);
  for (let index = 0; index < FAN_QUANTILES; index++) {
    store<f64>(row + (<usize>index << 3), selected(rankOf(fanPercent(index), paths)) * count);
  }
}

/** Standard deviation of the share of paths whose outcome is at most `bound`, from whole pairs; NaN with fewer than two. */
function shareDeviation(outcomes: usize, bound: f64): f64 {
  const pairs = simulatedPaths() >> 1;
  if (pairs < 2) return NaN;
  let ones = 0;
  let twos = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const at = outcomes + (<usize>pair << 4);
    const below = i32(load<f64>(at) <= bound) + i32(load<f64>(at, 8) <= bound);
    ones += i32(below == 1);
    twos += i32(below == 2);
  }
  const mean = (<f64>ones + 2.0 * <f64>twos) / <f64>pairs;
  const variance = (<f64>ones + 4.0 * <f64>twos - mean * mean * <f64>pairs) / <f64>(pairs - 1);
  return 0.5 * sqrt(max(0.0, variance) / <f64>pairs);
}

/** Writes the quantiles of one array of outcomes and their standard errors to place `index` of the summary. */
function summarise(outcomes: usize, index: i32): void {
  const paths = simulatedPaths();
  const places = SUMMARY_PTR + <usize>(index * SUMMARY_QUANTILES * 16);
  memory.copy(SELECTION_PTR, outcomes, <usize>paths << 3);
  for (let i = 0; i < SUMMARY_QUANTILES; i++) setRank(i, rankOf(summaryPercent(i), paths));
  selectRanks(SELECTION_PTR, 0, paths, 0, SUMMARY_QUANTILES - 1);
  for (let i = 0; i < SUMMARY_QUANTILES; i++) {
    store<f64>(places + (<usize>i << 4), selected(rankOf(summaryPercent(i), paths)));
  }
  for (let i = 0; i < SUMMARY_QUANTILES; i++) {
    const place = places + (<usize>i << 4);
    const reach = <f64>paths * shareDeviation(outcomes, load<f64>(place));
    const rank = <f64>rankOf(summaryPercent(i), paths);
    const low = floor(rank - reach);
    const high = ceil(rank + reach);
    if (!(low >= 0.0 && high <= <f64>(paths - 1))) {
      store<f64>(place, NaN, 8);
      continue;
    }
    setRank(0, <i32>low);
    setRank(1, <i32>high);
    selectRanks(SELECTION_PTR, 0, paths, 0, low < high ? 1 : 0);
    store<f64>(place, 0.5 * (selected(<i32>high) - selected(<i32>low)), 8);
  }
}

/** Mean NPV and its standard error, from the means of pairs. */
function storeMeanNpv(): void {
  const paths = simulatedPaths();
  const pairs = paths >> 1;
  let sum: f64 = 0.0;
  for (let path = 0; path < paths; path++) sum += load<f64>(OUTCOME_NPV_USD_PTR + (<usize>path << 3));
  const mean = sum / <f64>paths;
  let squares: f64 = 0.0;
  for (let pair = 0; pair < pairs; pair++) {
    const at = OUTCOME_NPV_USD_PTR + (<usize>pair << 4);
    const distance = 0.5 * (load<f64>(at) + load<f64>(at, 8)) - mean;
    squares += distance * distance;
  }
  store<f64>(RISK_SCALARS_PTR, mean, 40);
  store<f64>(RISK_SCALARS_PTR, pairs < 2 ? NaN : sqrt(squares / <f64>(pairs - 1) / <f64>pairs), 48);
}

/** Reads the outcomes of the last evaluation, writes SUMMARY and RISK_SCALARS. O(paths). */
export function summariseOutcomes(): void {
  const paths = simulatedPaths();
  if (paths == 0) return;
  summarise(OUTCOME_NPV_USD_PTR, 0);
  summarise(OUTCOME_PROFIT_USD_PTR, 1);
  summarise(OUTCOME_PAYBACK_MONTHS_PTR, 2);
  storeMeanNpv();
  let paidBack = 0;
  let stopped = 0;
  let stopMonths: f64 = 0.0;
  for (let path = 0; path < paths; path++) {
    const at = <usize>path << 3;
    const month = load<f64>(at, OUTCOME_SHUTDOWN_MONTH_PTR);
    paidBack += i32(load<f64>(at, OUTCOME_PAYBACK_MONTHS_PTR) != Infinity);
    stopped += i32(month > 0.0);
    stopMonths += month;
  }
  store<f64>(RISK_SCALARS_PTR, <f64>paidBack / <f64>paths);
  store<f64>(RISK_SCALARS_PTR, shareDeviation(OUTCOME_PAYBACK_MONTHS_PTR, f64.MAX_VALUE), 8);
  store<f64>(RISK_SCALARS_PTR, <f64>stopped / <f64>paths, 16);
  store<f64>(RISK_SCALARS_PTR, shareDeviation(OUTCOME_SHUTDOWN_MONTH_PTR, 0.5), 24);
  store<f64>(RISK_SCALARS_PTR, stopped == 0 ? NaN : stopMonths / <f64>stopped, 32);
}
