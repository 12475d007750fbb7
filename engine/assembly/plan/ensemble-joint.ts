/**
 * What is left to the end for a whole small fleet at once: best joint worth from every interval and joint state, caps and penalties exact and only floors, take-or-pay and peak at
 * multipliers. Far closer than the units' worths one by one, where a few machines share a cap; possible while there are few joint states. The multipliers are lowered on by
 * subgradients towards the cutoff.
 */
import { figureAt, putFigure, putWhole, wholeAt } from './figures';
import {
  FLOOR_PTR,
  F_BOOT,
  F_CLIENT,
  F_HASHRATE,
  F_POWER,
  F_RESTART,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  MAX_CLIENTS,
  PRICE_PTR,
  ROW_BEST_PTR,
  ROW_CLIENT,
  ROW_SCALE_PTR,
  ROW_TAKE_OR_PAY,
  T_MISSING_PRICE,
  T_OWED,
  clients,
  field,
  hashingModes,
  intervals,
  rows,
  sites,
  term,
  unitAt,
} from './layout';
import { START_MARK, firstState, isPadding, kindForbids, kindNext, kindOf, kindStates, memberCount, memberUnit } from './ensemble-units';
import { MOST_SITES, finishedPenalty, firstPeak, hardCap, peakCost, peakPrice } from './ensemble-rows';
import { siteOf } from './primal';
import { rowFigure, rowKind, rowOwner } from './rates';
import { CANNOT_BE_OFF, CANNOT_BE_ON } from './unit';
import { addWork } from './work';

/** Joint states times intervals, choices tried in one sweep, and in all sweeps of one lay-out. */
const MOST_WORTHS: i32 = 1_500_000;
const MOST_CHOICES: f64 = 4e6;
const CHOICES_IN_ALL: f64 = 1e7;
const MOST_SWEEPS: i32 = 60;
const WORTHS_PTR: usize = memory.data(MOST_WORTHS * 8, 16);
export const MOST_JOINT_MEMBERS: i32 = 16;
const STRIDE_PTR: usize = memory.data(MOST_JOINT_MEMBERS * 4, 16);
const STATE_PTR: usize = memory.data(MOST_JOINT_MEMBERS * 4, 16);
const LOADS_PTR: usize = memory.data(MOST_SITES * 8, 16);
const CHOSEN_PTR: usize = memory.data(MOST_JOINT_MEMBERS * 4, 16);
const BEST_CHOSEN_PTR: usize = memory.data(MOST_JOINT_MEMBERS * 4, 16);

/** Multipliers: of each client's floor, and of the take-or-pay; the best ones so far; slopes. */
const FLOOR_PRICE_PTR: usize = memory.data((MAX_CLIENTS + 1) * 8, 16);
const BEST_PRICE_PTR: usize = memory.data((MAX_CLIENTS + 1) * 8, 16);
const SCALE_PTR: usize = memory.data((MAX_CLIENTS + 1) * 8, 16);
const SLOPE_PTR: usize = memory.data((MAX_CLIENTS + 1) * 8, 16);

let isLaidOut: bool = false;
let jointStates: i32 = 0;
let rootBound: f64 = 0.0;

@inline
export function hasJoint(): bool {
  return isLaidOut;
}

/** The bound of the whole problem. */
@inline
export function jointBound(): f64 {
  return rootBound;
}

@inline
export function jointStride(member: i32): i32 {
  return wholeAt(STRIDE_PTR, member);
}

/** Best joint worth from interval `t` >= 1 on in the joint state; below IMPOSSIBLE / 2 where nothing is allowed. */
@inline
export function jointBehind(t: i32, joint: i32): f64 {
  return figureAt(WORTHS_PTR, t * jointStates + joint);
}

/** What a client's interval on, and a W and interval of energy, are worth at the multipliers. */
@inline
export function floorPrice(client: i32): f64 {
  return figureAt(FLOOR_PRICE_PTR, client);
}

@inline
export function energyPrice(): f64 {
  return figureAt(FLOOR_PRICE_PTR, clients());
}

// The sweep in hand.
let interval: i32 = 0;
let bestWorth: f64 = 0.0;
let keepsChoice: bool = false;

