/**
 * When a machine should run, hour by hour (docs/decisions/0064): the plan that earns most over the whole horizon when prices are known and every start costs something. Two states
 * and one number: the lead of being on over being off. Before hour h it is d; a lead below minus the cost of a start is no better than starting, one above 0 no better
 * than stopping, so after the hour it is clamp(d, -start, 0) + margin. Backwards, a lead above 0 says "was on", one below minus the cost of a start "was off", anything else "as in
 * the hour after". Exact (Bellman), one pass each way, no branch on the data. O(hours).
 */
import { HOURS_PER_MONTH } from '../constants';
import { MAX_MONTHS, PATH_USD_PER_THS_PTR } from '../layout';
import { HOUR_PRICES_PTR, LEADS_PTR, YEAR_PARTS } from './layout';

/** Of a pair of rows, lane beside lane. In: TH/s of the first month, hash rate kept from month to month, kWh of an hour, wear of a start (USD), boot hours. */
export const PAIR_TERMS_PTR: usize = memory.data(5 * 16, 16);
export const PAIR_THS: usize = 0;
export const PAIR_KEPT_HASHRATE: usize = 16;
export const PAIR_KWH: usize = 32;
export const PAIR_WEAR: usize = 48;
export const PAIR_BOOT: usize = 64;

/** Out, month by month, lane beside lane: hours on, sum of the prices of those hours, starts. */
export const HOURS_ON_PTR: usize = memory.data(MAX_MONTHS * 16, 16);
export const PRICES_ON_PTR: usize = memory.data(MAX_MONTHS * 16, 16);
export const STARTS_PTR: usize = memory.data(MAX_MONTHS * 16, 16);

/** Revenue of an hour and minus the cost of a start, month by month: found forwards, needed backwards. */
const HOUR_REVENUE_PTR: usize = memory.data(MAX_MONTHS * 16, 16);
const START_LIMIT_PTR: usize = memory.data(MAX_MONTHS * 16, 16);

/** First price of the part of the year that month k runs through. */
@inline
export function pricesOfMonth(month: i32, firstPart: i32, partHours: i32): usize {
  return HOUR_PRICES_PTR + ((<usize>(((firstPart + month) % YEAR_PARTS) * partHours)) << 3);
}

/** What hours of a month are worth to a lane: through memory, so that no compiler moves it into the loop over hours. */
function prepareLane(lane: usize, months: i32): void {
  const terms = PAIR_TERMS_PTR + lane;
  let ths = load<f64>(terms, PAIR_THS);
  for (let month = 0; month < months; month++) {
    const at = (<usize>month << 4) + lane;
    const revenue = (ths * load<f64>(PATH_USD_PER_THS_PTR + (<usize>month << 3))) / HOURS_PER_MONTH;
    store<f64>(HOUR_REVENUE_PTR + at, revenue);
    store<f64>(START_LIMIT_PTR + at, -(load<f64>(terms, PAIR_WEAR) + load<f64>(terms, PAIR_BOOT) * revenue));
    ths *= load<f64>(terms, PAIR_KEPT_HASHRATE);
  }
}

