/** What follows from the parts of a snapshot in the same way for every dialect. Each driver ends here. */
import { isRecord, type Replies, statusOf } from '../parsing/replies.ts';
import type { Dialect, MachineSnapshot } from '../snapshot.ts';
import type { Figures } from './figures.ts';

/** A driver: understood replies of one machine to one snapshot. Pure, and never throws for what a machine may send. */
export type Driver = (replies: Replies, observedAtMs: number) => MachineSnapshot;

/** What a driver found. What it leaves out is not reported by its dialect. */
export type Findings = Partial<Omit<MachineSnapshot, 'dialect' | 'observedAtMs' | 'notes' | 'powerSource' | 'clockSkewS'>>;

/** A machine that hashes nothing this long after its start is not starting any more. Our assumption: boot and frequency search take up to ten minutes. */
const STARTING_S = 600;

const NOT_REPORTED: Omit<MachineSnapshot, 'dialect' | 'observedAtMs' | 'notes'> = {
  clockSkewS: null,
  make: null,
  model: null,
  firmware: null,
  firmwareVersion: null,
  serial: null,
  macAddress: null,
  state: 'unknown',
  mode: null,
  hashrateThs: null,
  hashrate5mThs: null,
  hashrate15mThs: null,
  hashrate24hThs: null,
  hashrateAverageThs: null,
  ratedHashrateThs: null,
  powerW: null,
  powerSource: 'unknown',
  powerLimitW: null,
  boards: [],
  fans: [],
  inletTemperatureC: null,
  outletTemperatureC: null,
  chipTemperatureC: null,
  boardTemperatureC: null,
  acceptedShares: null,
  rejectedShares: null,
  staleShares: null,
  hardwareErrors: null,
  pools: [],
  activePool: null,
  uptimeS: null,
  errorCodes: [],
};

export function completeSnapshot(
  dialect: Dialect,
  figures: Figures,
  replies: Replies,
  observedAtMs: number,
  findings: Findings,
): MachineSnapshot {
  const boards = findings.boards ?? [];
  const hashrateThs = findings.hashrateThs ?? null;
  let powerW = findings.powerW ?? null;
  if (powerW === 0 && hashrateThs !== null && hashrateThs > 0) {
    figures.note('powerW', powerW, 'contradiction');
    powerW = null;
  }
  return {
    ...NOT_REPORTED,
    ...findings,
    dialect,
    observedAtMs,
    make: findings.make ?? makeOf(findings.model ?? null),
    clockSkewS: readClockSkew(figures, replies, observedAtMs),
    state: findings.state ?? stateByHashrate(hashrateThs, findings.uptimeS ?? null),
    powerW,
    powerSource: powerW === null ? 'unknown' : 'machine',
    chipTemperatureC: findings.chipTemperatureC ?? highest(boards.map((board) => board.chipTemperatureC)),
    boardTemperatureC: findings.boardTemperatureC ?? highest(boards.map((board) => board.boardTemperatureC)),
    notes: [...figures.notes],
  };
}

/** Firmware of others keeps the maker's name of the model. */
function makeOf(model: string | null): string | null {
  return model !== null && /^antminer\b/i.test(model) ? 'Bitmain' : null;
}

function stateByHashrate(hashrateThs: number | null, uptimeS: number | null): MachineSnapshot['state'] {
  if (hashrateThs === null) return 'unknown';
  if (hashrateThs > 0) return 'hashing';
  return uptimeS !== null && uptimeS < STARTING_S ? 'starting' : 'idle';
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

/** By the reply that the machine dated last: the others were made before it. Whole seconds, as `When` is. */
function readClockSkew(figures: Figures, replies: Replies, observedAtMs: number): number | null {
  const stamps = Object.values(replies).flatMap((reply) => {
    const when = isRecord(reply) ? (statusOf(reply).When ?? reply.when) : undefined;
    return typeof when === 'number' ? [when] : [];
  });
  if (stamps.length === 0) return null;
  const clockS = figures.clockS('clockSkewS', Math.max(...stamps));
  return clockS === null ? null : Math.round(clockS - observedAtMs / 1000);
}
