/**
 * Units planned together through the horizon: joint states are followed interval by interval and unit by unit, each with its real money so far and with the most that
 * can still come of it at the multipliers. Of equal joint states the ones that another is at least as good as in everything are forgotten; what cannot beat the cutoff is
 * out; and where there are more than `width`, those that promise most go on. When none had to be left behind so, the plan found is the best there is; else
 * no plan is worth more than it and the promise of what was left behind. With all units of a small fleet this is an exact search, with some of them a large step.
 */
import { F_BOOT, F_HASHRATE, F_POWER, F_RESTART, HASHPRICE_PTR, IMPOSSIBLE, MAX_MODES, NO_LIMIT, PRICE_PTR, RATE_PTR, ROW_BEST_PTR, field, hashingModes, intervals, siteCell, sites, unitAt } from './layout';
import {
  START_MARK,
  firstState,
  isPadding,
  kindBehind,
  kindForbids,
  kindNext,
  kindOf,
  layOutKinds,
  memberCount,
  memberUnit,
  outsideUnits,
  signOf,
} from './ensemble-units';
import {
  baseLoad,
  boundOutside,
  finalCost,
  finishSite,
  firstPeak,
  floorCount,
  floorOf,
  hardCap,
  hasRamps,
  onOutside,
  outsideMoney,
  owedClient,
  owedEnergy,
  owedNumber,
  peakCost,
  peakPrice,
  penaltyCharged,
  rampOf,
  reachOf,
  startRows,
} from './ensemble-rows';
import { energyPrice, floorPrice, forgetJoint, hasJoint, jointBehind, jointBound, jointStride, layOutJoint } from './ensemble-joint';
import {
  L_ENERGY,
  L_LID,
  L_MODE,
  L_PEAK,
  L_PROMISE,
  L_RANK,
  L_SIGN,
  L_TRAIL,
  beginStep,
  copyLabel,
  endStep,
  giveUp,
  keepLabel,
  labelCount,
  labelCutoff,
  labelNow,
  layOutLabels,
  leastLeftAt,
  loadAt,
  loadBeforeAt,
  mostLeftAt,
  mostLeftBehind,
  nextLabel,
  onCountAt,
  raiseCutoff,
  setState,
  stateOf,
} from './ensemble-labels';
import { planAt, recount, siteOf } from './primal';
import { setRates } from './rates';
import { CANNOT_BE_OFF, CANNOT_BE_ON, bonusOf } from './unit';
import { addWork, workDone } from './work';

/** Trail: place of the step before and the mode. */
const MOST_TRAIL: i32 = 4_000_000;
const TRAIL_PTR: usize = memory.data(MOST_TRAIL * 4, 16);
/** Narrower searches are over before the joint worths are laid out. */
const JOINT_WIDTH: i32 = 512;
/** Multiplications that a label is counted for. */
const LABEL_WORK: i64 = 60;
/** Money units by which the next plan must be better: what doubles can tell apart. */
const LEAST: f64 = 2000.0;

export const PAUSED: i32 = 0;
export const EXHAUSTED: i32 = 1;
export const FOUND: i32 = 2;

let trail: i32 = 0;
/** Intervals in which the members are free: from here to there. */
let freeFrom: i32 = 0;
let freeTo: i32 = 0;
let interval: i32 = 0;
let member: i32 = 0;
let winnerTrail: i32 = -1;
let siteCount: i32 = 0;

/** Least and most W that a unit in `state` may draw in interval `t`. */
let leastW: f64 = 0.0;
let mostW: f64 = 0.0;
function reckonPower(which: i32, state: i32, t: i32): void {
  const kind = kindOf(which);
  const at = unitAt(memberUnit(which));
  const forbid = kindForbids(kind, t);
  const modes = hashingModes();
  leastW = NO_LIMIT;
  mostW = 0.0;
  for (let mode = 0; mode <= modes; mode++) {
    if (forbid & (mode == 0 ? CANNOT_BE_OFF : CANNOT_BE_ON) || kindNext(kind, state, mode != 0) < 0) continue;
    const power = field(at, F_POWER + mode);
    leastW = min(leastW, power);
    mostW = max(mostW, power);
  }
}

