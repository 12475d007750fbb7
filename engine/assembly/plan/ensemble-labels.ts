/**
 * The labels of an ensemble: two generations of them, the step's before and the one in the making. Of equal joint states those that another is at least as good as are forgotten;
 * when there are too many, those that promise least are left behind.
 */
import { SEARCH_BYTES, SEARCH_PTR, T_MISSING_PRICE, T_PEAK_PRICE, sites, term } from './layout';
import { floorCount, hasRamps, penaltyOf } from './ensemble-rows';
import { addWork } from './work';

// A label: real money so far, what the bound promises without the peak's price and with it, sign of the joint state, energy, peak, next label of the same bucket, place in the
// trail, mode of the last unit, the most that can come of it whatever the promise; then by site W in this interval, least and most W that the units to come will add to it, with
// ramps W before; then intervals on of owed clients, states.
export const L_PROMISE: usize = 8;
export const L_RANK: usize = 16;
export const L_SIGN: usize = 24;
export const L_ENERGY: usize = 32;
export const L_PEAK: usize = 40;
const L_NEXT: usize = 48;
export const L_TRAIL: usize = 52;
export const L_MODE: usize = 56;
export const L_LID: usize = 64;
const L_LOADS: usize = 72;

const LABEL_BYTES_IN_ALL: i32 = SEARCH_BYTES / 2;
const MOST_LABELS: i32 = 1 << 18;
/** First label of each bucket, -1 for none. */
const BUCKETS_PTR: usize = memory.data(2 * MOST_LABELS * 4, 16);
const RANKS_PTR: usize = memory.data(MOST_LABELS * 8, 16);
/** Labels of a bucket that a new one is compared with. */
const MOST_COMPARED: i32 = 64;

let labelBytes: i32 = 0;
let leastAt: usize = 0;
let mostAt: usize = 0;
let beforeAt: usize = 0;
let onAt: usize = 0;
let statesAt: usize = 0;
let siteCount: i32 = 0;
let capacity: i32 = 0;
let width: i32 = 0;
let buckets: i32 = 0;
let generation: i32 = 0;
let now: i32 = 0;
let made: i32 = 0;
/** Ranks at or below this are out. */
let cutoff: f64 = 0.0;
/** Ranks at or below this are left behind in this step. */
let threshold: f64 = 0.0;
let leftBehind: f64 = 0.0;

@inline
function labelAt(which: i32, label: i32): usize {
  return SEARCH_PTR + <usize>which * LABEL_BYTES_IN_ALL + <usize>label * <usize>labelBytes;
}

/** Labels of the step before. */
@inline
export function labelCount(): i32 {
  return now;
}

@inline
export function labelNow(index: i32): usize {
  return labelAt(generation, index);
}

/** Where the next label is made. */
@inline
export function nextLabel(): usize {
  return labelAt(generation ^ 1, made);
}

@inline
export function copyLabel(to: usize, from: usize): void {
  memory.copy(to, from, <usize>labelBytes);
}

@inline
export function loadAt(label: usize, site: i32): usize {
  return label + L_LOADS + (<usize>site << 3);
}

@inline
export function leastLeftAt(label: usize, site: i32): usize {
  return label + leastAt + (<usize>site << 3);
}

@inline
export function mostLeftAt(label: usize, site: i32): usize {
  return label + mostAt + (<usize>site << 3);
}

/** W of the interval before; only where there are ramps. */
@inline
export function loadBeforeAt(label: usize, site: i32): usize {
  return label + beforeAt + (<usize>site << 3);
}

/** Intervals on of an owed client, by its number. */
@inline
export function onCountAt(label: usize, number: i32): usize {
  return label + onAt + (<usize>number << 2);
}

@inline
export function stateOf(label: usize, member: i32): i32 {
  return load<u16>(label + statesAt + (<usize>member << 1));
}

@inline
export function setState(label: usize, member: i32, state: i32): void {
  store<u16>(label + statesAt + (<usize>member << 1), <u16>state);
}

@inline
export function labelCutoff(): f64 {
  return cutoff;
}

@inline
export function raiseCutoff(value: f64): void {
  cutoff = value;
}

/** The most that a label that was left behind promised; -Infinity when none was. */
@inline
export function mostLeftBehind(): f64 {
  return leftBehind;
}

export function giveUp(): void {
  leftBehind = Infinity;
}

/** Lays labels out for `members` units and at most `most` of them a step, and one empty label of the step before. Returns how many there is room for, below 1 when for none. */
export function layOutLabels(members: i32, most: i32, cutoffUnits: f64): i32 {
  siteCount = sites();
  leastAt = L_LOADS + (<usize>siteCount << 3);
  mostAt = leastAt + (<usize>siteCount << 3);
  beforeAt = mostAt + (<usize>siteCount << 3);
  onAt = beforeAt + (hasRamps() ? <usize>siteCount << 3 : 0);
  statesAt = onAt + (<usize>floorCount() << 2);
  labelBytes = (<i32>statesAt + 2 * members + 7) & ~7;
  width = min(most, min(MOST_LABELS / 2, LABEL_BYTES_IN_ALL / labelBytes / 2) - 1);
  capacity = 2 * width;
  buckets = 16;
  while (buckets < capacity) buckets <<= 1;
  generation = 0;
  now = 1;
  cutoff = cutoffUnits;
  leftBehind = -Infinity;
  if (width >= 1) memory.fill(labelNow(0), 0, <usize>labelBytes);
  return width;
}

/**
 * Whether `one` is at least as good as `other` of the same joint state, whatever comes: what it lacks of energy, or draws above the other, costs at most its price, and it has
 * that much more money.
 */
