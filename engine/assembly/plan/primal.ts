/**
 * The plan in hand and its changes one unit at a time: the unit is taken out, its best sequence is found in the room the others leave, and it is put
 * back. From the units' own choices at the multipliers the plan is first repaired (overloaded intervals grow dearer until nothing is over a
 * limit), then filled (multipliers are discounted until the last free watt finds a taker), undecided units first.
 */
import {
  BEST_PLAN_PTR,
  BONUS_PTR,
  CAP_PTR,
  FLOOR_PTR,
  F_BLOCK,
  F_BOOT,
  F_CLIENT,
  F_COUNT,
  F_DOUBT,
  F_HASHRATE,
  F_POWER,
  F_RESTART,
  F_VALUE,
  F_VALUE_DOWN,
  F_VALUE_UP,
  F_WAS_ON,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  K_FROM_PAIR,
  K_MIN_DOWN,
  K_MIN_UP,
  K_SITE,
  K_TO_PAIR,
  MAX_INTERVALS,
  MAX_PAIRS,
  NO_LIMIT,
  PENALTY_PTR,
  PLAN_CLIENT_PTR,
  PLAN_LOAD_PTR,
  PLAN_PTR,
  PLAN_TOTAL_PTR,
  PRICE_PTR,
  RAMP_PTR,
  RATE_PTR,
  ROW_BEST_PTR,
  SUM_PTR,
  T_MISSING_PRICE,
  T_OWED,
  T_PEAK_ALLOWED,
  block,
  clients,
  field,
  hashingModes,
  head,
  intervals,
  siteCell,
  sites,
  term,
  unitAt,
} from './layout';
import { choosePair } from './oracle';
import { setRates } from './rates';
import { CANNOT_BE_OFF, CANNOT_BE_ON, FORBID_PTR, OFF_PTR, ON_MODE_PTR, ON_PTR, PATH_PTR, START_MODE_PTR, START_PTR, bonusOf, findPath, locksOf } from './unit';

/** Undecided units, most undecided first where sorted. */
export const LIST_PTR: usize = memory.data(MAX_PAIRS * 2 * 4, 16);
let listed: i32 = 0;
/** Money of the units of the plan in hand, exact. */
let money: i64 = 0;

@inline
function enlist(unit: i32): void {
  store<i32>(LIST_PTR + (<usize>listed << 2), unit);
  listed++;
}

@inline
export function listLength(): i32 {
  return listed;
}

@inline
export function listedUnit(index: i32): i32 {
  return load<i32>(LIST_PTR + (<usize>index << 2));
}

@inline
export function planAt(unit: i32): usize {
  return PLAN_PTR + <usize>unit * <usize>intervals();
}

@inline
export function siteOf(unit: usize): i32 {
  return block(<i32>field(unit, F_BLOCK), K_SITE);
}

@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** Adds (sign 1) or takes away (sign -1) a unit's sequence at `path`. */
export function count(unit: i32, path: usize, sign: f64): void {
  const at = unitAt(unit);
  const loads = siteCell(PLAN_LOAD_PTR, siteOf(at), 0);
  const horizon = intervals();
  let on = 0;
  for (let t: usize = 0; t < <usize>horizon; t++) {
    const mode = <i32>load<u8>(path + t);
    const power = sign * field(at, F_POWER + mode);
    add(loads + (t << 3), power);
    add(PLAN_TOTAL_PTR + (t << 3), power);
    on += i32(mode != 0);
  }
  const client = <i32>field(at, F_CLIENT);
  if (client >= 0) add(PLAN_CLIENT_PTR + (<usize>client << 3), sign * <f64>on);
}

function clearCounts(): void {
  memory.fill(PLAN_LOAD_PTR, 0, (<usize>sites() * <usize>intervals()) << 3);
  memory.fill(PLAN_TOTAL_PTR, 0, <usize>intervals() << 3);
  memory.fill(PLAN_CLIENT_PTR, 0, <usize>clients() << 3);
  money = 0;
  hashing = 0;
}

/** Every unit's own choice at the rates in RATE and BONUS becomes the plan. Returns -1, or the pair in which a unit has no sequence. */
export function choosePlan(): i32 {
  clearCounts();
  const blocks = head(5);
  for (let index = 0; index < blocks; index++) {
    const to = block(index, K_TO_PAIR);
    for (let pair = block(index, K_FROM_PAIR); pair < to; pair++) {
      if (choosePair(pair, index, planAt(pair << 1)) != 0) return pair;
      bookUnit(pair << 1);
      bookUnit((pair << 1) + 1);
    }
  }
  return -1;
}

