/**
 * The curtailment plan's problem and answer: the JSON of POST /api/v1/curtailment/plan, word for word what the solver takes and gives.
 * Which plan is allowed and what it is worth is said here once; `lattice.ts` turns it into the integers in which both are decided.
 *
 * A plan gives every unit a state in every interval: off, or one of its hashing modes.
 * - The off state draws nothing, or the power of the one mode whose hash rate is 0 (sleep).
 * - A start is an interval in which a unit is on and was off before. In interval 0 "before" is `initialMode`; without it the first state is free and
 *   nothing in interval 0 is a start. A start costs `restartUsd` and the hashing of `bootMinutes` in the mode and at the hashprice of its interval.
 * - Minimum up: a run of on intervals that begins with a start lasts at least `minUpIntervals` or to the horizon's end. Minimum down: a run of off intervals
 *   that begins after an on interval (or, in interval 0, after an `initialMode` that is on) lasts at least `minDownIntervals` or to the horizon's end.
 *   The run in progress at interval 0 has already lasted `initialAgeIntervals`; without that figure it is free to end. With a free first state the run
 *   that begins in interval 0 is free to end too.
 * - A change between hashing modes costs nothing and is always allowed.
 */

/** Money over one horizon is counted in this unit: 1e12 of them are a dollar. */
export const UNITS_PER_USD = 1e12;

export type PlanMode = {
  name: string;
  /** W at the meter, cooling included. [0, 1e6], rounded to whole watts. */
  powerW: number;
  /** TH/s. [0, 1e6], rounded to whole GH/s. 0 marks the off state; at most one mode may have it. */
  hashrateThs: number;
};

/** `on`: hashing in every interval of [from, to), in whichever mode (protected). `off`: not hashing (maintenance). */
export type PlanLock = { kind: 'on' | 'off'; from: number; to: number };

export type PlanMachine = {
  id: string;
  /** Identical units; each gets its own runs in the answer. 1 by default. */
  count?: number;
  /** Id of a site; the first site by default. */
  site?: string;
  /** Id of a client; no client by default. */
  client?: string;
  /** 1 to 4 hashing modes, and at most one with hash rate 0. */
  modes: PlanMode[];
  /** USD a start, wear. 0 by default. */
  restartUsd?: number;
  /** Minutes without hashing after a start. 0 by default. */
  bootMinutes?: number;
  /** 1 by default. */
  minUpIntervals?: number;
  /** 1 by default. */
  minDownIntervals?: number;
  /** Starts allowed in the horizon; no limit by default. */
  maxStarts?: number;
  /** Index into `modes` of the state before interval 0, null for off. Absent: the first state is free. */
  initialMode?: number | null;
  /** Intervals already spent on (or off) before interval 0. Absent: long enough. */
  initialAgeIntervals?: number;
  locks?: PlanLock[];
};

export type PlanSite = {
  id: string;
  /** kW a interval; null: no cap in that interval. Rounded down to whole watts. */
  capKw?: (number | null)[];
  /** USD per kWh above the cap. Absent: the cap is hard. */
  capPenaltyUsdPerKwh?: number;
  /** Largest change of the site's load between neighbouring intervals of the horizon, kW. The step into interval 0 is free. */
  rampKw?: number;
};

export type PlanProblem = {
  /** `startAt`: UTC instant of interval 0, ISO 8601. `count`: 92 or 100 quarter-hours on days when the clock changes. */
  interval: { startAt: string; minutes: number; count: number; timeZone: string };
  /** USD per MWh and interval, any sign; a curtailment credit forgone by consuming is part of it. */
  priceUsdPerMwh: number[];
  /** USD per TH/s and day, for each interval or for all. */
  hashpriceUsdPerThDay: number[] | number;
  machines: PlanMachine[];
  sites?: PlanSite[];
  /** Floor on the sum over the client's units of intervals on. */
  clients?: { id: string; minMachineIntervals: number }[];
  /** `usdPerMissingKwh` for every kWh that the fleet's energy falls short of `minKwh`. */
  takeOrPay?: { minKwh: number; usdPerMissingKwh: number };
  /** `usdPerKw` * max(peakSoFarKw, highest load of all sites together in one interval). */
  demandCharge?: { usdPerKw: number; peakSoFarKw: number };
};

export type PlanOptions = {
  /** Stop when gap / max(1 USD, |value|) is at most this. 1e-5 by default. */
  gapTarget?: number;
  /** Stop after this time, ms. Plans stopped by time may differ between machines; those stopped by iterations may not. */
  timeBudgetMs?: number;
  /** Stop after this many units of work (see PlanProgress.iteration). 400 by default. */
  iterations?: number;
  /** Multipliers of an earlier answer over the same rows: a faster start, never a different meaning. */
  warm?: PlanMultipliers;
};

/**
 * Lagrange multipliers, integers: money units per W and interval (caps, ramps, take-or-pay), per W (peak), per machine interval (clients). Any such
 * integers within their bounds prove the bound:
 *   bound = sum over units of best(unit) + sum cap[s][t] * capW[s][t] - sum client[g] * floor[g] - takeOrPay * minWattIntervals
 *           + sum peak[t] * peakSoFarW - perW * peakSoFarW + sum (rampUp[s][t] + rampDown[s][t]) * rampW[s]
 * where best(unit) is the most valuable state sequence that the unit's own rules allow when each W in interval t at its site costs
 *   price[t] + cap[s][t] + peak[t] - takeOrPay + (rampUp[s][t] - rampUp[s][t+1]) - (rampDown[s][t] - rampDown[s][t+1])
 * and every interval on earns client[g] on top. Bounds: all >= 0; cap[s][t] <= penalty where the cap is soft and 0 where there is none; takeOrPay <=
 * price of a missing W and interval; sum of peak <= price per W. Ramp entries exist for t >= 1 (entry 0 is 0; entry `count` counts as 0).
 */
