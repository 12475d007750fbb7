/**
 * Cash flow over columns (DOMAIN 4): rows in pairs, months inside. The SIMD build does two rows in one chain, the scalar build row by row, with
 * the same bits. Nothing is allocated and the month loop branches on nothing but the last month.
 * Order of operations is part of the contract: see "Reduction order" in engine/ABI.md.
 */
import {
  FLEET_NET_USD_PTR,
  FLEET_SCALARS_PTR,
  MAX_MONTHS,
  M_COUNT,
  NO_PATH,
  OK,
  PAIR_FLOWS_PTR,
  ROW_STATUS_PTR,
  R_IRR_RATIO_PER_YEAR,
  R_PROFIT_USD,
  TILE_ROWS,
  TOO_MANY_ROWS,
  machine,
  resultColumn,
  setResult,
} from './layout';
import { runRowScalar } from './cashflow-scalar';
import { runPairSimd } from './cashflow-simd';
import { irrOfFirstLane, irrOfSecondLane, solvePair } from './irr';
import { clearEvents } from './pair-events';
import { pathMonths } from './path';

/** Also solve each row's IRR. */
export const WITH_IRR: i32 = 1;
/** Also add each valid row's flows to FLEET_NET_USD. */
export const WITH_FLEET: i32 = 2;

export function clearFleet(): void {
  memory.fill(FLEET_NET_USD_PTR, 0, MAX_MONTHS * 8);
}

function addToFleet(row: i32, lane: usize, months: i32): void {
  if (load<f64>(ROW_STATUS_PTR + (<usize>row << 3)) != 0.0) return;
  // A row whose figures leave the range of a double is refused by the host; it must not spoil the sum of the others.
  if (!isFinite(load<f64>(resultColumn(R_PROFIT_USD) + (<usize>row << 3)))) return;
  const count = machine(M_COUNT, row);
  for (let k = 0; k < months; k++) {
    const at = FLEET_NET_USD_PTR + (<usize>k << 3);
    store<f64>(at, load<f64>(at) + count * load<f64>(PAIR_FLOWS_PTR + 16 + (<usize>k << 4) + lane));
  }
}

/**
 * Payback and IRR of the summed flows: never an average of paybacks (DOMAIN 6). `capexUsd` is the rows' total. Writes FLEET_SCALARS. O(months).
 */
export function summariseFleet(capexUsd: f64, longestMonths: i32): void {
  const months = max(0, min(MAX_MONTHS, longestMonths));
  let cumulative = -capexUsd;
  let isBelow = cumulative < 0.0;
  let payback: f64 = NaN;
  store<f64>(PAIR_FLOWS_PTR, cumulative);
  store<f64>(PAIR_FLOWS_PTR, cumulative, 8);
  for (let k = 0; k < months; k++) {
    const net = load<f64>(FLEET_NET_USD_PTR + (<usize>k << 3));
    const before = cumulative;
    cumulative += net;
    if (payback != payback && before < 0.0 && !(cumulative < 0.0)) payback = <f64>k + -before / net;
    isBelow = isBelow || cumulative < 0.0;
    store<f64>(PAIR_FLOWS_PTR + 16 + (<usize>k << 4), net);
    store<f64>(PAIR_FLOWS_PTR + 24 + (<usize>k << 4), net);
  }
  solvePair(months);
  store<f64>(FLEET_SCALARS_PTR, capexUsd == 0.0 && !isBelow ? 0.0 : payback);
  store<f64>(FLEET_SCALARS_PTR, irrOfFirstLane(), 8);
}

/**
 * Projects rows [0, rowCount) of the tile over the path of the last runPath. Rows that checkRows marked bad are computed too (their results
 * mean nothing) but never enter the fleet. An odd last row shares its pair with the stale row after it. O(rows * months).
 */
export function projectTile(rowCount: i32, options: i32): i32 {
  if (rowCount < 0 || rowCount > TILE_ROWS) return TOO_MANY_ROWS;
  const months = pathMonths();
  if (months == 0) return NO_PATH;
  const withIrr = (options & WITH_IRR) != 0;
  const withFleet = (options & WITH_FLEET) != 0;
  for (let row = 0; row < rowCount; row += 2) {
    if (ASC_FEATURE_SIMD) {
      runPairSimd(row, months);
    } else {
      clearEvents();
      runRowScalar(row, 0, months);
      runRowScalar(row + 1, 8, months);
    }
    if (withIrr) {
      solvePair(months);
      setResult(R_IRR_RATIO_PER_YEAR, row, irrOfFirstLane());
      setResult(R_IRR_RATIO_PER_YEAR, row + 1, irrOfSecondLane());
    }
    if (withFleet) {
      addToFleet(row, 0, months);
      if (row + 1 < rowCount) addToFleet(row + 1, 8, months);
    }
  }
  return OK;
}
