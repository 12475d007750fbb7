/**
 * All that a small fleet's units may sensibly do: for each unit every sequence whose regret at the best multipliers is below a limit. A plan worth more than the bound
 * less the limit is made of these alone, so what is not listed is out with proof. Sequences that the coupling rows cannot tell apart are one: the most valuable
 * is kept. Found by labels that run forward and are cut by exact values from behind.
 */
import {
  F_BOOT,
  F_COUNT,
  F_HASHRATE,
  F_POWER,
  F_RESTART,
  F_WAS_OFF,
  F_WAS_ON,
  HASHPRICE_PTR,
  IMPOSSIBLE,
  MAX_INTERVALS,
  MAX_SITE_CELLS,
  RATE_PTR,
  ROW_BEST_PTR,
  ROW_CAP,
  ROW_CLIENT,
  ROW_PEAK,
  ROW_RAMP_DOWN,
  ROW_RAMP_UP,
  ROW_TAKE_OR_PAY,
  SEARCH_BYTES,
  SEARCH_PTR,
  field,
  hashingModes,
  head,
  intervals,
  rows,
  siteCell,
  sites,
  unitAt,
} from './layout';
import { moneyOf, planAt, siteOf } from './primal';
import { rowInterval, rowKind, rowOwner, setRates } from './rates';
import { CANNOT_BE_OFF, CANNOT_BE_ON, FORBID_PTR, bonusOf, layOut } from './unit';
import { behind, enterUnit, freeOff, freeOn, isStart, lookBehind, next, wholeWorth } from './unit-states';

/** Units of a fleet that is listed so, paddings included. */
export const MAX_LISTED_UNITS: i32 = 2048;
const ENTRY_BYTES_IN_ALL: i32 = SEARCH_BYTES / 2;
const ENTRIES_PTR: usize = SEARCH_PTR;
/** First entry of each unit; one more than units. */
const FIRST_PTR: usize = memory.data((MAX_LISTED_UNITS + 1) * 4, 16);
/** Intervals that a row of the load names, and per site and interval whether one of its own does. */
const CELLS_PTR: usize = memory.data(MAX_INTERVALS * 4, 16);
const NAMED_PTR: usize = memory.data(MAX_SITE_CELLS, 16);

// An entry: money, intervals on, energy, then the power in each cell, then the modes.
export const E_MONEY: usize = 0;
export const E_ON: usize = 8;
export const E_ENERGY: usize = 16;
export const E_CELLS: usize = 24;

// Labels of one interval, two generations: value, energy, intervals on, state, place in the trail.
const MAX_LABELS: i32 = 16_384;
const LABEL_BYTES: i32 = 32;
const LABELS_PTR: usize = memory.data(2 * MAX_LABELS * LABEL_BYTES, 16);
const L_ENERGY: usize = 8;
const L_ON: usize = 16;
const L_STATE: usize = 20;
const L_TRAIL: usize = 24;
/** First label of each group: labels of equal power in all cells so far. */
const GROUPS_PTR: usize = memory.data(2 * (MAX_LABELS + 1) * 4, 16);
/** Trail: place of the label before, and the mode. */
const MAX_TRAIL: i32 = 1_000_000;
const TRAIL_PTR: usize = memory.data(MAX_TRAIL * 8, 16);
const MODES_PTR: usize = memory.data(MAX_INTERVALS, 16);

let cells: i32 = 0;
let entryBytes: usize = 0;
let entries: i32 = 0;
let mostEntries: i32 = 0;
let ofClients: bool = false;
let ofEnergy: bool = false;

@inline
export function cellCount(): i32 {
  return cells;
}

@inline
export function cellInterval(cell: i32): i32 {
  return load<i32>(CELLS_PTR + (<usize>cell << 2));
}

@inline
export function firstEntry(unit: i32): i32 {
  return load<i32>(FIRST_PTR + (<usize>unit << 2));
}