export type PlanMultipliers = {
  /** [site][interval] */
  cap: number[][];
  /** [site][interval], load[t] - load[t-1] <= ramp */
  rampUp: number[][];
  /** [site][interval], load[t-1] - load[t] <= ramp */
  rampDown: number[][];
  /** [client] in the order of `clients` */
  client: number[];
  takeOrPay: number;
  /** [interval] */
  peak: number[];
};

/** [from, to) in one mode: index into the machine's `modes`, or null for an off state that is no mode. */
export type PlanRun = [fromInterval: number, toIntervalExclusive: number, modeIndex: number | null];

export type PlannedUnit = { id: string; unit: number; runs: PlanRun[] };

/** Why value and bound differ, USD; the parts sum to the gap. */
export type PlanGapParts = {
  /** Units whose sequence is not the best one at the multipliers' prices. */
  regretUsd: number;
  /** Room under the caps that has a price. */
  unusedCapUsd: number;
  unusedRampUsd: number;
  /** Client floors exceeded although they have a price. */
  clientUsd: number;
  takeOrPayUsd: number;
  demandChargeUsd: number;
};

/** What one more of each thing is worth, from the multipliers. Entries of 0 are left out. */
export type PlanShadowPrices = {
  /** USD for one more MW of cap for the interval. */
  cap: { site: string; interval: number; usdPerMw: number }[];
  ramp: { site: string; interval: number; usdPerMw: number }[];
  /** USD that the floor costs: multiplier times floor, and per machine interval. */
  clients: { id: string; usdPerMachineInterval: number; totalUsd: number }[];
  /** USD per kWh of the volume; null without take-or-pay. */
  takeOrPayUsdPerKwh: number | null;
  /** USD per kW of peak and interval in which it binds. */
  peak: { interval: number; usdPerKw: number }[];
};

export type PlanMoney = {
  hashingUsd: number;
  energyUsd: number;
  restartUsd: number;
  capPenaltyUsd: number;
  takeOrPayUsd: number;
  demandChargeUsd: number;
};

/**
 * Proof that no plan exists. `unit`: one unit's own rules contradict each other (locks against minimum times, initial age or maximum starts);
 * `locks` are those of its locks that cannot hold together with its other rules, none of them to spare.
 * `rows`: with these weights as multipliers and all money 0 (prices, hashprice, starts) the bound above is negative, so that even the best state
 * sequences cannot meet the weighted rows; only hard rows carry weight.
 */
export type PlanCertificate =
  | { kind: 'unit'; id: string; unit: number; locks: { kind: 'on' | 'off'; from: number; to: number }[] }
  | {
      kind: 'rows';
      weights: Pick<PlanMultipliers, 'cap' | 'rampUp' | 'rampDown' | 'client'>;
      /** The negative figure, in W * interval * weight; a decimal integer. */
      value: string;
      /** What the weights name. */
      intervals: { site: string; interval: number }[];
      clients: string[];
      /** A change of the named rows with which a plan exists, cheapest found: caps raised by W, floors lowered by machine intervals. Null: none found in the budget. */
      relaxation: {
        caps: { site: string; interval: number; raiseW: number }[];
        clients: { id: string; lowerByMachineIntervals: number }[];
      } | null;
    };

export type PlanAnswer = {
  /** certified: the gap target is met by boundUsd. bounded: it is not; plan and bound are valid, and the plan may be the best there is by searchBoundUsd. */
  status: 'certified' | 'bounded' | 'cancelled';
  valueUsd: number;
  boundUsd: number;
  gapUsd: number;
  gapRatio: number;
  /** value and bound in money units, exact, decimal integers. */
  exact: { valueUnits: string; boundUnits: string };
  gapParts: PlanGapParts;
  money: PlanMoney;
  /** All sites together. */
  loadKw: number[];
  machines: PlannedUnit[];
  multipliers: PlanMultipliers;
  shadowPrices: PlanShadowPrices;
  /**
   * No plan is worth more than this, USD, by branch and bound over everything the units may do; at most boundUsd, and valueUsd when the plan is the best there is. Reckoned
   * in doubles, to 1e-8 USD: the multipliers prove boundUsd, not this. Null where the fleet is too large for a complete search, or it did not come so far.
   */
  searchBoundUsd: number | null;
  iterations: number;
  inputsHash: string;
  engineVersion: string;
};

/** No plan in hand: the problem has none, or (`unknown`) the budget ended before a plan or a proof was found. Never replaced by "all on". */
export type PlanRefusal =
  | { status: 'infeasible'; certificate: PlanCertificate; inputsHash: string; engineVersion: string }
  | {
      status: 'unknown' | 'cancelled_without_plan';
      /** Every plan was tried and none is allowed; that weights of rows do not prove it is the reason for `unknown`. */
      isSearched: boolean;
      boundUsd: number | null;
      multipliers: PlanMultipliers | null;
      inputsHash: string;
      engineVersion: string;
    };

export type PlanProblemError = {
  path: string;
  code: 'missing' | 'out_of_range' | 'not_integer' | 'unknown_id' | 'duplicate' | 'too_many' | 'beyond_lattice';
  allowed: string;
};

export type PlanResult = PlanAnswer | PlanRefusal | { status: 'invalid'; errors: PlanProblemError[] };

export type PlanProgress = {
  iteration: number;
  valueUsd: number | null;
  boundUsd: number | null;
  gapRatio: number | null;
};
