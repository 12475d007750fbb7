/**
 * Leaves a local optimum: a few units replan while multipliers of caps and peak are drawn at random around their own, which shifts power between intervals; the
 * polish afterwards finds the nearest optimum of the new place. Random numbers are counted, not drawn from the outside: the same kicks on every engine.
 */
import { ROW_BEST_PTR, ROW_CAP, ROW_PEAK, RATE_PTR, rows, siteCell, sites } from './layout';
import { listLength, listedUnit, replan, setPlainRates } from './primal';
import { rowFigure, rowInterval, rowKind, rowOwner } from './rates';

/** A whole number below 2^32 from two: a finaliser of 32 bits over both. */
@inline
function mix(seed: u32, index: u32): u32 {
  let bits: u32 = seed * 0x9e3779b1 + index * 0x85ebca77 + 0x165667b1;
  bits = (bits ^ (bits >> 15)) * 0x2c1b3c6d;
  bits = (bits ^ (bits >> 12)) * 0x297a2d39;
  return bits ^ (bits >> 15);
}

/** In [0, 1). */
@inline
function share(seed: u32, index: u32): f64 {
  return <f64>mix(seed, index) / 4294967296.0;
}

/** Kicks `count` of the listed units. RATE and BONUS are plain again afterwards. Returns how many changed. */
export function kick(seed: u32, count: i32): i32 {
  setPlainRates();
  const rowCount = rows();
  let drawn: u32 = 0;
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    if (kind != ROW_CAP && kind != ROW_PEAK) continue;
    const rate = Math.floor(rowFigure(ROW_BEST_PTR, row) * 2.0 * share(seed, drawn++));
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
    const chosen = <i32>(share(seed, drawn++) * <f64>listLength());
    changed += i32(replan(listedUnit(chosen)));
  }
  setPlainRates();
  return changed;
}