/** Tries all modes of the members from `member` on; what the ones before do is in LOADS, `worth` and `joint`. */
function choose(member: i32, worth: f64, joint: i32): void {
  if (member == memberCount()) {
    let total = worth + jointBehind(interval + 1, joint);
    const siteCount = sites();
    for (let site = 0; site < siteCount; site++) total -= finishedPenalty(site, interval, figureAt(LOADS_PTR, site));
    if (total > bestWorth) {
      bestWorth = total;
      if (keepsChoice) memory.copy(BEST_CHOSEN_PTR, CHOSEN_PTR, <usize>member << 2);
    }
    return;
  }
  const kind = kindOf(member);
  const unit = unitAt(memberUnit(member));
  const state = wholeAt(STATE_PTR, member);
  const forbid = kindForbids(kind, interval);
  const site = siteOf(unit);
  const modes = hashingModes();
  const t = <usize>interval << 3;
  const rate = load<f64>(PRICE_PTR + t) - energyPrice() + peakPrice(interval);
  const hashprice = load<f64>(HASHPRICE_PTR + t);
  const client = <i32>field(unit, F_CLIENT);
  const bonus = client < 0 ? 0.0 : floorPrice(client);
  const before = figureAt(LOADS_PTR, site);
  for (let mode = 0; mode <= modes; mode++) {
    if (forbid & (mode == 0 ? CANNOT_BE_OFF : CANNOT_BE_ON) || isPadding(unit, mode)) continue;
    const marked = kindNext(kind, state, mode != 0);
    if (marked < 0) continue;
    const power = field(unit, F_POWER + mode);
    if (before + power > hardCap(site, interval)) continue;
    let own = -(power * rate);
    if (mode != 0) own += field(unit, F_HASHRATE - 1 + mode) * hashprice + bonus;
    if (marked >= START_MARK) own -= field(unit, F_BOOT - 1 + mode) * hashprice + field(unit, F_RESTART);
    putFigure(LOADS_PTR, site, before + power);
    if (keepsChoice) putWhole(CHOSEN_PTR, member, mode);
    choose(member + 1, worth + own, joint + (marked & (START_MARK - 1)) * jointStride(member));
  }
  putFigure(LOADS_PTR, site, before);
}

function tryAll(): void {
  bestWorth = IMPOSSIBLE * 4.0;
  memory.fill(LOADS_PTR, 0, <usize>sites() << 3);
  choose(0, 0.0, 0);
}

function sweep(): void {
  const count = intervals();
  const members = memberCount();
  keepsChoice = false;
  memory.fill(WORTHS_PTR + (<usize>(count * jointStates) << 3), 0, <usize>jointStates << 3);
  for (interval = count - 1; interval >= 1; interval--) {
    for (let joint = 0; joint < jointStates; joint++) {
      let rest = joint;
      for (let member = 0; member < members; member++) {
        const states = kindStates(kindOf(member));
        putWhole(STATE_PTR, member, rest % states);
        rest /= states;
      }
      tryAll();
      putFigure(WORTHS_PTR, interval * jointStates + joint, bestWorth);
    }
  }
}

/** Follows the best joint sequence: the bound at the multipliers, and its slopes. Below IMPOSSIBLE / 2 when there is no sequence. */
function follow(): f64 {
  const count = intervals();
  const members = memberCount();
  const clientCount = clients();
  keepsChoice = true;
  for (let member = 0; member < members; member++) putWhole(STATE_PTR, member, firstState(kindOf(member)));
  for (let client = 0; client < clientCount; client++) putFigure(SLOPE_PTR, client, -figureAt(FLOOR_PTR, client));
  putFigure(SLOPE_PTR, clientCount, -term(T_OWED));
  let bound: f64 = 0.0;
  for (interval = 0; interval < count; interval++) {
    tryAll();
    if (interval == 0) bound = bestWorth;
    if (bestWorth < IMPOSSIBLE / 2) return bestWorth;
    for (let member = 0; member < members; member++) {
      const mode = wholeAt(BEST_CHOSEN_PTR, member);
      const unit = unitAt(memberUnit(member));
      putWhole(STATE_PTR, member, kindNext(kindOf(member), wholeAt(STATE_PTR, member), mode != 0) & (START_MARK - 1));
      const client = <i32>field(unit, F_CLIENT);
      if (client >= 0 && mode != 0) putFigure(SLOPE_PTR, client, figureAt(SLOPE_PTR, client) + 1.0);
      putFigure(SLOPE_PTR, clientCount, figureAt(SLOPE_PTR, clientCount) + field(unit, F_POWER + mode));
    }
  }
  for (let client = 0; client < clientCount; client++) bound -= floorPrice(client) * figureAt(FLOOR_PTR, client);
  return bound - energyPrice() * term(T_OWED) - peakCost(0, firstPeak());
}

