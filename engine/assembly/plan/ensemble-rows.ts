/**
 * The coupling rows as an ensemble meets them, interval by interval: what the multipliers promise of an interval to come, what a finished one really costs, and what the
 * units outside of the ensemble draw and do meanwhile.
 */
import {
  BONUS_PTR,
  CAP_PTR,
  FLOOR_PTR,
  F_CLIENT,
  F_POWER,
  MAX_CLIENTS,
  MAX_INTERVALS,
  MAX_SITE_CELLS,
  NO_LIMIT,
  PENALTY_PTR,
  PLAN_CLIENT_PTR,
  PLAN_LOAD_PTR,
  PRICE_PTR,
  RAMP_PTR,
  RATE_PTR,
  ROW_BEST_PTR,
  ROW_CAP,
  ROW_CLIENT,
  ROW_LIMIT_PTR,
  ROW_PEAK,
  ROW_RAMP_UP,
  ROW_TAKE_OR_PAY,
  T_MISSING_PRICE,
  T_OWED,
  T_PEAK_PRICE,
  T_PEAK_SO_FAR,
  clients,
  field,
  intervals,
  rows,
  siteCell,
  sites,
  term,
  unitAt,
} from './layout';
import { kindForbids, kindOf, memberCount, memberUnit } from './ensemble-units';
import { moneyOf, planAt, planMoney, recount, siteOf } from './primal';
import { rowFigure, rowInterval, rowKind, rowOwner } from './rates';
import { CANNOT_BE_ON } from './unit';

/** Sites and owed clients of a problem that an ensemble can follow. */
export const MOST_SITES: i32 = 64;
export const MOST_FLOORS: i32 = 64;

/** W that a site may draw: its hard cap, and what its ramp lets it come down to a later one from. */
const ROOM_PTR: usize = memory.data(MAX_SITE_CELLS * 8, 16);
const BASE_PTR: usize = memory.data(MAX_SITE_CELLS * 8, 16);
const CAP_PRICE_PTR: usize = memory.data(MAX_SITE_CELLS * 8, 16);
const UP_PRICE_PTR: usize = memory.data(MAX_SITE_CELLS * 8, 16);
const DOWN_PRICE_PTR: usize = memory.data(MAX_SITE_CELLS * 8, 16);
const PEAK_PRICE_PTR: usize = memory.data(MAX_INTERVALS * 8, 16);
/** Multipliers of the peak from the interval on. */
const PEAK_AFTER_PTR: usize = memory.data((MAX_INTERVALS + 1) * 8, 16);
/** Owed clients by number, and the number of each client or -1. */
const OWED_PTR: usize = memory.data(MOST_FLOORS * 4, 16);
const NUMBER_PTR: usize = memory.data(MAX_CLIENTS * 4, 16);
/** Intervals on of the units outside, and the most that the members can add from the interval on, by owed client. */
const ON_OUTSIDE_PTR: usize = memory.data(MOST_FLOORS * 4, 16);
const REACH_PTR: usize = memory.data(MOST_FLOORS * (MAX_INTERVALS + 1) * 4, 16);

let floors: i32 = 0;
let ofRamps: bool = false;
let outsideUsd: f64 = 0.0;
let rowsUsd: f64 = 0.0;

@inline
export function floorCount(): i32 {
  return floors;
}

@inline
export function hasRamps(): bool {
  return ofRamps;
}

@inline
export function rampOf(site: i32): f64 {
  return load<f64>(RAMP_PTR + (<usize>site << 3));
}

/** Money of the units outside. */
@inline
export function outsideMoney(): f64 {
  return outsideUsd;
}

/** What rows and units outside add to the bound at the multipliers, money of the units outside included and the peak's price not. */
@inline
export function boundOutside(): f64 {
  return rowsUsd;
}

@inline
export function baseLoad(site: i32, t: i32): f64 {
  return load<f64>(siteCell(BASE_PTR, site, t));
}

/** Number of the member's client among the owed ones, or -1. */
@inline
export function owedNumber(at: usize): i32 {
  const client = <i32>field(at, F_CLIENT);
  return client < 0 ? -1 : load<i32>(NUMBER_PTR + (<usize>client << 2));
}

@inline
export function owedClient(number: i32): i32 {
  return load<i32>(OWED_PTR + (<usize>number << 2));
}

@inline
export function floorOf(number: i32): i32 {
  return <i32>load<f64>(FLOOR_PTR + (<usize>load<i32>(OWED_PTR + (<usize>number << 2)) << 3));
}

