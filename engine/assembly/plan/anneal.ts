/**
 * A walk over a small fleet's alternatives: one unit at a time takes another sequence of its pool, and the plan may become worse by up to a threshold that falls to nothing.
 * Being over a limit costs more than its multiplier, so that the walk can pass through what is not allowed; the best allowed plan on the way is remembered.
 */
import {
  CAP_PTR,
  FLOOR_PTR,
  F_CLIENT,
  F_COUNT,
  MAX_CLIENTS,
  MAX_INTERVALS,
  MAX_SITE_CELLS,
  NO_LIMIT,
  PENALTY_PTR,
  ROW_BEST_PTR,
  ROW_CAP,
  ROW_CLIENT,
  ROW_PEAK,
  ROW_SCALE_PTR,
  T_MISSING_PRICE,
  T_OWED,
  T_PEAK_ALLOWED,
  clients,
  field,
  head,
  intervals,
  rows,
  siteCell,
  sites,
  term,
  unitAt,
} from './layout';
import { E_CELLS, E_ENERGY, E_MONEY, E_ON, MAX_LISTED_UNITS, cellCount, cellInterval, entryAt, entryModes, firstEntry } from './alternatives';
import { mixed } from './drawn';
import { planAt, recount, siteOf } from './primal';
import { rowFigure, rowInterval, rowKind, rowOwner } from './rates';

const CHOSEN_PTR: usize = memory.data(MAX_LISTED_UNITS * 4, 16);
const BEST_CHOSEN_PTR: usize = memory.data(MAX_LISTED_UNITS * 4, 16);
/** Load, limit and price of a W over it, by site and cell; the total's after the last site. */
const LOAD_PTR: usize = memory.data((MAX_SITE_CELLS + MAX_INTERVALS) * 8, 16);
const LIMIT_PTR: usize = memory.data((MAX_SITE_CELLS + MAX_INTERVALS) * 8, 16);
const OVER_PRICE_PTR: usize = memory.data((MAX_SITE_CELLS + MAX_INTERVALS) * 8, 16);
const CLIENT_PTR: usize = memory.data(MAX_CLIENTS * 8, 16);
const SHORT_PRICE_PTR: usize = memory.data(MAX_CLIENTS * 8, 16);
/** What a limit's multiplier is taken times. */
const SEVERITY: f64 = 3.0;

let energy: f64 = 0.0;
/** Money less penalties less what is over limits, of where the walk is; money of the best allowed plan; W and intervals beyond hard limits. */
let worth: f64 = 0.0;
let bestWorth: f64 = 0.0;
let beyond: f64 = 0.0;
let draws: u32 = 0;

@inline
function f(base: usize, index: i32): f64 {
  return load<f64>(base + (<usize>index << 3));
}

@inline
function put(base: usize, index: i32, value: f64): void {
  store<f64>(base + (<usize>index << 3), value);
}

@inline
function chosen(unit: i32): i32 {
  return load<i32>(CHOSEN_PTR + (<usize>unit << 2));
}

@inline
function isSoft(site: i32): bool {
  return site < sites() && f(PENALTY_PTR, site) >= 0.0;
}

/** Limits and what a W beyond them costs: the penalty of soft caps, else some times the multiplier and some of its usual size. */
function setLimits(): void {
  const count = cellCount();
  const siteCount = sites();
  for (let site = 0; site <= siteCount; site++) {
    for (let cell = 0; cell < count; cell++) {
      const index = site * count + cell;
      const cap = site < siteCount ? load<f64>(siteCell(CAP_PTR, site, cellInterval(cell))) : term(T_PEAK_ALLOWED);
      put(LIMIT_PTR, index, cap);
      put(OVER_PRICE_PTR, index, isSoft(site) ? f(PENALTY_PTR, site) : 0.0);
    }
  }
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    const price = SEVERITY * rowFigure(ROW_BEST_PTR, row) + 0.5 * rowFigure(ROW_SCALE_PTR, row);
    if (kind == ROW_CLIENT) {
      put(SHORT_PRICE_PTR, rowOwner(row), price);
      continue;
    }
    if (kind != ROW_CAP && kind != ROW_PEAK) continue;
    if (kind == ROW_CAP && isSoft(rowOwner(row))) continue;
    const site = kind == ROW_CAP ? rowOwner(row) : siteCount;
    for (let cell = 0; cell < count; cell++) {
      if (cellInterval(cell) == rowInterval(row)) put(OVER_PRICE_PTR, site * count + cell, price);
    }
  }
}