@inline
export function entryAt(entry: i32): usize {
  return ENTRIES_PTR + <usize>entry * entryBytes;
}

@inline
export function entryModes(entry: usize): usize {
  return entry + E_CELLS + (<usize>cells << 3);
}

function nameCells(): void {
  const count = intervals();
  const siteCount = sites();
  memory.fill(NAMED_PTR, 0, <usize>(siteCount * count));
  ofClients = false;
  ofEnergy = false;
  const rowCount = rows();
  for (let row = 0; row < rowCount; row++) {
    const kind = rowKind(row);
    if (kind == ROW_CLIENT) ofClients = true;
    else if (kind == ROW_TAKE_OR_PAY) ofEnergy = true;
    const own = kind == ROW_CAP || kind == ROW_RAMP_UP || kind == ROW_RAMP_DOWN;
    if (!own && kind != ROW_PEAK) continue;
    const t = rowInterval(row);
    for (let site = 0; site < siteCount; site++) {
      if (own && site != rowOwner(row)) continue;
      store<u8>(NAMED_PTR + <usize>(site * count + t), 1);
      if (own && kind != ROW_CAP) store<u8>(NAMED_PTR + <usize>(site * count + t - 1), 1);
    }
  }
  cells = 0;
  for (let t = 0; t < count; t++) {
    let named = false;
    for (let site = 0; site < siteCount; site++) named = named || load<u8>(NAMED_PTR + <usize>(site * count + t)) != 0;
    if (!named) continue;
    store<i32>(CELLS_PTR + (<usize>cells << 2), t);
    cells++;
  }
}

/** The unit at work. */
let at: usize = 0;

@inline
function labelAt(generation: i32, label: i32): usize {
  return LABELS_PTR + <usize>(generation * MAX_LABELS + label) * LABEL_BYTES;
}

@inline
function groupAt(generation: i32, group: i32): usize {
  return GROUPS_PTR + (<usize>(generation * (MAX_LABELS + 1) + group) << 2);
}

let labels: i32 = 0;
let trail: i32 = 0;
/** Comparisons of labels in one listing, and the most of them: what takes longer is not for a search. */
let comparisons: i32 = 0;
const MOST_COMPARISONS: i32 = 12_000_000;

/** Puts a label into the newest group of the generation, or betters the one that is the same to the rows. False when there is no room. */
function putLabel(generation: i32, groupFrom: i32, value: f64, energy: f64, on: i32, state: i32, from: i32, mode: i32): bool {
  let label = groupFrom;
  for (; label < labels; label++) {
    const other = labelAt(generation, label);
    if (load<i32>(other, L_STATE) != state || load<i32>(other, L_ON) != on || load<f64>(other, L_ENERGY) != energy) continue;
    if (load<f64>(other) >= value) {
      comparisons += label - groupFrom + 1;
      return true;
    }
    break;
  }
  comparisons += label - groupFrom + 1;
  if (label == MAX_LABELS || trail == MAX_TRAIL || comparisons > MOST_COMPARISONS) return false;
  if (label == labels) labels++;
  const to = labelAt(generation, label);
  store<f64>(to, value);
  store<f64>(to, energy, L_ENERGY);
  store<i32>(to, on, L_ON);
  store<i32>(to, state, L_STATE);
  store<i32>(to, trail, L_TRAIL);
  store<i32>(TRAIL_PTR + (<usize>trail << 3), from);
  store<i32>(TRAIL_PTR + (<usize>trail << 3), mode, 4);
  trail++;
  return true;
}

