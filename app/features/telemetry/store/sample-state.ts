/** What a sample says the machine's time was spent on. Pure; the one place where a reading and what people announced about the machine meet. */

/**
 * The split of time of DOMAIN.md section 8: `hashing`; `curtailed`, off because it was asked for; `planned`, off because it is being worked on; `faulty`, should
 * hash and does not; `unknown`, nobody can tell.
 */
export const TIME_STATES = ['hashing', 'curtailed', 'planned', 'faulty', 'unknown'] as const;
export type TimeState = (typeof TIME_STATES)[number];

/** As it is stored: 1 to 5, in the order above. */
export const toStateCode = (state: TimeState): number => TIME_STATES.indexOf(state) + 1;

/** Throws for a number that no sample can hold. */
export function fromStateCode(code: number): TimeState {
  const state = TIME_STATES[code - 1];
  if (state === undefined) throw new RangeError(`state of a sample is ${code}, allowed: 1 to ${TIME_STATES.length}`);
  return state;
}

/** As it is stored: 0 is a reading without trouble; the others are the collectors' `ReadTrouble`. */
export const TROUBLES = ['none', 'unreachable', 'silent', 'garbled', 'denied'] as const;
export type SampleTrouble = (typeof TROUBLES)[number];

export function fromTroubleCode(code: number): SampleTrouble {
  const trouble = TROUBLES[code];
  if (trouble === undefined) throw new RangeError(`trouble of a sample is ${code}, allowed: 0 to ${TROUBLES.length - 1}`);
  return trouble;
}

/** What people said about the machine, as far as it decides: `running` is everything else than the other two. */
export const ANNOUNCEMENTS = ['running', 'maintenance', 'curtailed'] as const;
export type Announcement = (typeof ANNOUNCEMENTS)[number];

/** What a reading came to: the collectors' `MachineState`, or `failed`: no snapshot. */
export const OBSERVATIONS = ['hashing', 'idle', 'sleeping', 'starting', 'unknown', 'failed'] as const;
export type Observation = (typeof OBSERVATIONS)[number];

/**
 * - Who is seen hashing hashes, whatever was announced.
 * - Announced curtailment or maintenance explains a machine that rests or is silent: curtailed, planned. Its power stays unknown where it does not report it.
 * - A machine that answers, is expected to hash and does not (idle, asleep without being asked, booting) is faulty: nobody agreed to the time.
 * - A silent machine, or one whose replies do not say, is unknown: neither up nor down.
 */
export function judgeState(observation: Observation, announcement: Announcement): TimeState {
  if (observation === 'hashing') return 'hashing';
  if (announcement === 'curtailed') return 'curtailed';
  if (announcement === 'maintenance') return 'planned';
  return observation === 'failed' || observation === 'unknown' ? 'unknown' : 'faulty';
}

/** Every answer of `judgeState` as codes, by announcement and then observation: what the database looks up while it stores. */
export const STATE_CODES: readonly number[] = ANNOUNCEMENTS.flatMap((announcement) =>
  OBSERVATIONS.map((observation) => toStateCode(judgeState(observation, announcement))),
);