function planLane(lane: usize, months: i32, firstPart: i32, partHours: i32): void {
  const kwh = load<f64>(PAIR_TERMS_PTR + lane, PAIR_KWH);
  const last = <usize>partHours << 3;
  let leads = LEADS_PTR + lane;
  let lead: f64 = 0.0;
  for (let month = 0; month < months; month++) {
    const at = (<usize>month << 4) + lane;
    const revenue = load<f64>(HOUR_REVENUE_PTR + at);
    const limit = load<f64>(START_LIMIT_PTR + at);
    const prices = pricesOfMonth(month, firstPart, partHours);
    for (let hour: usize = 0; hour < last; hour += 8) {
      store<f64>(leads, lead);
      const capped = 0.0 < lead ? 0.0 : lead;
      lead = (capped < limit ? limit : capped) + (revenue - kwh * load<f64>(prices + hour));
      leads += 16;
    }
  }
  let isOn = lead >= 0.0;
  for (let month = months - 1; month >= 0; month--) {
    const at = (<usize>month << 4) + lane;
    const limit = load<f64>(START_LIMIT_PTR + at);
    const prices = pricesOfMonth(month, firstPart, partHours);
    let hoursOn: f64 = 0.0;
    let pricesOn: f64 = 0.0;
    let starts: f64 = 0.0;
    for (let hour = last; hour > 0; hour -= 8) {
      leads -= 16;
      const before = load<f64>(leads);
      const wasOn = before > 0.0 || (isOn && !(before < limit));
      hoursOn += isOn ? 1.0 : 0.0;
      pricesOn += isOn ? load<f64>(prices + hour - 8) : 0.0;
      starts += isOn && !wasOn ? 1.0 : 0.0;
      isOn = wasOn;
    }
    store<f64>(HOURS_ON_PTR + at, hoursOn);
    store<f64>(PRICES_ON_PTR + at, pricesOn);
    store<f64>(STARTS_PTR + at, starts);
  }
}

/** Both lanes at once; the operations are those of planLane. */
function planPair(months: i32, firstPart: i32, partHours: i32): void {
  const zero = f64x2.splat(0.0);
  const one = f64x2.splat(1.0);
  const kwh = v128.load(PAIR_TERMS_PTR, PAIR_KWH);
  const last = <usize>partHours << 3;
  let leads = LEADS_PTR;
  let lead = zero;
  for (let month = 0; month < months; month++) {
    const at = <usize>month << 4;
    const revenue = v128.load(HOUR_REVENUE_PTR + at);
    const limit = v128.load(START_LIMIT_PTR + at);
    const prices = pricesOfMonth(month, firstPart, partHours);
    for (let hour: usize = 0; hour < last; hour += 8) {
      v128.store(leads, lead);
      const margin = f64x2.sub(revenue, f64x2.mul(kwh, v128.load64_splat(prices + hour)));
      // The plain comparisons of pmin and pmax: one instruction each, where min and max take six for NaN and -0.
      lead = f64x2.add(f64x2.pmax(f64x2.pmin(lead, zero), limit), margin);
      leads += 16;
    }
  }
  let isOn = f64x2.ge(lead, zero);
  for (let month = months - 1; month >= 0; month--) {
    const at = <usize>month << 4;
    const limit = v128.load(START_LIMIT_PTR + at);
    const prices = pricesOfMonth(month, firstPart, partHours);
    let hoursOn = zero;
    let pricesOn = zero;
    let starts = zero;
    for (let hour = last; hour > 0; hour -= 8) {
      leads -= 16;
      const before = v128.load(leads);
      const wasOn = v128.or(f64x2.gt(before, zero), v128.andnot(isOn, f64x2.lt(before, limit)));
      hoursOn = f64x2.add(hoursOn, v128.and(isOn, one));
      pricesOn = f64x2.add(pricesOn, v128.and(isOn, v128.load64_splat(prices + hour - 8)));
      starts = f64x2.add(starts, v128.and(v128.andnot(isOn, wasOn), one));
      isOn = wasOn;
    }
    v128.store(HOURS_ON_PTR + at, hoursOn);
    v128.store(PRICES_ON_PTR + at, pricesOn);
    v128.store(STARTS_PTR + at, starts);
  }
}

/** Plans the hours of the pair in PAIR_TERMS over the path's months. Before the first hour and after the last either state is free. O(months * partHours). */
export function planHours(months: i32, firstPart: i32, partHours: i32): void {
  prepareLane(0, months);
  prepareLane(8, months);
  if (ASC_FEATURE_SIMD) {
    planPair(months, firstPart, partHours);
  } else {
    planLane(0, months, firstPart, partHours);
    planLane(8, months, firstPart, partHours);
  }
}