/** Labels of one group through interval `t` in the modes that draw `power`. */
function passGroup(t: i32, from: i32, to: i32, generation: i32, power: f64, anyPower: bool, least: f64, rate: f64): bool {
  const forbid = <u32>load<u8>(FORBID_PTR + <usize>t);
  const hashprice = load<f64>(HASHPRICE_PTR + (<usize>t << 3));
  const bonus = bonusOf(at);
  const modes = hashingModes();
  const groupFrom = labels;
  for (let label = from; label < to; label++) {
    const now = labelAt(generation ^ 1, label);
    const state = load<i32>(now, L_STATE);
    for (let mode = 0; mode <= modes; mode++) {
      if (forbid & (mode == 0 ? CANNOT_BE_OFF : CANNOT_BE_ON)) continue;
      const own = field(at, F_POWER + mode);
      if (!anyPower && own != power) continue;
      const after = next(state, mode != 0);
      if (after < 0) continue;
      let value = load<f64>(now) - own * rate;
      if (mode != 0) {
        value += field(at, F_HASHRATE - 1 + mode) * hashprice + bonus;
        if (isStart()) value -= field(at, F_BOOT - 1 + mode) * hashprice + field(at, F_RESTART);
      }
      if (value + behind(t + 1, after) < least) continue;
      const on = ofClients ? load<i32>(now, L_ON) + i32(mode != 0) : 0;
      const energy = ofEnergy ? load<f64>(now, L_ENERGY) + own : 0.0;
      if (!putLabel(generation, groupFrom, value, energy, on, after, load<i32>(now, L_TRAIL), mode)) return false;
    }
  }
  return true;
}

/** All labels through the horizon. Returns the groups of the last generation, or -1 when there is no room. */
function runLabels(site: i32, least: f64): i32 {
  const count = intervals();
  const modes = hashingModes();
  labels = 0;
  trail = 0;
  let generation = 0;
  if (field(at, F_WAS_ON) == 0.0) putLabel(0, 0, 0.0, 0.0, 0, freeOn(), -1, 0);
  if (field(at, F_WAS_OFF) == 0.0) putLabel(0, 0, 0.0, 0.0, 0, freeOff(), -1, 0);
  store<i32>(groupAt(0, 0), 0);
  store<i32>(groupAt(0, 1), labels);
  let groups = 1;
  for (let t = 0; t < count; t++) {
    const named = load<u8>(NAMED_PTR + <usize>(site * count + t)) != 0;
    const rate = load<f64>(siteCell(RATE_PTR, site, t));
    generation ^= 1;
    labels = 0;
    let made = 0;
    for (let group = 0; group < groups; group++) {
      const from = load<i32>(groupAt(generation ^ 1, group));
      const to = load<i32>(groupAt(generation ^ 1, group + 1));
      for (let mode = 0; mode <= (named ? modes : 0); mode++) {
        const power = field(at, F_POWER + mode);
        let seen = false;
        for (let other = 0; other < mode; other++) seen = seen || field(at, F_POWER + other) == power;
        if (seen) continue;
        store<i32>(groupAt(generation, made), labels);
        if (!passGroup(t, from, to, generation, power, !named, least, rate)) return -1;
        if (load<i32>(groupAt(generation, made)) < labels) made++;
      }
    }
    store<i32>(groupAt(generation, made), labels);
    groups = made;
  }
  return groups;
}

/** Writes the label's sequence as an entry. */
function writeEntry(label: usize): void {
  const count = intervals();
  let step = load<i32>(label, L_TRAIL);
  let energy: f64 = 0.0;
  let on = 0;
  for (let t = count - 1; t >= 0; t--) {
    const mode = load<i32>(TRAIL_PTR + (<usize>step << 3), 4);
    store<u8>(MODES_PTR + <usize>t, <u8>mode);
    energy += field(at, F_POWER + mode);
    on += i32(mode != 0);
    step = load<i32>(TRAIL_PTR + (<usize>step << 3));
  }
  writeModes(on, energy);
}

