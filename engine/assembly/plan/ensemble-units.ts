/**
 * The units that are planned together, and what each of them may do: for every kind of equal units its states, its locks and what is left to the end at the multipliers.
 * Equal units are one kind, so that plans which differ only in who of them does what can be told to be one.
 */
import { F_COUNT, F_HASHRATE, F_POWER, F_VALUE, F_WAS_OFF, F_WAS_ON, RATE_PTR, field, head, intervals, siteCell, unitAt } from './layout';
import { drawn, mixed } from './drawn';
import { planAt, siteOf } from './primal';
import { CANNOT_BE_OFF, CANNOT_BE_ON, FORBID_PTR, layOut } from './unit';
import { behind, enterUnit, freeOff, freeOn, isStart, lookBehind, next, stateCount, wholeWorth } from './unit-states';

export const MAX_MEMBERS: i32 = 512;
const MEMBERS_PTR: usize = memory.data(MAX_MEMBERS * 4, 16);
const KIND_OF_PTR: usize = memory.data(MAX_MEMBERS * 4, 16);
let members: i32 = 0;
let kinds: i32 = 0;

// A kind: its first unit, its states, the state before interval 0, places of its figures.
const KINDS_PTR: usize = memory.data(MAX_MEMBERS * 20, 16);
const D_UNIT: usize = 0;
const D_STATES: usize = 4;
const D_FIRST: usize = 8;
const D_BEHIND: usize = 12;
const D_NEXT: usize = 16;

/** Worth from each interval and state to the end. Behind a kind's states stands one more: the first state, when it is free. */
const MOST_BEHIND: i32 = 1_000_000;
const BEHINDS_PTR: usize = memory.data(MOST_BEHIND * 8, 16);
/** The state after an interval off, after one on; -1 where the unit's rules forbid it. A start is marked. */
const MOST_NEXT: i32 = 100_000;
const NEXTS_PTR: usize = memory.data(MOST_NEXT * 4, 16);
export const START_MARK: i32 = 1 << 16;
const MOST_FORBIDS: i32 = 400_000;
const FORBIDS_PTR: usize = memory.data(MOST_FORBIDS, 16);

@inline
export function memberCount(): i32 {
  return members;
}

@inline
export function memberUnit(member: i32): i32 {
  return load<i32>(MEMBERS_PTR + (<usize>member << 2));
}

@inline
export function kindOf(member: i32): i32 {
  return load<i32>(KIND_OF_PTR + (<usize>member << 2));
}

@inline
function kindFigure(kind: i32, what: usize): i32 {
  return load<i32>(KINDS_PTR + <usize>kind * 20 + what);
}

@inline
function setKindFigure(kind: i32, what: usize, value: i32): void {
  store<i32>(KINDS_PTR + <usize>kind * 20 + what, value);
}

@inline
export function firstState(kind: i32): i32 {
  return kindFigure(kind, D_FIRST);
}

/** Without the one before interval 0. */
@inline
export function kindStates(kind: i32): i32 {
  return kindFigure(kind, D_STATES);
}

/** Whether the mode repeats the one before: machines of fewer modes are padded so. */
@inline
export function isPadding(at: usize, mode: i32): bool {
  return mode > 1 && field(at, F_POWER + mode) == field(at, F_POWER + mode - 1) && field(at, F_HASHRATE - 1 + mode) == field(at, F_HASHRATE - 2 + mode);
}

@inline
export function kindBehind(kind: i32, t: i32, state: i32): f64 {
  return load<f64>(BEHINDS_PTR + (<usize>(kindFigure(kind, D_BEHIND) + t * (kindFigure(kind, D_STATES) + 1) + state) << 3));
}

@inline
export function kindNext(kind: i32, state: i32, isOn: bool): i32 {
  return load<i32>(NEXTS_PTR + (<usize>(kindFigure(kind, D_NEXT) + state * 2 + i32(isOn)) << 2));
}

@inline
export function kindForbids(kind: i32, t: i32): u32 {
  return load<u8>(FORBIDS_PTR + <usize>(kind * intervals() + t));
}

/** A number for a kind's state before (`phase` 0) or after an interval: sums of them tell joint states apart whatever the order of equal units. */
@inline
export function signOf(kind: i32, phase: i32, state: i32): i64 {
  const index = <u32>((kind << 11) | (state << 1) | phase);
  return (<i64>mixed(0x51ed270b, index) << 32) | <i64>mixed(0x2545f491, index);
}

/** Whether the problem says the same of both units. */
function isSame(one: i32, other: i32): bool {
  const a = unitAt(one);
  const b = unitAt(other);
  for (let index = F_POWER; index < F_VALUE; index++) {
    if (field(a, index) != field(b, index)) return false;
  }
  return true;
}

export function clearMembers(): void {
  members = 0;
}