@inline
export function onOutside(number: i32): i32 {
  return load<i32>(ON_OUTSIDE_PTR + (<usize>number << 2));
}

/** Most intervals on that members can still add from interval `t` on. */
@inline
export function reachOf(number: i32, t: i32): i32 {
  return load<i32>(REACH_PTR + (<usize>(number * (MAX_INTERVALS + 1) + t) << 2));
}

/** What a peak of `peakW` costs less what the multipliers from interval `t` on give for it: the least that the peak costs in the bound. */
@inline
export function peakCost(t: i32, peakW: f64): f64 {
  return (term(T_PEAK_PRICE) - load<f64>(PEAK_AFTER_PTR + (<usize>t << 3))) * peakW;
}

@inline
function addAt(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

function readRows(): void {
  const count = intervals();
  const cells = <usize>(sites() * count) << 3;
  memory.fill(CAP_PRICE_PTR, 0, cells);
  memory.fill(UP_PRICE_PTR, 0, cells);
  memory.fill(DOWN_PRICE_PTR, 0, cells);
  memory.fill(PEAK_PRICE_PTR, 0, <usize>count << 3);
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const multiplier = Math.floor(rowFigure(ROW_BEST_PTR, row));
    if (multiplier == 0.0) continue;
    const kind = rowKind(row);
    const worth = multiplier * rowFigure(ROW_LIMIT_PTR, row);
    if (kind == ROW_CLIENT || kind == ROW_TAKE_OR_PAY) rowsUsd -= worth;
    else if (kind == ROW_PEAK) store<f64>(PEAK_PRICE_PTR + (<usize>rowInterval(row) << 3), multiplier);
    else {
      rowsUsd += worth;
      store<f64>(siteCell(kind == ROW_CAP ? CAP_PRICE_PTR : kind == ROW_RAMP_UP ? UP_PRICE_PTR : DOWN_PRICE_PTR, rowOwner(row), rowInterval(row)), multiplier);
    }
  }
  store<f64>(PEAK_AFTER_PTR + (<usize>count << 3), 0.0);
  for (let t = count - 1; t >= 0; t--) {
    const at = PEAK_AFTER_PTR + (<usize>t << 3);
    store<f64>(at, load<f64>(at + 8) + load<f64>(PEAK_PRICE_PTR + (<usize>t << 3)));
  }
}

function readFloors(): bool {
  const count = clients();
  floors = 0;
  for (let client = 0; client < count; client++) {
    const isOwed = load<f64>(FLOOR_PTR + (<usize>client << 3)) > 0.0;
    if (isOwed && floors == MOST_FLOORS) return false;
    store<i32>(NUMBER_PTR + (<usize>client << 2), isOwed ? floors : -1);
    if (!isOwed) continue;
    store<i32>(OWED_PTR + (<usize>floors << 2), client);
    store<i32>(ON_OUTSIDE_PTR + (<usize>floors << 2), <i32>load<f64>(PLAN_CLIENT_PTR + (<usize>client << 3)));
    floors++;
  }
  return true;
}

/** Takes the members out of the plan in hand: what is left is outside. */
function readOutside(): void {
  const count = intervals();
  recount();
  outsideUsd = <f64>planMoney();
  memory.copy(BASE_PTR, PLAN_LOAD_PTR, <usize>(sites() * count) << 3);
  const members = memberCount();
  for (let member = 0; member < members; member++) {
    const unit = memberUnit(member);
    const at = unitAt(unit);
    const path = planAt(unit);
    const number = owedNumber(at);
    outsideUsd -= moneyOf(at, path);
    for (let t = 0; t < count; t++) {
      const mode = <i32>load<u8>(path + <usize>t);
      addAt(siteCell(BASE_PTR, siteOf(at), t), -field(at, F_POWER + mode));
      if (number < 0 || mode == 0) continue;
      const on = ON_OUTSIDE_PTR + (<usize>number << 2);
      store<i32>(on, load<i32>(on) - 1);
    }
  }
}

function reckonReach(): void {
  const count = intervals();
  const members = memberCount();
  for (let number = 0; number < floors; number++) {
    const line = REACH_PTR + (<usize>(number * (MAX_INTERVALS + 1)) << 2);
    store<i32>(line + (<usize>count << 2), 0);
    for (let t = count - 1; t >= 0; t--) {
      let most = load<i32>(line + (<usize>(t + 1) << 2));
      for (let member = 0; member < members; member++) {
        if (owedNumber(unitAt(memberUnit(member))) == number && !(kindForbids(kindOf(member), t) & CANNOT_BE_ON)) most++;
      }
      store<i32>(line + (<usize>t << 2), most);
    }
  }
}