/** Units whose value bends between the three evaluations: those that some mixture of plans would split. */
export function listUndecided(): i32 {
  const units = head(7);
  listed = 0;
  for (let unit = 0; unit < units; unit++) {
    const at = unitAt(unit);
    const bend = field(at, F_VALUE_UP) + field(at, F_VALUE_DOWN) - 2.0 * field(at, F_VALUE);
    store<f64>(at + (F_DOUBT << 4), bend);
    if (bend > 0.0) enlist(unit);
  }
  return listed;
}

/** All units that are not paddings. */
export function listAll(): i32 {
  const units = head(7);
  listed = 0;
  for (let unit = 0; unit < units; unit++) {
    if (field(unitAt(unit), F_COUNT) > 0.0) enlist(unit);
  }
  return listed;
}

/** W that a unit may draw in the interval beside the others, by hard limits alone. The unit itself is not in the loads. */
@inline
function roomIn(site: i32, t: i32): f64 {
  let room = NO_LIMIT;
  if (load<f64>(PENALTY_PTR + (<usize>site << 3)) < 0.0) {
    room = load<f64>(siteCell(CAP_PTR, site, t)) - load<f64>(siteCell(PLAN_LOAD_PTR, site, t));
  }
  return min(room, term(T_PEAK_ALLOWED) - load<f64>(PLAN_TOTAL_PTR + (<usize>t << 3)));
}

/** Penalty for drawing `power` beside the others at a site whose cap is soft. */
@inline
function penaltyOf(site: i32, t: i32, power: f64): f64 {
  const penalty = load<f64>(PENALTY_PTR + (<usize>site << 3));
  if (penalty <= 0.0) return 0.0;
  const room = load<f64>(siteCell(CAP_PTR, site, t)) - load<f64>(siteCell(PLAN_LOAD_PTR, site, t));
  return penalty * (max(0.0, power - room) - max(0.0, -room));
}

/**
 * Lays out what the unit may do beside the others: as layOut, but modes that do not fit are out. What the unit does now (`current`) always fits, so that a
 * plan that is over a limit can be changed at all.
 */
export function layOutWithin(unit: usize, site: i32, ratePtr: usize, current: usize): void {
  const horizon = intervals();
  const modes = hashingModes();
  const bonus = bonusOf(unit);
  const restart = field(unit, F_RESTART);
  const sleep = field(unit, F_POWER);
  const locks = locksOf(unit);
  const soft = load<f64>(PENALTY_PTR + (<usize>site << 3)) > 0.0;
  for (let t = 0; t < horizon; t++) {
    const rate = load<f64>(ratePtr + (<usize>t << 3));
    const hashprice = load<f64>(HASHPRICE_PTR + (<usize>t << 3));
    const room = max(roomIn(site, t), field(unit, F_POWER + <i32>load<u8>(current + <usize>t)));
    let on = IMPOSSIBLE;
    let start = IMPOSSIBLE;
    let onMode = 1;
    let startMode = 1;
    for (let mode = 1; mode <= modes; mode++) {
      const power = field(unit, F_POWER + mode);
      if (power > room) continue;
      let worth = field(unit, F_HASHRATE - 1 + mode) * hashprice - power * rate;
      if (soft) worth -= penaltyOf(site, t, power);
      const afterBoot = worth - field(unit, F_BOOT - 1 + mode) * hashprice;
      if (worth > on) {
        on = worth;
        onMode = mode;
      }
      if (afterBoot > start) {
        start = afterBoot;
        startMode = mode;
      }
    }
    const at = <usize>t << 3;
    store<f64>(ON_PTR + at, on + bonus);
    store<f64>(START_PTR + at, start + bonus - restart);
    store<f64>(OFF_PTR + at, -(sleep * rate) - (soft ? penaltyOf(site, t, sleep) : 0.0));
    store<u8>(ON_MODE_PTR + <usize>t, <u8>onMode);
    store<u8>(START_MODE_PTR + <usize>t, <u8>startMode);
    let forbid: u32 = locks == 0 ? 0 : load<u8>(locks + <usize>t);
    if (on < IMPOSSIBLE / 2) forbid |= CANNOT_BE_ON;
    if (sleep > room) forbid |= CANNOT_BE_OFF;
    store<u8>(FORBID_PTR + <usize>t, <u8>forbid);
  }
}