/** Moves the multipliers against their slopes, as far as would bring the bound down to `target` if it were straight. False when no slope is left. */
function move(bound: f64, target: f64, share: f64): bool {
  const clientCount = clients();
  let steep: f64 = 0.0;
  for (let index = 0; index <= clientCount; index++) {
    const slope = figureAt(SLOPE_PTR, index) * figureAt(SCALE_PTR, index);
    const price = figureAt(FLOOR_PRICE_PTR, index);
    // A price at its end does not move any further.
    const isHeld = (price <= 0.0 && slope > 0.0) || (index == clientCount && price >= term(T_MISSING_PRICE) && slope < 0.0);
    steep += isHeld ? 0.0 : slope * slope;
  }
  if (steep == 0.0) return false;
  const step = (share * (bound - target)) / steep;
  for (let index = 0; index <= clientCount; index++) {
    const scale = figureAt(SCALE_PTR, index);
    let price = max(0.0, figureAt(FLOOR_PRICE_PTR, index) - step * figureAt(SLOPE_PTR, index) * scale * scale);
    if (index == clientCount) price = min(price, term(T_MISSING_PRICE));
    putFigure(FLOOR_PRICE_PTR, index, Math.floor(price));
  }
  return true;
}

function readPrices(): void {
  const clientCount = clients();
  memory.fill(FLOOR_PRICE_PTR, 0, <usize>(clientCount + 1) << 3);
  memory.fill(SCALE_PTR, 0, <usize>(clientCount + 1) << 3);
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    if (kind != ROW_CLIENT && kind != ROW_TAKE_OR_PAY) continue;
    const index = kind == ROW_CLIENT ? rowOwner(row) : clientCount;
    putFigure(FLOOR_PRICE_PTR, index, Math.floor(rowFigure(ROW_BEST_PTR, row)));
    putFigure(SCALE_PTR, index, rowFigure(ROW_SCALE_PTR, row));
  }
}

/** No joint worths: the ensemble is not the whole fleet. */
export function forgetJoint(): void {
  isLaidOut = false;
}

/**
 * Lays the joint worths of the whole fleet out, whose kinds and rows are laid out. `target`: what the bound may come down to, money units; -Infinity leaves the multipliers
 * as they are. Leaves it when there are too many joint states. O(sweeps * intervals * joint states * joint choices).
 */
export function layOutJoint(target: f64): void {
  const count = intervals();
  const members = memberCount();
  isLaidOut = false;
  if (members > MOST_JOINT_MEMBERS) return;
  let choices: f64 = 1.0;
  jointStates = 1;
  for (let member = 0; member < members; member++) {
    putWhole(STRIDE_PTR, member, jointStates);
    jointStates *= kindStates(kindOf(member));
    const unit = unitAt(memberUnit(member));
    let options: f64 = 0.0;
    for (let mode = 0; mode <= hashingModes(); mode++) options += isPadding(unit, mode) ? 0.0 : 1.0;
    choices *= options;
    if (jointStates * (count + 1) > MOST_WORTHS) return;
  }
  choices *= <f64>(jointStates * count);
  if (choices > MOST_CHOICES) return;
  readPrices();
  const sweeps = target == -Infinity ? 0 : min(MOST_SWEEPS, <i32>(CHOICES_IN_ALL / choices));
  const bytes = <usize>(clients() + 1) << 3;
  sweep();
  rootBound = follow();
  memory.copy(BEST_PRICE_PTR, FLOOR_PRICE_PTR, bytes);
  let bound = rootBound;
  let share: f64 = 1.0;
  for (let index = 0; index < sweeps && bound > IMPOSSIBLE / 2 && rootBound > target; index++) {
    if (!move(bound, target, share)) break;
    sweep();
    bound = follow();
    if (bound < rootBound) {
      rootBound = bound;
      memory.copy(BEST_PRICE_PTR, FLOOR_PRICE_PTR, bytes);
    } else {
      share *= 0.8;
    }
  }
  memory.copy(FLOOR_PRICE_PTR, BEST_PRICE_PTR, bytes);
  sweep();
  addWork(<i64>(choices * <f64>(sweeps + 2)) << 1);
  isLaidOut = true;
}