/** Adds a unit that is no padding. False when there are too many. */
export function addMember(unit: i32): bool {
  if (field(unitAt(unit), F_COUNT) == 0.0) return true;
  if (members == MAX_MEMBERS) return false;
  store<i32>(MEMBERS_PTR + (<usize>members << 2), unit);
  members++;
  return true;
}

/** Every unit of the fleet. False when they are too many. */
export function gatherFleet(): bool {
  clearMembers();
  const units = head(7);
  for (let unit = 0; unit < units; unit++) {
    if (!addMember(unit)) return false;
  }
  return members > 0;
}

/** Outside of intervals [from, to) a unit stays on, or off, as the plan in hand has it. */
function holdOutside(unit: i32, from: i32, to: i32): void {
  const count = intervals();
  const path = planAt(unit);
  for (let t = 0; t < count; t++) {
    if (t == from) t = to;
    if (t >= count) break;
    const at = FORBID_PTR + <usize>t;
    store<u8>(at, load<u8>(at) | <u8>(load<u8>(path + <usize>t) != 0 ? CANNOT_BE_OFF : CANNOT_BE_ON));
  }
}

/**
 * Lays out the members' kinds at the rates in RATE and BONUS, each free in intervals [from, to) only. Units that are held outside are a kind each: what they do there
 * tells them apart. False when they have too many states. O(kinds * (members + intervals * states)).
 */
export function layOutKinds(from: i32, to: i32): bool {
  const count = intervals();
  const isHeld = from > 0 || to < count;
  kinds = 0;
  let nexts = 0;
  let behinds = 0;
  for (let member = 0; member < members; member++) {
    const unit = memberUnit(member);
    let kind = 0;
    while (kind < kinds && (isHeld || !isSame(kindFigure(kind, D_UNIT), unit))) kind++;
    store<i32>(KIND_OF_PTR + (<usize>member << 2), kind);
    if (kind < kinds) continue;
    const at = unitAt(unit);
    if (!enterUnit(at)) return false;
    const states = stateCount();
    if (nexts + 2 * (states + 1) > MOST_NEXT || behinds + (count + 1) * (states + 1) > MOST_BEHIND || (kind + 1) * count > MOST_FORBIDS) return false;
    layOut(at, siteCell(RATE_PTR, siteOf(at), 0));
    if (isHeld) holdOutside(unit, from, to);
    lookBehind();
    setKindFigure(kind, D_UNIT, unit);
    setKindFigure(kind, D_STATES, states);
    setKindFigure(kind, D_BEHIND, behinds);
    setKindFigure(kind, D_NEXT, nexts);
    const isFree = field(at, F_WAS_ON) == 0.0 && field(at, F_WAS_OFF) == 0.0;
    setKindFigure(kind, D_FIRST, isFree ? states : field(at, F_WAS_ON) == 0.0 ? freeOn() : freeOff());
    for (let state = 0; state < states; state++) {
      for (let on = 0; on <= 1; on++) {
        const after = next(state, on != 0);
        store<i32>(NEXTS_PTR + (<usize>(nexts + 2 * state + on) << 2), after >= 0 && isStart() ? after | START_MARK : after);
      }
    }
    store<i32>(NEXTS_PTR + (<usize>(nexts + 2 * states) << 2), freeOff());
    store<i32>(NEXTS_PTR + (<usize>(nexts + 2 * states + 1) << 2), freeOn());
    nexts += 2 * (states + 1);
    for (let t = 0; t <= count; t++) {
      for (let state = 0; state < states; state++) store<f64>(BEHINDS_PTR + (<usize>(behinds + t * (states + 1) + state) << 3), behind(t, state));
    }
    store<f64>(BEHINDS_PTR + (<usize>(behinds + states) << 3), wholeWorth(at));
    behinds += (count + 1) * (states + 1);
    memory.copy(FORBIDS_PTR + <usize>(kind * count), FORBID_PTR, <usize>count);
    kinds++;
  }
  return true;
}

/** Units of the fleet that are not members. */
export function outsideUnits(): i32 {
  const units = head(7);
  let count = -members;
  for (let unit = 0; unit < units; unit++) count += i32(field(unitAt(unit), F_COUNT) > 0.0);
  return count;
}

/** `count` units, drawn by `seed`, become the ensemble; all when there are no more. */
export function gatherSome(seed: u32, count: i32): void {
  clearMembers();
  const units = head(7);
  let left = 0;
  for (let unit = 0; unit < units; unit++) left += i32(field(unitAt(unit), F_COUNT) > 0.0);
  let wanted = min(count, min(left, MAX_MEMBERS));
  // Each unit in turn is taken with the chance that leaves every choice of `wanted` equally likely.
  for (let unit = 0; unit < units && wanted > 0; unit++) {
    if (field(unitAt(unit), F_COUNT) == 0.0) continue;
    if (drawn(seed, <u32>unit) * <f64>left < <f64>wanted) {
      addMember(unit);
      wanted--;
    }
    left--;
  }
}
