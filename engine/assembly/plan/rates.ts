/**
 * Multipliers to prices and back: what a watt costs by site and interval when every coupling row is priced, what an interval on earns a client's unit on
 * top, and, after the units have chosen, how far each row is from its limit.
 */
import {
  BONUS_PTR,
  CLIENT_ON_PTR,
  LOAD_LANES_PTR,
  PRICE_PTR,
  RATE_PTR,
  ROW_CAP,
  ROW_CLIENT,
  ROW_INTERVAL_PTR,
  ROW_KIND_PTR,
  ROW_LIMIT_PTR,
  ROW_OWNER_PTR,
  ROW_PEAK,
  ROW_RAMP_UP,
  ROW_SLOPE_PTR,
  ROW_TAKE_OR_PAY,
  T_PEAK_HIGH,
  T_PEAK_LOW,
  T_PEAK_PRICE,
  T_PEAK_SO_FAR,
  clients,
  intervals,
  rows,
  siteCell,
  sites,
  term,
} from './layout';

@inline
export function rowKind(row: i32): i32 {
  return load<i32>(ROW_KIND_PTR + (<usize>row << 2));
}

@inline
export function rowOwner(row: i32): i32 {
  return load<i32>(ROW_OWNER_PTR + (<usize>row << 2));
}

@inline
export function rowInterval(row: i32): i32 {
  return load<i32>(ROW_INTERVAL_PTR + (<usize>row << 2));
}

@inline
export function rowFigure(base: usize, row: i32): f64 {
  return load<f64>(base + (<usize>row << 3));
}

@inline
export function setRowFigure(base: usize, row: i32, value: f64): void {
  store<f64>(base + (<usize>row << 3), value);
}

@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** A figure added to every site in one interval. */
@inline
function addEverywhere(interval: i32, value: f64): void {
  const count = sites();
  for (let site = 0; site < count; site++) add(siteCell(RATE_PTR, site, interval), value);
}

/** RATE and BONUS from the prices and the multipliers at `base`, each times `share` in whole units. O(sites * intervals + rows). */
export function setRates(base: usize, share: f64 = 1.0): void {
  const count = intervals();
  const siteCount = sites();
  for (let site = 0; site < siteCount; site++) memory.copy(siteCell(RATE_PTR, site, 0), PRICE_PTR, <usize>count << 3);
  memory.fill(BONUS_PTR, 0, <usize>clients() << 3);
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    const multiplier = Math.floor(rowFigure(base, row) * share);
    if (multiplier == 0.0) continue;
    const owner = rowOwner(row);
    const interval = rowInterval(row);
    if (kind == ROW_CAP) {
      add(siteCell(RATE_PTR, owner, interval), multiplier);
    } else if (kind == ROW_CLIENT) {
      store<f64>(BONUS_PTR + (<usize>owner << 3), multiplier);
    } else if (kind == ROW_TAKE_OR_PAY) {
      for (let t = 0; t < count; t++) addEverywhere(t, -multiplier);
    } else if (kind == ROW_PEAK) {
      addEverywhere(interval, multiplier);
    } else {
      // load[t] - load[t-1] <= ramp: a watt in t costs, a watt in t-1 helps; downwards the other way round.
      const signed = kind == ROW_RAMP_UP ? multiplier : -multiplier;
      add(siteCell(RATE_PTR, owner, interval), signed);
      add(siteCell(RATE_PTR, owner, interval - 1), -signed);
    }
  }
}

@inline
function loadOf(site: i32, interval: i32): f64 {
  const at = LOAD_LANES_PTR + ((<usize>site * <usize>intervals() + <usize>interval) << 4);
  return load<f64>(at) + load<f64>(at, 8);
}

function totalOf(interval: i32): f64 {
  const count = sites();
  let total: f64 = 0.0;
  for (let site = 0; site < count; site++) total += loadOf(site, interval);
  return total;
}

/** Sum of the peak's multipliers at `base`. */
export function sharedPeak(base: usize): f64 {
  const rowCount = rows();
  let sum: f64 = 0.0;
  for (let row = 0; row < rowCount; row++) sum += rowKind(row) == ROW_PEAK ? rowFigure(base, row) : 0.0;
  return sum;
}

/** The peak that is best at the multipliers: the highest allowed when they pay more than it costs, else the lowest. */
@inline
function bestPeak(shared: f64): f64 {
  return shared > term(T_PEAK_PRICE) ? term(T_PEAK_HIGH) : term(T_PEAK_LOW);
}

/** Slope of the bound in every row, from the loads and clients' intervals of the last evaluation, which was at the multipliers of `base`. */
export function setSlopes(base: usize): void {
  const count = intervals();
  const rowCount = rows();
  const peak = bestPeak(sharedPeak(base));
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    const owner = rowOwner(row);
    const interval = rowInterval(row);
    const limit = rowFigure(ROW_LIMIT_PTR, row);
    let slope: f64 = 0.0;
    if (kind == ROW_CAP) {
      slope = limit - loadOf(owner, interval);
    } else if (kind == ROW_CLIENT) {
      slope = load<f64>(CLIENT_ON_PTR + (<usize>owner << 3)) - limit;
    } else if (kind == ROW_TAKE_OR_PAY) {
      for (let t = 0; t < count; t++) slope += totalOf(t);
      slope -= limit;
    } else if (kind == ROW_PEAK) {
      slope = peak - totalOf(interval);
    } else {
      const step = loadOf(owner, interval) - loadOf(owner, interval - 1);
      slope = limit - (kind == ROW_RAMP_UP ? step : -step);
    }
    setRowFigure(ROW_SLOPE_PTR, row, slope);
  }
}

/** What the rows add to the bound, in doubles: multipliers times limits, floors and take-or-pay negative, the peak above the one so far at its price. */
export function rowsPart(base: usize): f64 {
  const rowCount = rows();
  let sum: f64 = 0.0;
  let shared: f64 = 0.0;
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    const multiplier = rowFigure(base, row);
    if (kind == ROW_PEAK) shared += multiplier;
    else if (kind == ROW_CLIENT || kind == ROW_TAKE_OR_PAY) sum -= multiplier * rowFigure(ROW_LIMIT_PTR, row);
    else sum += multiplier * rowFigure(ROW_LIMIT_PTR, row);
  }
  const price = term(T_PEAK_PRICE);
  if (price > 0.0) {
    const peak = bestPeak(shared);
    sum += shared * peak - price * (peak - term(T_PEAK_SO_FAR));
  }
  return sum;
}
