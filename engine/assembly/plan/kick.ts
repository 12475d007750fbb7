/**
 * Leaves a local optimum: a few units replan while multipliers of caps and peak are drawn at random around their own, which shifts power between intervals; the
 * polish afterwards finds the nearest optimum of the new place. Random numbers are counted, not drawn from the outside: the same kicks on every engine.
 */
import { ROW_BEST_PTR, ROW_CAP, ROW_PEAK, RATE_PTR, rows, siteCell, sites } from './layout';
import { listLength, listedUnit, replan, setPlainRates } from './primal';
import { drawn } from './drawn';
import { rowFigure, rowInterval, rowKind, rowOwner } from './rates';

/** Kicks `count` of the listed units. RATE and BONUS are plain again afterwards. Returns how many changed. */
export function kick(seed: u32, count: i32): i32 {
  setPlainRates();
  const rowCount = rows();
  let number: u32 = 0;
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    if (kind != ROW_CAP && kind != ROW_PEAK) continue;
    const rate = Math.floor(rowFigure(ROW_BEST_PTR, row) * 2.0 * drawn(seed, number++));
    if (kind == ROW_CAP) {
      const at = siteCell(RATE_PTR, rowOwner(row), rowInterval(row));
      store<f64>(at, load<f64>(at) + rate);
      continue;
    }
    const siteCount = sites();
    for (let site = 0; site < siteCount; site++) {
      const at = siteCell(RATE_PTR, site, rowInterval(row));
      store<f64>(at, load<f64>(at) + rate);
    }
  }
  let changed = 0;
  for (let index = 0; index < count; index++) {
    const chosen = <i32>(drawn(seed, number++) * <f64>listLength());
    changed += i32(replan(listedUnit(chosen)));
  }
  setPlainRates();
  return changed;
}
