/**
 * Whether any plan exists. With all money at 0 every plan is worth 0, so a bound below 0 proves that there is none: the rows, weighted by the multipliers,
 * cannot be met even when every unit does its best. The weights name the rows; those that are not needed are dropped.
 */
import {
  F_RESTART,
  F_RESTART_KEPT,
  F_VALUE,
  HASHPRICE_KEPT_PTR,
  HASHPRICE_PTR,
  MAX_ROWS,
  PENALTY_PTR,
  PRICE_KEPT_PTR,
  PRICE_PTR,
  ROW_BEST_PTR,
  ROW_CAP,
  ROW_CLIENT,
  ROW_PEAK,
  ROW_TAKE_OR_PAY,
  ROW_UPPER_PTR,
  SUM_PTR,
  TERMS_PTR,
  T_PEAK_PRICE,
  head,
  intervals,
  pairAt,
  rows,
} from './layout';
import { evaluateBest } from './bundle';
import { dropCondensed } from './condensed';
import { rowFigure, rowKind, rowOwner, rowsPart, setRowFigure } from './rates';

/** Largest weight of a W; an interval of a client may weigh this times a unit's power. */
const WEIGHT_LIMIT: f64 = 1e6;
const UPPER_KEPT_PTR: usize = memory.data(MAX_ROWS * 8, 16);
const BEST_KEPT_PTR: usize = memory.data(MAX_ROWS * 8, 16);
const DROPPED_PTR: usize = memory.data(MAX_ROWS * 8, 16);
let peakPriceKept: f64 = 0.0;

function setRestarts(isKept: bool): void {
  const pairs = head(8);
  for (let pair = 0; pair < pairs; pair++) {
    const at = pairAt(pair);
    store<f64>(at + (F_RESTART << 4), isKept ? load<f64>(at + (F_RESTART_KEPT << 4)) : 0.0);
    store<f64>(at + (F_RESTART << 4) + 8, isKept ? load<f64>(at + (F_RESTART_KEPT << 4) + 8) : 0.0);
  }
}

/** Sets all money to 0 and the multipliers to weights: hard rows up to a limit, rows that money softens to nothing. */
export function forgetMoney(wattsOfUnit: f64): void {
  dropCondensed();
  const bytes = <usize>intervals() << 3;
  memory.copy(PRICE_KEPT_PTR, PRICE_PTR, bytes);
  memory.copy(HASHPRICE_KEPT_PTR, HASHPRICE_PTR, bytes);
  memory.fill(PRICE_PTR, 0, bytes);
  memory.fill(HASHPRICE_PTR, 0, bytes);
  setRestarts(false);
  peakPriceKept = load<f64>(TERMS_PTR + (T_PEAK_PRICE << 3));
  store<f64>(TERMS_PTR + (T_PEAK_PRICE << 3), 0.0);
  const count = rows();
  memory.copy(UPPER_KEPT_PTR, ROW_UPPER_PTR, <usize>count << 3);
  memory.copy(BEST_KEPT_PTR, ROW_BEST_PTR, <usize>count << 3);
  for (let row = 0; row < count; row++) {
    const kind = rowKind(row);
    const isSoft =
      kind == ROW_PEAK ||
      kind == ROW_TAKE_OR_PAY ||
      (kind == ROW_CAP && load<f64>(PENALTY_PTR + (<usize>rowOwner(row) << 3)) >= 0.0);
    setRowFigure(ROW_UPPER_PTR, row, isSoft ? 0.0 : kind == ROW_CLIENT ? WEIGHT_LIMIT * wattsOfUnit : WEIGHT_LIMIT);
    setRowFigure(ROW_BEST_PTR, row, 0.0);
  }
}

/** Puts money and multipliers back. */
export function recallMoney(): void {
  const bytes = <usize>intervals() << 3;
  memory.copy(PRICE_PTR, PRICE_KEPT_PTR, bytes);
  memory.copy(HASHPRICE_PTR, HASHPRICE_KEPT_PTR, bytes);
  setRestarts(true);
  store<f64>(TERMS_PTR + (T_PEAK_PRICE << 3), peakPriceKept);
  const count = rows();
  memory.copy(ROW_UPPER_PTR, UPPER_KEPT_PTR, <usize>count << 3);
  memory.copy(ROW_BEST_PTR, BEST_KEPT_PTR, <usize>count << 3);
}

/** The bound of the weights in ROW_BEST over the fleet's blocks; exact below 2^53. */
function weighRows(fleetBlocks: i32): f64 {
  evaluateBest(0, fleetBlocks, F_VALUE);
  return <f64>load<i64>(SUM_PTR) + rowsPart(ROW_BEST_PTR);
}

/**
 * Drops weights while the bound stays below 0: ever smaller groups of neighbouring rows, then single ones. Returns the bound left.
 * O(rows * log rows) evaluations at most.
 */
export function shrinkWeights(fleetBlocks: i32): f64 {
  const count = rows();
  let value = weighRows(fleetBlocks);
  for (let group = max(1, count / 2); ; group = max(1, group / 2)) {
    for (let from = 0; from < count; from += group) {
      const to = min(count, from + group);
      let dropped = false;
      for (let row = from; row < to; row++) {
        setRowFigure(DROPPED_PTR, row, rowFigure(ROW_BEST_PTR, row));
        dropped = dropped || rowFigure(ROW_BEST_PTR, row) > 0.0;
        setRowFigure(ROW_BEST_PTR, row, 0.0);
      }
      if (!dropped) continue;
      const without = weighRows(fleetBlocks);
      if (without < 0.0) {
        value = without;
        continue;
      }
      for (let row = from; row < to; row++) setRowFigure(ROW_BEST_PTR, row, rowFigure(DROPPED_PTR, row));
    }
    if (group == 1) break;
  }
  return value;
}