/** Reads rows, multipliers and what is outside; the members' kinds are laid out. False when there are more sites or floors than an ensemble follows. */
export function startRows(): bool {
  const count = intervals();
  const siteCount = sites();
  if (siteCount > MOST_SITES) return false;
  rowsUsd = 0.0;
  readRows();
  recount();
  if (!readFloors()) return false;
  readOutside();
  reckonReach();
  reckonRooms();
  ofRamps = false;
  rowsUsd += outsideUsd;
  for (let site = 0; site < siteCount; site++) {
    ofRamps = ofRamps || rampOf(site) < NO_LIMIT;
    // Money of the units outside is at the given prices; the multipliers' part of the rates comes on top.
    for (let t = 0; t < count; t++) rowsUsd -= (load<f64>(siteCell(RATE_PTR, site, t)) - load<f64>(PRICE_PTR + (<usize>t << 3))) * baseLoad(site, t);
  }
  for (let number = 0; number < floors; number++) {
    rowsUsd += load<f64>(BONUS_PTR + (<usize>load<i32>(OWED_PTR + (<usize>number << 2)) << 3)) * <f64>onOutside(number);
  }
  return true;
}

/** What the site that was finished last pays for drawing above its cap. */
let penalty: f64 = 0.0;

@inline
export function penaltyCharged(): f64 {
  return penalty;
}

/** Finishes interval `t` of a site that draws `loadW` after `beforeW`. Returns what the bound loses; a negative figure: a hard limit is broken. */
@inline
export function finishSite(site: i32, t: i32, loadW: f64, beforeW: f64): f64 {
  penalty = 0.0;
  let loss: f64 = 0.0;
  const capW = load<f64>(siteCell(CAP_PTR, site, t));
  if (capW < NO_LIMIT) {
    const price = load<f64>(PENALTY_PTR + (<usize>site << 3));
    const over = loadW - capW;
    if (over > 0.0) {
      if (price < 0.0) return -1.0;
      penalty = price * over;
    }
    loss = penalty - load<f64>(siteCell(CAP_PRICE_PTR, site, t)) * over;
  }
  const ramp = rampOf(site);
  if (t > 0 && ramp < NO_LIMIT) {
    const step = loadW - beforeW;
    if (Math.abs(step) > ramp) return -1.0;
    loss += load<f64>(siteCell(UP_PRICE_PTR, site, t)) * (ramp - step) + load<f64>(siteCell(DOWN_PRICE_PTR, site, t)) * (ramp + step);
  }
  return max(0.0, loss);
}

/** W that a site may draw in the interval by hard caps, its own and, where a ramp leads to them, later ones. */
@inline
export function hardCap(site: i32, t: i32): f64 {
  return load<f64>(siteCell(ROOM_PTR, site, t));
}

function reckonRooms(): void {
  const count = intervals();
  const siteCount = sites();
  for (let site = 0; site < siteCount; site++) {
    const isHard = load<f64>(PENALTY_PTR + (<usize>site << 3)) < 0.0;
    let later = NO_LIMIT;
    for (let t = count - 1; t >= 0; t--) {
      later = min(isHard ? load<f64>(siteCell(CAP_PTR, site, t)) : NO_LIMIT, later + rampOf(site));
      store<f64>(siteCell(ROOM_PTR, site, t), later);
    }
  }
}

/** Money units a W and interval above the cap; negative: the cap is hard. */
@inline
export function penaltyOf(site: i32): f64 {
  return load<f64>(PENALTY_PTR + (<usize>site << 3));
}

/** Penalty of a site that draws `loadW` in the interval. */
@inline
export function finishedPenalty(site: i32, t: i32, loadW: f64): f64 {
  return max(0.0, penaltyOf(site)) * max(0.0, loadW - load<f64>(siteCell(CAP_PTR, site, t)));
}

/** The multiplier of the peak in the interval, which finished intervals give back. */
@inline
export function peakPrice(t: i32): f64 {
  return load<f64>(PEAK_PRICE_PTR + (<usize>t << 3));
}

@inline
export function owedEnergy(): f64 {
  return term(T_OWED);
}

/** Money that ends a horizon: what is missing of the take-or-pay, and the peak. */
@inline
export function finalCost(energy: f64, peakW: f64): f64 {
  return term(T_MISSING_PRICE) * max(0.0, term(T_OWED) - energy) + term(T_PEAK_PRICE) * max(peakW, term(T_PEAK_SO_FAR));
}

@inline
export function firstPeak(): f64 {
  return term(T_PEAK_SO_FAR);
}