/** Cost of the load of a site's (or the total's) cells, and what of it is beyond hard limits, if `change` of two entries' powers is added. */
let beyondChange: f64 = 0.0;
@inline
function costChange(group: i32, from: usize, to: usize): f64 {
  const count = cellCount();
  const soft = isSoft(group);
  let cost: f64 = 0.0;
  for (let cell = 0; cell < count; cell++) {
    const change = load<f64>(to + E_CELLS + (<usize>cell << 3)) - load<f64>(from + E_CELLS + (<usize>cell << 3));
    if (change == 0.0) continue;
    const index = group * count + cell;
    const over = f(LOAD_PTR, index) - f(LIMIT_PTR, index);
    const more = max(0.0, over + change) - max(0.0, over);
    cost += more * f(OVER_PRICE_PTR, index);
    if (!soft) beyondChange += more;
  }
  return cost;
}

@inline
function moveLoad(group: i32, from: usize, to: usize): void {
  const count = cellCount();
  for (let cell = 0; cell < count; cell++) {
    const index = group * count + cell;
    put(LOAD_PTR, index, f(LOAD_PTR, index) + load<f64>(to + E_CELLS + (<usize>cell << 3)) - load<f64>(from + E_CELLS + (<usize>cell << 3)));
  }
}

/** Finds the plan in hand in the pools (poolPlan has put it there) and reckons everything from it. Returns 0 when a unit's sequence is not in its pool. */
export function startWalk(seed: u32): i32 {
  setLimits();
  const units = head(7);
  const horizon = <usize>intervals();
  const count = cellCount();
  const groups = sites() + 1;
  memory.fill(LOAD_PTR, 0, <usize>(groups * count) << 3);
  memory.fill(CLIENT_PTR, 0, <usize>clients() << 3);
  energy = 0.0;
  worth = 0.0;
  beyond = 0.0;
  draws = seed << 8;
  for (let unit = 0; unit < units; unit++) {
    const at = unitAt(unit);
    if (field(at, F_COUNT) == 0.0) continue;
    let found = firstEntry(unit);
    for (let listed = found; listed < firstEntry(unit + 1); listed++) {
      if (memory.compare(entryModes(entryAt(listed)), planAt(unit), horizon) == 0) found = listed;
    }
    store<i32>(CHOSEN_PTR + (<usize>unit << 2), found);
    const entry = entryAt(found);
    worth += load<f64>(entry + E_MONEY);
    energy += load<f64>(entry + E_ENERGY);
    const client = <i32>field(at, F_CLIENT);
    if (client >= 0) put(CLIENT_PTR, client, f(CLIENT_PTR, client) + load<f64>(entry + E_ON));
    for (let cell = 0; cell < count; cell++) {
      const power = load<f64>(entry + E_CELLS + (<usize>cell << 3));
      const own = siteOf(at) * count + cell;
      const total = (groups - 1) * count + cell;
      put(LOAD_PTR, own, f(LOAD_PTR, own) + power);
      put(LOAD_PTR, total, f(LOAD_PTR, total) + power);
    }
  }
  for (let group = 0; group < groups; group++) {
    for (let cell = 0; cell < count; cell++) {
      const index = group * count + cell;
      const over = max(0.0, f(LOAD_PTR, index) - f(LIMIT_PTR, index));
      worth -= over * f(OVER_PRICE_PTR, index);
      if (!isSoft(group)) beyond += over;
    }
  }
  const clientCount = clients();
  for (let client = 0; client < clientCount; client++) {
    const short = max(0.0, f(FLOOR_PTR, client) - f(CLIENT_PTR, client));
    worth -= short * f(SHORT_PRICE_PTR, client);
    beyond += short;
  }
  worth -= term(T_MISSING_PRICE) * max(0.0, term(T_OWED) - energy);
  bestWorth = beyond == 0.0 ? worth : -NO_LIMIT;
  memory.copy(BEST_CHOSEN_PTR, CHOSEN_PTR, <usize>units << 2);
  return 1;
}

