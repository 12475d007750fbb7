/**
 * What one machine said at one moment, in one shape for every make and firmware. Drivers turn replies into it; storage, alerts and
 * pages know nothing else. `null` is "not reported": a driver never puts a zero, a rated figure or an average where a figure is missing.
 */

/** How the machine speaks; names the driver that read it. `cgminer` is the fall-back for whatever speaks the API without a dialect of its own. */
export const DIALECTS = ['antminer', 'whatsminer', 'avalon', 'braiins', 'luxos', 'vnish', 'cgminer'] as const;
export type Dialect = (typeof DIALECTS)[number];

/**
 * Whose figure the power is: `machine`, the firmware reported it (measured or its own estimate); `unknown`, not reported.
 * Rated power and meters are known to the site, not to the machine: storage adds them under names of their own.
 */
export type PowerSource = 'machine' | 'unknown';

/**
 * What the machine was doing: `hashing`; `idle`, awake and not hashing; `sleeping`, told to stop (sleep or power-off mode);
 * `starting`, up for a short while and not hashing yet; `unknown`, its replies do not say.
 */
export const MACHINE_STATES = ['hashing', 'idle', 'sleeping', 'starting', 'unknown'] as const;
export type MachineState = (typeof MACHINE_STATES)[number];

/** One hash board, by the position the machine gives it (from 0). */
export type Board = {
  position: number;
  /** The shortest average that the firmware gives for the board, even when that is the one since its start. */
  hashrateThs: number | null;
  /** What the firmware expects of the board. */
  ratedHashrateThs: number | null;
  /** Chips that answer. */
  chips: number | null;
  /** Chips that the board should have. */
  ratedChips: number | null;
  /** Hottest sensor on the circuit board, degrees Celsius. */
  boardTemperatureC: number | null;
  /** Hottest chip, degrees Celsius. */
  chipTemperatureC: number | null;
  hardwareErrors: number | null;
  /** Does the board work, by the firmware's word or by chips that answer? */
  isAlive: boolean | null;
};

export type Fan = {
  position: number;
  /** Turns a minute; 0 is a fan that stands still. */
  speedRpm: number | null;
};

export type Pool = {
  position: number;
  url: string;
  /** Worker as configured. Belongs to the owner: never shown to another. */
  worker: string | null;
  isAlive: boolean | null;
  /** Is work taken from this pool now? */
  isActive: boolean | null;
  acceptedShares: number | null;
  rejectedShares: number | null;
  staleShares: number | null;
  /** The firmware maker's own fee pool, not the owner's choice. */
  isDeveloperFee: boolean;
};

export type ErrorCode = { code: string; message: string | null };

/**
 * A figure that came and was not believed: kept as `null` in the snapshot and named here. Where a field is the hottest of several sensors,
 * a sensor that was not believed is named too and left out of it. Or a command that was not answered as it should be: what it would have told is `null`.
 */
export type SnapshotNote = {
  /** Dotted path in the snapshot, for example `boards.1.chipTemperatureC`; of `unanswered` the command. */
  field: string;
  /** As the machine wrote it, cut to 80 characters; of `unanswered` what became of the question. */
  value: string;
  reason: 'sentinel' | 'out-of-range' | 'unreadable' | 'contradiction' | 'unanswered';
};

export type MachineSnapshot = {
  dialect: Dialect;
  /** When the last reply had come, by the collector's clock: milliseconds since 1970. */
  observedAtMs: number;
  /** The machine's clock minus the collector's, seconds; from `STATUS.When`. */
  clockSkewS: number | null;
  make: string | null;
  model: string | null;
  firmware: string | null;
  firmwareVersion: string | null;
  serial: string | null;
  /** Six pairs in lower case with colons. */
  macAddress: string | null;
  state: MachineState;
  /** The firmware's own word for its mode of power or tuning ("low", "sleep", a profile's name). */
  mode: string | null;
  /** The shortest average that the firmware gives (5 s to 1 min). */
  hashrateThs: number | null;
  hashrate5mThs: number | null;
  hashrate15mThs: number | null;
  hashrate24hThs: number | null;
  /** Since the mining process began. */
  hashrateAverageThs: number | null;
  /** What the firmware itself expects of the machine. */
  ratedHashrateThs: number | null;
  powerW: number | null;
  powerSource: PowerSource;
  /** The limit or target that the firmware keeps, where it has one. */
  powerLimitW: number | null;
  boards: readonly Board[];
  fans: readonly Fan[];
  inletTemperatureC: number | null;
  outletTemperatureC: number | null;
  /** Hottest chip of the machine. */
  chipTemperatureC: number | null;
  /** Hottest board sensor of the machine. */
  boardTemperatureC: number | null;
  acceptedShares: number | null;
  rejectedShares: number | null;
  staleShares: number | null;
  hardwareErrors: number | null;
  pools: readonly Pool[];
  /** Position of the pool that is mined on, developer's fee pools excepted. */
  activePool: number | null;
  /** Of the mining process, seconds. */
  uptimeS: number | null;
  errorCodes: readonly ErrorCode[];
  notes: readonly SnapshotNote[];
};
