/** Lengths and limits that storing, rolling up and reading share. */

/** Five minutes: the shortest bucket of a roll-up. */
export const SLOT_S = 300;
export const HOUR_S = 3_600;
export const DAY_S = 86_400;
/** Demand is billed by the quarter of an hour. */
export const QUARTER_S = 900;
export const SLOTS_PER_HOUR = HOUR_S / SLOT_S;

/** Two samples that are further apart than this many cadences have a hole between them. */
export const GAP_CADENCES = 2.5;
/** Late samples are taken for so long after their time, unless raw samples are kept shorter still. */
const LATE_DAYS = 2;
/** The roll-up of what came last needs its neighbours and its time, too. */
const LATE_MARGIN_S = 2 * HOUR_S;
/** The collector's clock may be ahead of ours by this much. */
export const AHEAD_S = 300;

/** Longest time between two samples that belong together, s: 2.5 cadences. */
export const toGapLimitS = (cadenceS: number): number => Math.floor(cadenceS * GAP_CADENCES);

/** Readings of one cycle come in over some seconds; a bucket is closed a little later. */
const GRACE_S = 30;
/** Roll-ups are made every minute and take a while: until then what is closed may not be written. */
const ROLL_UP_S = 120;

/** What came before this may be rolled up: its last samples have had their time. */
export const toOpenS = (nowS: number, cadenceS: number): number => nowS - GRACE_S - toGapLimitS(cadenceS);

/** What came before this has been rolled up, if anything was there; of what is later a reader cannot say that it is unknown. */
export const toRolledS = (nowS: number, cadenceS: number): number => toOpenS(nowS, cadenceS) - ROLL_UP_S;

/** A host that says nothing is asked less and less often: after so many cycles at the longest, but no longer apart than ten minutes (collectors/poller/host.ts). */
export const BACK_OFF_CYCLES = 8;
export const BACK_OFF_S = 600;

/**
 * Longest time between two questions to a silent machine, s: the poller's longest back-off, and what a sample of a usual cycle may be late by. At a cadence of a minute 570 s.
 * So long an announced curtailment or maintenance explains silence, and as far back is looked for a counter's last figure.
 */
export function toSilenceLimitS(cadenceS: number): number {
  const backOffS = Math.max(cadenceS, Math.min(BACK_OFF_CYCLES * cadenceS, BACK_OFF_S));
  return backOffS + toGapLimitS(cadenceS) - cadenceS;
}

/**
 * Longest time in which nothing need be heard of a machine, s: of one that answered last time 2.5 cadences, of one that did not until it is asked again. Whether it did answer may be
 * unknown (null): then it is given the longer time.
 */
export const toPatienceS = (cadenceS: number, answered: boolean | null): number =>
  answered === true ? toGapLimitS(cadenceS) : toSilenceLimitS(cadenceS);

/** Age above which a sample is refused, s. `rawDays` is how long raw samples are kept, 0 = always. */
export function toLateLimitS(rawDays: number): number {
  return (rawDays === 0 ? LATE_DAYS : Math.min(rawDays, LATE_DAYS)) * DAY_S - LATE_MARGIN_S;
}

/** Stands for "all machines of the site" in sums by client, and for "of nobody" where a machine has no client. Nobody has this id. */
export const NO_CLIENT = '00000000-0000-0000-0000-000000000000';