function isAsGood(one: usize, other: usize): bool {
  let ahead = load<f64>(one) - load<f64>(other);
  if (ahead < 0.0) return false;
  let lacking = load<f64>(other, L_ENERGY) - load<f64>(one, L_ENERGY);
  let higher: f64 = 0.0;
  for (let site = 0; site < siteCount; site++) {
    const more = load<f64>(loadAt(one, site)) - load<f64>(loadAt(other, site));
    if (hasRamps() && (more != 0.0 || load<f64>(loadBeforeAt(one, site)) != load<f64>(loadBeforeAt(other, site)))) return false;
    if (more > 0.0) {
      if (penaltyOf(site) < 0.0) return false;
      ahead -= penaltyOf(site) * more;
    }
    // What this interval draws already counts for the take-or-pay and the peak, too.
    lacking -= more;
    higher += more;
  }
  ahead -= term(T_MISSING_PRICE) * max(0.0, lacking);
  ahead -= term(T_PEAK_PRICE) * max(0.0, max(higher, load<f64>(one, L_PEAK) - load<f64>(other, L_PEAK)));
  if (ahead < 0.0) return false;
  const floors = floorCount();
  for (let number = 0; number < floors; number++) {
    if (load<i32>(onCountAt(one, number)) < load<i32>(onCountAt(other, number))) return false;
  }
  return true;
}

/** Labels of one joint state and of equal intervals on of the owed clients share a bucket: those are compared. */
function bucketOf(label: usize): usize {
  let hash = load<i64>(label, L_SIGN);
  const floors = floorCount();
  for (let number = 0; number < floors; number++) hash = hash * 0x2545f4914f6cdd1d + <i64>load<i32>(onCountAt(label, number));
  return BUCKETS_PTR + (<usize>(<i32>(hash ^ (hash >> 29)) & (buckets - 1)) << 2);
}

function clearBuckets(): void {
  memory.fill(BUCKETS_PTR, 0xff, <usize>buckets << 2);
}

@inline
function chain(label: i32): void {
  const at = labelAt(generation ^ 1, label);
  const bucket = bucketOf(at);
  store<i32>(at, load<i32>(bucket), L_NEXT);
  store<i32>(bucket, label);
}

/** The `index`-th largest of the first `count` RANKS, which it mixes up. O(count). */
function largest(count: i32, index: i32): f64 {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = load<f64>(RANKS_PTR + (<usize>((from + to) >> 1) << 3));
    let low = from;
    let high = to;
    while (low <= high) {
      while (load<f64>(RANKS_PTR + (<usize>low << 3)) > pivot) low++;
      while (load<f64>(RANKS_PTR + (<usize>high << 3)) < pivot) high--;
      if (low > high) break;
      const kept = load<f64>(RANKS_PTR + (<usize>low << 3));
      store<f64>(RANKS_PTR + (<usize>low << 3), load<f64>(RANKS_PTR + (<usize>high << 3)));
      store<f64>(RANKS_PTR + (<usize>high << 3), kept);
      low++;
      high--;
    }
    if (index <= high) to = high;
    else if (index >= low) from = low;
    else break;
  }
  return load<f64>(RANKS_PTR + (<usize>index << 3));
}

/** Leaves all labels made so far but the best `width` behind. */
function cut(): void {
  for (let label = 0; label < made; label++) store<f64>(RANKS_PTR + (<usize>label << 3), load<f64>(labelAt(generation ^ 1, label), L_RANK));
  threshold = largest(made, width - 1);
  let above = 0;
  for (let label = 0; label < made; label++) above += i32(load<f64>(labelAt(generation ^ 1, label), L_RANK) > threshold);
  let equal = width - above;
  let kept = 0;
  clearBuckets();
  for (let label = 0; label < made; label++) {
    const at = labelAt(generation ^ 1, label);
    const rank = load<f64>(at, L_RANK);
    if (rank < threshold || (rank == threshold && equal == 0)) {
      leftBehind = max(leftBehind, rank);
      continue;
    }
    if (rank == threshold) equal--;
    if (kept < label) copyLabel(labelAt(generation ^ 1, kept), at);
    chain(kept);
    kept++;
  }
  made = kept;
}

/** Keeps the label that has been made, unless it promises too little or another is as good. */
export function keepLabel(): void {
  const label = nextLabel();
  const rank = load<f64>(label, L_RANK);
  if (rank <= cutoff) return;
  if (rank <= threshold) {
    leftBehind = max(leftBehind, rank);
    return;
  }
  const sign = load<i64>(label, L_SIGN);
  let compared = 0;
  for (let other = load<i32>(bucketOf(label)); other >= 0 && compared < MOST_COMPARED; compared++) {
    const at = labelAt(generation ^ 1, other);
    const following = load<i32>(at, L_NEXT);
    if (load<i64>(at, L_SIGN) == sign) {
      if (isAsGood(at, label)) {
        addWork(compared);
        return;
      }
      if (isAsGood(label, at)) {
        copyLabel(at, label);
        store<i32>(at, following, L_NEXT);
        addWork(compared);
        return;
      }
    }
    other = following;
  }
  addWork(compared * 4);
  chain(made);
  made++;
  if (made == capacity) cut();
}

/** Begins a step: nothing has been made. */
export function beginStep(): void {
  clearBuckets();
  made = 0;
  threshold = -Infinity;
}

/** Ends a step: what has been made are the labels of the step before. */
export function endStep(): void {
  if (made > width) cut();
  generation ^= 1;
  now = made;
}