/** Writes the sequence in MODES as an entry. */
function writeModes(on: i32, energy: f64): void {
  const count = intervals();
  const entry = entryAt(entries);
  store<f64>(entry, moneyOf(at, MODES_PTR), E_MONEY);
  store<f64>(entry, <f64>on, E_ON);
  store<f64>(entry, energy, E_ENERGY);
  for (let cell = 0; cell < cells; cell++) {
    store<f64>(entry + E_CELLS + (<usize>cell << 3), field(at, F_POWER + <i32>load<u8>(MODES_PTR + <usize>cellInterval(cell))));
  }
  memory.copy(entryModes(entry), MODES_PTR, <usize>count);
  entries++;
}

/** Entries of one group: of the states that the rows cannot tell apart, the best. False when there is no room. */
function writeGroup(generation: i32, group: i32): bool {
  const from = load<i32>(groupAt(generation, group));
  const to = load<i32>(groupAt(generation, group + 1));
  for (let label = from; label < to; label++) {
    const own = labelAt(generation, label);
    let best = true;
    for (let other = from; other < to && best; other++) {
      const rival = labelAt(generation, other);
      if (other == label || load<i32>(rival, L_ON) != load<i32>(own, L_ON) || load<f64>(rival, L_ENERGY) != load<f64>(own, L_ENERGY)) continue;
      const better = load<f64>(rival) - load<f64>(own);
      best = better < 0.0 || (better == 0.0 && label < other);
    }
    comparisons += to - from;
    if (!best) continue;
    if (entries == mostEntries || comparisons > MOST_COMPARISONS) return false;
    writeEntry(own);
  }
  return true;
}

/** Lists the sequence of the plan in hand too, when its regret is above the limit. False when there is no room. */
function addPlanned(unit: i32): bool {
  const count = intervals();
  const first = load<i32>(FIRST_PTR + (<usize>unit << 2));
  const path = planAt(unit);
  for (let entry = first; entry < entries; entry++) {
    if (memory.compare(entryModes(entryAt(entry)), path, <usize>count) == 0) return true;
  }
  if (entries == mostEntries) return false;
  let energy: f64 = 0.0;
  let on = 0;
  for (let t = 0; t < count; t++) {
    const mode = <i32>load<u8>(path + <usize>t);
    store<u8>(MODES_PTR + <usize>t, <u8>mode);
    energy += field(at, F_POWER + mode);
    on += i32(mode != 0);
  }
  writeModes(on, energy);
  return true;
}

function listUnit(unit: i32, limit: f64, withPlan: bool): bool {
  at = unitAt(unit);
  const site = siteOf(at);
  if (!enterUnit(at)) return false;
  layOut(at, siteCell(RATE_PTR, site, 0));
  lookBehind();
  const top = wholeWorth(at);
  const groups = runLabels(site, max(IMPOSSIBLE / 2, top - limit));
  for (let group = 0; group < groups; group++) {
    if (!writeGroup(intervals() & 1, group)) return false;
  }
  return groups > 0 && (!withPlan || addPlanned(unit));
}

/**
 * Lists for every unit what has a regret of at most `limit` money units at the multipliers in ROW_BEST, and with `withPlan` what the plan in hand has it do. Returns how
 * many entries; -1 when they are too many to list, or the fleet is too large. O(entries * intervals).
 */
export function listAlternatives(limit: f64, withPlan: i32): i32 {
  const units = head(7);
  if (units > MAX_LISTED_UNITS) return -1;
  nameCells();
  entryBytes = (E_CELLS + (<usize>cells << 3) + <usize>intervals() + 7) & ~7;
  mostEntries = ENTRY_BYTES_IN_ALL / <i32>entryBytes;
  entries = 0;
  comparisons = 0;
  setRates(ROW_BEST_PTR);
  for (let unit = 0; unit < units; unit++) {
    store<i32>(FIRST_PTR + (<usize>unit << 2), entries);
    if (field(unitAt(unit), F_COUNT) > 0.0 && !listUnit(unit, limit, withPlan != 0)) return -1;
  }
  store<i32>(FIRST_PTR + (<usize>units << 2), entries);
  return entries;
}