@inline
function samePath(path: usize, other: usize, horizon: i32): bool {
  for (let t: usize = 0; t < <usize>horizon; t++) {
    if (load<u8>(path + t) != load<u8>(other + t)) return false;
  }
  return true;
}

@inline
function onIntervals(path: usize, horizon: i32): i32 {
  let on = 0;
  for (let t: usize = 0; t < <usize>horizon; t++) on += i32(load<u8>(path + t) != 0);
  return on;
}

/** Whether the unit's client keeps its floor, or at least loses nothing, when the unit goes from `old` to `path`. The unit is not counted. */
function keepsFloor(unit: usize, old: usize, path: usize, horizon: i32): bool {
  const client = <i32>field(unit, F_CLIENT);
  if (client < 0) return true;
  const rest = load<f64>(PLAN_CLIENT_PTR + (<usize>client << 3));
  const floor = load<f64>(FLOOR_PTR + (<usize>client << 3));
  const now = <f64>onIntervals(path, horizon);
  return rest + now >= floor || now >= <f64>onIntervals(old, horizon);
}

/** W over the site's ramp, summed over the steps between intervals. */
export function rampExcess(site: i32): f64 {
  const ramp = load<f64>(RAMP_PTR + (<usize>site << 3));
  if (ramp >= NO_LIMIT) return 0.0;
  const horizon = intervals();
  let sum: f64 = 0.0;
  for (let t = 1; t < horizon; t++) {
    const at = siteCell(PLAN_LOAD_PTR, site, t);
    sum += max(0.0, Math.abs(load<f64>(at) - load<f64>(at - 8)) - ramp);
  }
  return sum;
}

export function totalRampExcess(): f64 {
  const siteCount = sites();
  let sum: f64 = 0.0;
  for (let site = 0; site < siteCount; site++) sum += rampExcess(site);
  return sum;
}

/** Takes a unit out and puts it back at its best beside the others, if that breaks no ramp further. Returns whether its sequence changed. */
export function replan(unit: i32): bool {
  const horizon = intervals();
  const at = unitAt(unit);
  const index = <i32>field(at, F_BLOCK);
  const site = block(index, K_SITE);
  const path = planAt(unit);
  const rampBefore = rampExcess(site);
  count(unit, path, -1.0);
  layOutWithin(at, site, siteCell(RATE_PTR, site, 0), path);
  const value = findPath(at, block(index, K_MIN_UP), block(index, K_MIN_DOWN));
  if (value < IMPOSSIBLE / 2 || samePath(path, PATH_PTR, horizon) || !keepsFloor(at, path, PATH_PTR, horizon)) {
    count(unit, path, 1.0);
    return false;
  }
  count(unit, PATH_PTR, 1.0);
  if (rampExcess(site) > rampBefore) {
    count(unit, PATH_PTR, -1.0);
    count(unit, path, 1.0);
    return false;
  }
  money += <i64>(moneyOf(at, PATH_PTR) - moneyOf(at, path));
  memory.copy(path, PATH_PTR, <usize>horizon);
  return true;
}

/** W over the hard limits in one interval of one site. */
@inline
function excess(site: i32, t: i32): f64 {
  return -roomIn(site, t);
}

/** W over hard limits, summed over sites and intervals. */
export function totalExcess(): f64 {
  const horizon = intervals();
  const count = sites();
  let sum: f64 = 0.0;
  for (let site = 0; site < count; site++) {
    for (let t = 0; t < horizon; t++) sum += max(0.0, excess(site, t));
  }
  return sum;
}

/** Intervals on that clients are short of. */
export function totalShortage(): f64 {
  const count = clients();
  let sum: f64 = 0.0;
  for (let client = 0; client < count; client++) {
    const at = <usize>client << 3;
    sum += max(0.0, load<f64>(FLOOR_PTR + at) - load<f64>(PLAN_CLIENT_PTR + at));
  }
  return sum;
}

/** Overloaded cells get dearer by this much in RATE while a sweep of the repair lasts. */
const RAISED_PTR: usize = memory.data(MAX_INTERVALS * 8, 16);

