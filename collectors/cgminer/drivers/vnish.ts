/**
 * Vnish: the replies of the Antminer it runs on, with a word for its state, boards that say how they are, and an estimate of each board's
 * power. From the recordings; fields that newer versions added to other ports are not here.
 */
import { type Replies, type ReplyRecord, textOf } from '../parsing/replies.ts';
import type { MachineSnapshot, MachineState } from '../snapshot.ts';
import { chainRecordOf, readChains, readFans, typeRecordOf } from './antminer-chains.ts';
import { completeSnapshot, type Findings } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { readPools } from './pools.ts';
import { readHashrates, readShares, summaryOf } from './summary.ts';

/** "Antminer S19 XP (Vnish 1.2.0-rc1)". */
const TYPE_AND_VERSION = /^(.{1,80}?)\s*\(vnish\s+([^)]{1,40})\)$/i;

const STATE_OF_WORD: Readonly<Record<string, MachineState>> = {
  mining: 'hashing',
  'auto-tuning': 'hashing',
  initializing: 'starting',
  starting: 'starting',
  restarting: 'starting',
  stopped: 'sleeping',
  stopping: 'sleeping',
  failure: 'idle',
};

export function readVnish(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const stats = chainRecordOf(replies);
  const summary = summaryOf(replies);
  const boards = readChains(figures, stats);
  return completeSnapshot('vnish', figures, replies, observedAtMs, {
    ...nameMachine(replies, stats),
    ...readHashrates(figures, { ...stats, ...summary }),
    ...readShares(figures, summary, { elapsed: stats.Elapsed }),
    ...readState(stats),
    ratedHashrateThs: figures.ratedHashrateThs('ratedHashrateThs', stats.total_rateideal, 'GH'),
    powerW: readPower(
      figures,
      stats,
      boards.map(({ position }) => position + 1),
    ),
    boards,
    fans: readFans(figures, stats),
    ...readPools(figures, replies),
  });
}

function nameMachine(replies: Replies, stats: ReplyRecord): Findings {
  const type = textOf(typeRecordOf(replies).Type);
  const [, model, version] = (type === null ? null : TYPE_AND_VERSION.exec(type)) ?? [null, type, null];
  return { model: model ?? null, firmware: 'Vnish', firmwareVersion: textOf(stats.build_version) ?? version ?? null };
}

function readState(stats: ReplyRecord): Pick<Findings, 'state'> {
  const state = STATE_OF_WORD[textOf(stats.state)?.toLowerCase() ?? ''];
  return state === undefined ? {} : { state };
}

/**
 * W: the sum of `chain_consumption{n}`, the firmware's estimate of what each board draws; fans and losses of the power supply are not in it.
 * Unknown as soon as one board has none: a partial sum would pass for the whole.
 */
function readPower(figures: Figures, stats: ReplyRecord, chains: readonly number[]): number | null {
  const parts = chains.map((chain) => figures.powerW('powerW', stats[`chain_consumption${chain}`]));
  return parts.length > 0 && parts.every((part) => part !== null) ? parts.reduce((sum, part) => sum + part, 0) : null;
}