@inline
function addAt(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** Begins interval `t` for the label, whose states are all of the interval before. */
function begin(label: usize, t: i32): void {
  for (let site = 0; site < siteCount; site++) {
    store<f64>(loadAt(label, site), baseLoad(site, t));
    store<f64>(leastLeftAt(label, site), 0.0);
    store<f64>(mostLeftAt(label, site), 0.0);
  }
  const members = memberCount();
  for (let which = 0; which < members; which++) {
    reckonPower(which, stateOf(label, which), t);
    const site = siteOf(unitAt(memberUnit(which)));
    addAt(leastLeftAt(label, site), leastW);
    addAt(mostLeftAt(label, site), mostW);
  }
  addWork(<i64>(members << 1));
}

/** Lowers the lid by the joint worths behind the interval. False when nothing is allowed there. */
function putLid(label: usize): bool {
  const members = memberCount();
  let joint = 0;
  for (let which = 0; which < members; which++) joint += stateOf(label, which) * jointStride(which);
  const behind = jointBehind(interval + 1, joint);
  if (behind < IMPOSSIBLE / 2) return false;
  let most = load<f64>(label) + behind - peakCost(interval + 1, load<f64>(label, L_PEAK));
  most -= energyPrice() * (owedEnergy() - load<f64>(label, L_ENERGY));
  const floors = floorCount();
  for (let number = 0; number < floors; number++) {
    most -= floorPrice(owedClient(number)) * <f64>(floorOf(number) - load<i32>(onCountAt(label, number)));
  }
  store<f64>(label, min(load<f64>(label, L_LID), most), L_LID);
  return true;
}

/** Ends the interval for the label: what it really costs. False when it breaks a hard limit or a floor is out of reach. */
function finish(label: usize): bool {
  let total: f64 = 0.0;
  for (let site = 0; site < siteCount; site++) {
    const loadW = load<f64>(loadAt(label, site));
    const before = loadBeforeAt(label, site);
    const loss = finishSite(site, interval, loadW, hasRamps() ? load<f64>(before) : 0.0);
    if (loss < 0.0) return false;
    store<f64>(label, load<f64>(label) - penaltyCharged());
    store<f64>(label, load<f64>(label, L_PROMISE) - loss, L_PROMISE);
    total += loadW;
    if (hasRamps()) store<f64>(before, rampOf(site) < NO_LIMIT ? loadW : 0.0);
  }
  store<f64>(label, load<f64>(label, L_PROMISE) + peakPrice(interval) * total, L_PROMISE);
  store<f64>(label, min(owedEnergy(), load<f64>(label, L_ENERGY) + total), L_ENERGY);
  store<f64>(label, max(load<f64>(label, L_PEAK), total), L_PEAK);
  const floors = floorCount();
  for (let number = 0; number < floors; number++) {
    if (load<i32>(onCountAt(label, number)) + reachOf(number, interval + 1) < floorOf(number)) return false;
  }
  if (interval + 1 == intervals()) return true;
  begin(label, interval + 1);
  return !hasJoint() || putLid(label);
}

/** Ends the horizon for the label: the best one so far is the winner. */
function conclude(label: usize, from: i32, mode: i32): void {
  const value = load<f64>(label) - finalCost(load<f64>(label, L_ENERGY), load<f64>(label, L_PEAK));
  if (value <= labelCutoff()) return;
  raiseCutoff(value);
  if (trail == MOST_TRAIL) trail--;
  store<i32>(TRAIL_PTR + (<usize>trail << 2), (from << 3) | mode);
  winnerTrail = trail;
  trail++;
}

/** Money of a mode in the interval at the given prices, at the rates, and both for a start. */
const WORTH_PTR: usize = memory.data(MAX_MODES * 4 * 8, 16);

@inline
function worthAt(mode: i32, what: i32): usize {
  return WORTH_PTR + (<usize>(mode * 4 + what) << 3);
}

function layOutWorths(at: usize): void {
  const modes = hashingModes();
  const t = <usize>interval << 3;
  const price = load<f64>(PRICE_PTR + t);
  const rate = load<f64>(siteCell(RATE_PTR, siteOf(at), interval));
  const hashprice = load<f64>(HASHPRICE_PTR + t);
  const bonus = bonusOf(at);
  store<f64>(worthAt(0, 0), -(field(at, F_POWER) * price));
  store<f64>(worthAt(0, 1), -(field(at, F_POWER) * rate));
  for (let mode = 1; mode <= modes; mode++) {
    const earned = field(at, F_HASHRATE - 1 + mode) * hashprice;
    const start = field(at, F_BOOT - 1 + mode) * hashprice + field(at, F_RESTART);
    const power = field(at, F_POWER + mode);
    store<f64>(worthAt(mode, 0), earned - power * price);
    store<f64>(worthAt(mode, 1), earned - power * rate + bonus);
    store<f64>(worthAt(mode, 2), earned - power * price - start);
    store<f64>(worthAt(mode, 3), earned - power * rate + bonus - start);
  }
}

/** One unit through one interval, for all labels. False when the trail is full. */
function step(): bool {
  const unit = memberUnit(member);
  const at = unitAt(unit);
  const kind = kindOf(member);
  const site = siteOf(at);
  const number = owedNumber(at);
  const forbid = kindForbids(kind, interval);
  const phase = interval & 1;
  const isLast = member == memberCount() - 1;
  const isEnd = isLast && interval == intervals() - 1;
  const modes = hashingModes();
  const room = hardCap(site, interval);
  const hasRamp = interval > 0 && rampOf(site) < NO_LIMIT;
  const held = interval < freeFrom || interval >= freeTo ? <i32>load<u8>(planAt(unit) + <usize>interval) : -1;
  if (trail + labelCount() + 1 > MOST_TRAIL) return false;
  layOutWorths(at);
  beginStep();
  const now = labelCount();
  for (let index = 0; index < now; index++) {
    const label = labelNow(index);
    const state = stateOf(label, member);
    const from = trail;
    store<i32>(TRAIL_PTR + (<usize>trail << 2), (load<i32>(label, L_TRAIL) << 3) | load<i32>(label, L_MODE));
    trail++;
    const before = kindBehind(kind, interval, state);
    reckonPower(member, state, interval);
    const leastLeft = load<f64>(leastLeftAt(label, site)) - leastW;
    const mostLeft = load<f64>(mostLeftAt(label, site)) - mostW;
    const beforeW = hasRamp ? load<f64>(loadBeforeAt(label, site)) : 0.0;
    const most = (hasRamp ? min(room, beforeW + rampOf(site)) : room) - leastLeft;
    const least = hasRamp ? beforeW - rampOf(site) - mostLeft : 0.0;
    for (let mode = 0; mode <= modes; mode++) {
      if (forbid & (mode == 0 ? CANNOT_BE_OFF : CANNOT_BE_ON) || (held >= 0 ? mode != held : isPadding(at, mode))) continue;
      const marked = kindNext(kind, state, mode != 0);
      if (marked < 0) continue;
      const after = marked & (START_MARK - 1);
      const loadW = load<f64>(loadAt(label, site)) + field(at, F_POWER + mode);
      if (loadW > most || loadW < least) continue;
      const behind = kindBehind(kind, interval + 1, after);
      if (behind < IMPOSSIBLE / 2) continue;
      const what = marked >= START_MARK ? 2 : 0;
      const child = nextLabel();
      copyLabel(child, label);
      store<f64>(child, load<f64>(label) + load<f64>(worthAt(mode, what)));
      store<f64>(child, load<f64>(label, L_PROMISE) + (load<f64>(worthAt(mode, what + 1)) + behind - before), L_PROMISE);
      store<i64>(child, load<i64>(label, L_SIGN) - signOf(kind, phase, state) + signOf(kind, phase ^ 1, after), L_SIGN);
      store<i32>(child, from, L_TRAIL);
      store<i32>(child, mode, L_MODE);
      store<f64>(loadAt(child, site), loadW);
      store<f64>(leastLeftAt(child, site), leastLeft);
      store<f64>(mostLeftAt(child, site), mostLeft);
      setState(child, member, after);
      if (number >= 0 && mode != 0) {
        const on = onCountAt(child, number);
        store<i32>(on, min(floorOf(number), load<i32>(on) + 1));
      }
      addWork(LABEL_WORK);
      if (isLast && !finish(child)) continue;
      if (isEnd) {
        conclude(child, from, mode);
        continue;
      }
      let peak = load<f64>(child, L_PEAK);
      if (!isLast) {
        let total: f64 = 0.0;
        for (let other = 0; other < siteCount; other++) total += load<f64>(loadAt(child, other));
        peak = max(peak, total);
      }
      store<f64>(child, min(load<f64>(child, L_LID), load<f64>(child, L_PROMISE) - peakCost(isLast ? interval + 1 : interval, peak)), L_RANK);
      keepLabel();
    }
  }
  endStep();
  return true;
}

/** Writes the winner's sequences into the plan in hand. */
function writeWinner(): void {
  const members = memberCount();
  let at = winnerTrail;
  for (let t = intervals() - 1; t >= 0; t--) {
    for (let which = members - 1; which >= 0; which--) {
      const entry = load<i32>(TRAIL_PTR + (<usize>at << 2));
      store<u8>(planAt(memberUnit(which)) + <usize>t, <u8>(entry & 7));
      at = entry >> 3;
    }
  }
  recount();
}

/**
 * Lays the gathered members out for a search of `most` labels a step (fewer where there is no room) that looks for plans worth more than `cutoffUnits` money units;
 * the units outside, and outside of intervals [from, to) all units, do what they do in the plan in hand. Returns the width; 0 when the problem is too large.
 */
export function startEnsemble(most: i32, cutoffUnits: f64, from: i32, to: i32): i32 {
  const members = memberCount();
  if (members == 0) return 0;
  setRates(ROW_BEST_PTR);
  if (!layOutKinds(from, to) || !startRows()) return 0;
  siteCount = sites();
  const width = layOutLabels(members, min(most, (MOST_TRAIL - 1) / (members * intervals()) - 1), cutoffUnits + LEAST);
  if (width < 1) return 0;
  freeFrom = from;
  freeTo = to;
  trail = 0;
  interval = 0;
  member = 0;
  winnerTrail = -1;
  const root = labelNow(0);
  let promise = boundOutside();
  let sign: i64 = 0;
  for (let which = 0; which < members; which++) {
    const kind = kindOf(which);
    const state = firstState(kind);
    promise += kindBehind(kind, 0, state);
    sign += signOf(kind, 0, state);
    setState(root, which, state);
  }
  begin(root, 0);
  const floors = floorCount();
  for (let number = 0; number < floors; number++) store<i32>(onCountAt(root, number), min(floorOf(number), onOutside(number)));
  store<f64>(root, outsideMoney());
  store<f64>(root, promise, L_PROMISE);
  store<i64>(root, sign, L_SIGN);
  store<f64>(root, firstPeak(), L_PEAK);
  if (most >= JOINT_WIDTH && outsideUnits() == 0 && from == 0 && to == intervals()) layOutJoint(cutoffUnits);
  else forgetJoint();
  store<f64>(root, hasJoint() ? jointBound() : Infinity, L_LID);
  return width;
}

/**
 * Searches on for about `budget` multiplications. FOUND: a better plan is in hand; EXHAUSTED: none was found. Either way ensembleLeftBehind tells what the plans that
 * were left behind may be worth at most.
 */
export function searchEnsemble(budget: i32): i32 {
  const until = workDone() + <i64>budget;
  const horizon = intervals();
  const members = memberCount();
  while (interval < horizon) {
    if (workDone() > until) return PAUSED;
    if (!step()) {
      giveUp();
      return EXHAUSTED;
    }
    member++;
    if (member == members) {
      member = 0;
      interval++;
    }
    if (labelCount() == 0 && winnerTrail < 0) return EXHAUSTED;
  }
  if (winnerTrail < 0) return EXHAUSTED;
  writeWinner();
  return FOUND;
}

/** Money units; -Infinity when nothing was left behind. */
export function ensembleLeftBehind(): f64 {
  return mostLeftBehind();
}