/** `moves` trials at thresholds falling evenly from `high` to `low`, money units. Returns 1 when a better allowed plan was met. */
export function walk(moves: i32, high: f64, low: f64): i32 {
  const units = head(7);
  const total = sites();
  const hasPeak = term(T_PEAK_ALLOWED) < NO_LIMIT;
  let improved = 0;
  for (let move = 0; move < moves; move++) {
    const bits = mixed(draws, <u32>move);
    const unit = <i32>((<u64>bits * <u64>units) >> 32);
    const first = firstEntry(unit);
    const size = firstEntry(unit + 1) - first;
    if (size < 2) continue;
    // Sequences of little regret are tried more often: the square of an even draw.
    const even = <f64>(mixed(draws + 1, <u32>move) >> 8) / 16777216.0;
    const next = first + <i32>(even * even * <f64>size);
    const now = chosen(unit);
    if (next == now) continue;
    const at = unitAt(unit);
    const from = entryAt(now);
    const to = entryAt(next);
    const site = siteOf(at);
    beyondChange = 0.0;
    let change = load<f64>(to + E_MONEY) - load<f64>(from + E_MONEY) - costChange(site, from, to);
    if (hasPeak) change -= costChange(total, from, to);
    const client = <i32>field(at, F_CLIENT);
    if (client >= 0) {
      const owed = f(FLOOR_PTR, client) - f(CLIENT_PTR, client);
      const less = load<f64>(from + E_ON) - load<f64>(to + E_ON);
      const shorter = max(0.0, owed + less) - max(0.0, owed);
      change -= shorter * f(SHORT_PRICE_PTR, client);
      beyondChange += shorter;
    }
    const missing = term(T_OWED) - energy;
    const more = load<f64>(to + E_ENERGY) - load<f64>(from + E_ENERGY);
    change -= term(T_MISSING_PRICE) * (max(0.0, missing - more) - max(0.0, missing));
    const threshold = high + ((low - high) * <f64>move) / <f64>moves;
    if (change < -threshold) continue;
    store<i32>(CHOSEN_PTR + (<usize>unit << 2), next);
    moveLoad(site, from, to);
    if (hasPeak) moveLoad(total, from, to);
    if (client >= 0) put(CLIENT_PTR, client, f(CLIENT_PTR, client) + load<f64>(to + E_ON) - load<f64>(from + E_ON));
    energy += more;
    worth += change;
    beyond += beyondChange;
    if (beyond == 0.0 && worth > bestWorth + 1000.0) {
      bestWorth = worth;
      improved = 1;
      memory.copy(BEST_CHOSEN_PTR, CHOSEN_PTR, <usize>units << 2);
    }
  }
  draws += 2;
  return improved;
}

/** Makes the best allowed plan of the walk the plan in hand. */
export function takeWalk(): void {
  const units = head(7);
  const horizon = <usize>intervals();
  for (let unit = 0; unit < units; unit++) {
    if (field(unitAt(unit), F_COUNT) == 0.0) continue;
    memory.copy(planAt(unit), entryModes(entryAt(load<i32>(BEST_CHOSEN_PTR + (<usize>unit << 2)))), horizon);
  }
  recount();
}