/** Whether the unit draws power in an interval where its site is over a limit. */
function isPartOfExcess(unit: i32, site: i32, horizon: i32): bool {
  const at = unitAt(unit);
  const path = planAt(unit);
  for (let t = 0; t < horizon; t++) {
    if (excess(site, t) > 0.0 && field(at, F_POWER + <i32>load<u8>(path + <usize>t)) > 0.0) return true;
  }
  return false;
}

/**
 * One sweep of the repair over the listed units: units that are part of an excess replan while each overloaded interval costs `share` of its own rate (at
 * least `base`) more. Stops as soon as nothing is over. Returns the excess left, W.
 */
export function repairSweep(share: f64, base: f64): f64 {
  const horizon = intervals();
  let left = totalExcess();
  if (left <= 0.0) return 0.0;
  for (let index = 0; index < listed; index++) {
    const unit = listedUnit(index);
    const site = siteOf(unitAt(unit));
    if (!isPartOfExcess(unit, site, horizon)) continue;
    for (let t = 0; t < horizon; t++) {
      const over = excess(site, t) > 0.0;
      const at = siteCell(RATE_PTR, site, t);
      const raise = over ? Math.ceil(share * max(base, Math.abs(load<f64>(at) - load<f64>(PRICE_PTR + (<usize>t << 3))))) : 0.0;
      store<f64>(RAISED_PTR + (<usize>t << 3), raise);
      store<f64>(at, load<f64>(at) + raise);
    }
    const changed = replan(unit);
    for (let t = 0; t < horizon; t++) add(siteCell(RATE_PTR, site, t), -load<f64>(RAISED_PTR + (<usize>t << 3)));
    if (changed) {
      left = totalExcess();
      if (left <= 0.0) return 0.0;
    }
  }
  return left;
}

/**
 * One sweep of the repair for clients: units of a client that is short replan while an interval on earns `raise` more. Returns the shortage left.
 */
export function repairClients(raise: f64): f64 {
  let left = totalShortage();
  for (let index = 0; index < listed && left > 0.0; index++) {
    const unit = listedUnit(index);
    const client = <i32>field(unitAt(unit), F_CLIENT);
    if (client < 0) continue;
    const at = <usize>client << 3;
    if (load<f64>(PLAN_CLIENT_PTR + at) >= load<f64>(FLOOR_PTR + at)) continue;
    add(BONUS_PTR + at, raise);
    const changed = replan(unit);
    add(BONUS_PTR + at, -raise);
    if (changed) left = totalShortage();
  }
  return left;
}

/**
 * One sweep of the repair for ramps: at every step that is too high, up or down, the higher interval gets dearer by `raise` and the lower one cheaper, and
 * the site's listed units replan. Returns the excess left, W.
 */
export function repairRamps(raise: f64): f64 {
  const horizon = intervals();
  for (let index = 0; index < listed; index++) {
    const unit = listedUnit(index);
    const site = siteOf(unitAt(unit));
    const ramp = load<f64>(RAMP_PTR + (<usize>site << 3));
    if (rampExcess(site) <= 0.0) continue;
    memory.copy(RAISED_PTR, siteCell(RATE_PTR, site, 0), <usize>horizon << 3);
    for (let t = 1; t < horizon; t++) {
      const loads = siteCell(PLAN_LOAD_PTR, site, t);
      const step = load<f64>(loads) - load<f64>(loads - 8);
      if (Math.abs(step) <= ramp) continue;
      const at = siteCell(RATE_PTR, site, t);
      add(at, step > 0.0 ? raise : -raise);
      add(at - 8, step > 0.0 ? -raise : raise);
    }
    replan(unit);
    memory.copy(siteCell(RATE_PTR, site, 0), RAISED_PTR, <usize>horizon << 3);
  }
  return totalRampExcess();
}

/** One sweep in which every listed unit replans at the rates as they are. Returns how many changed. */
export function fillSweep(): i32 {
  let changed = 0;
  for (let index = 0; index < listed; index++) changed += i32(replan(listedUnit(index)));
  return changed;
}

/** Money of the sequence at `path`, without what rows cost: hashing less energy less restarts. Exact. */
export function moneyOf(unit: usize, path: usize): f64 {
  const horizon = intervals();
  let before = field(unit, F_WAS_ON) == 0.0;
  let sum: f64 = 0.0;
  for (let t = 0; t < horizon; t++) {
    const mode = <i32>load<u8>(path + <usize>t);
    const at = <usize>t << 3;
    const hashprice = load<f64>(HASHPRICE_PTR + at);
    sum -= field(unit, F_POWER + mode) * load<f64>(PRICE_PTR + at);
    if (mode == 0) {
      before = false;
      continue;
    }
    sum += field(unit, F_HASHRATE - 1 + mode) * hashprice;
    if (!before) sum -= field(unit, F_BOOT - 1 + mode) * hashprice + field(unit, F_RESTART);
    before = true;
  }
  return sum;
}

/** Hashing in the money of the plan in hand, exact where the plan was booked unit by unit. */
let hashing: i64 = 0;

/** Adds a unit's sequence to loads, clients' intervals and money in one pass. */
function bookUnit(unit: i32): void {
  const at = unitAt(unit);
  const path = planAt(unit);
  const loads = siteCell(PLAN_LOAD_PTR, siteOf(at), 0);
  const horizon = <usize>intervals();
  let before = field(at, F_WAS_ON) == 0.0;
  let earned: f64 = 0.0;
  let spent: f64 = 0.0;
  let on = 0;
  for (let t: usize = 0; t < horizon; t++) {
    const mode = <i32>load<u8>(path + t);
    const offset = t << 3;
    const power = field(at, F_POWER + mode);
    spent += power * load<f64>(PRICE_PTR + offset);
    add(loads + offset, power);
    add(PLAN_TOTAL_PTR + offset, power);
    if (mode == 0) {
      before = false;
      continue;
    }
    const hashprice = load<f64>(HASHPRICE_PTR + offset);
    earned += field(at, F_HASHRATE - 1 + mode) * hashprice;
    if (!before) spent += field(at, F_BOOT - 1 + mode) * hashprice + field(at, F_RESTART);
    before = true;
    on++;
  }
  const client = <i32>field(at, F_CLIENT);
  if (client >= 0) add(PLAN_CLIENT_PTR + (<usize>client << 3), <f64>on);
  money += <i64>(earned - spent);
  hashing += <i64>earned;
}

/** Books a change of a sequence made outside of this file. */
export function addMoney(change: f64): void {
  money += <i64>change;
}

/**
 * RATE and BONUS at which single changes are judged: the given prices; energy that the take-or-pay still lacks earns its price; a client at its floor keeps
 * its multiplier so that what is owed is not given up.
 */
export function setPlainRates(): void {
  const horizon = intervals();
  const siteCount = sites();
  let energy: f64 = 0.0;
  for (let t = 0; t < horizon; t++) energy += load<f64>(PLAN_TOTAL_PTR + (<usize>t << 3));
  const missing = energy < term(T_OWED) ? term(T_MISSING_PRICE) : 0.0;
  // Bonuses come with the multipliers; the rates are written over.
  setRates(ROW_BEST_PTR);
  for (let site = 0; site < siteCount; site++) {
    for (let t = 0; t < horizon; t++) store<f64>(siteCell(RATE_PTR, site, t), load<f64>(PRICE_PTR + (<usize>t << 3)) - missing);
  }
  const clientCount = clients();
  for (let client = 0; client < clientCount; client++) {
    const at = <usize>client << 3;
    if (load<f64>(PLAN_CLIENT_PTR + at) - load<f64>(FLOOR_PTR + at) >= <f64>horizon) store<f64>(BONUS_PTR + at, 0.0);
  }
}

/** Money of the plan in hand, kept up to date with every change. */
export function planMoney(): i64 {
  return money;
}

/** Keeps the plan in hand as the best one. */
export function keepPlan(): void {
  memory.copy(BEST_PLAN_PTR, PLAN_PTR, <usize>head(7) * <usize>intervals());
}

/**
 * Makes the best plan the one in hand again and reckons loads, clients' intervals and money from its bytes alone. SUM holds the money and, second, the
 * hashing in it.
 */
export function recallPlan(): void {
  const horizon = intervals();
  const units = head(7);
  memory.copy(PLAN_PTR, BEST_PLAN_PTR, <usize>units * <usize>horizon);
  recount();
  store<i64>(SUM_PTR, money);
  store<i64>(SUM_PTR, hashing, 8);
}

/** Reckons the plan in hand from its bytes. */
export function recount(): void {
  const units = head(7);
  clearCounts();
  for (let unit = 0; unit < units; unit++) bookUnit(unit);
}
