/**
 * Stock Antminers from S9 to S21 (bmminer, cgminer 1.0.0, xminer) and firmware that leaves their replies as they are (Hiveon, Braiins OS of
 * 2019). Facts from the recordings and from Bitmain's API as cgminer's documents describe it. Not in these replies: power, MAC, serial, error codes.
 *
 * Machines for other algorithms (L3, L7, Z9) name their hash rate GHS too, whatever they count: the figure is passed on as the reply has it.
 */
import { type Replies, textOf } from '../parsing/replies.ts';
import type { MachineSnapshot } from '../snapshot.ts';
import { chainRecordOf, rateUnitOf, readChains, readFans, typeRecordOf } from './antminer-chains.ts';
import { isNewApi, readNewApi } from './antminer-new-api.ts';
import { completeSnapshot, type Findings } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { readPools } from './pools.ts';
import { readHashrates, readShares, summaryOf } from './summary.ts';

/** `Mode` of machines put to sleep by their web page; other numbers are not documented. */
const MODE_ASLEEP = 254;
const BRAIINS_2019 = /^bOS_/;
/** The board of the S9, as Braiins OS of 2019 names it. */
const BRAIINS_2019_S9 = /^braiins-am1-s9$/;

export function readAntminer(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const findings = isNewApi(replies) ? readNewApi(figures, replies) : readChainFindings(figures, replies);
  return completeSnapshot('antminer', figures, replies, observedAtMs, { make: 'Bitmain', ...findings, ...readPools(figures, replies) });
}

function readChainFindings(figures: Figures, replies: Replies): Findings {
  const stats = chainRecordOf(replies);
  const unit = rateUnitOf(stats);
  // Summaries of the same machine give the same figures; a machine that was only asked for `stats` still has them there.
  const rates = { ...stats, ...summaryOf(replies) };
  return {
    ...nameMachine(replies),
    ...readHashrates(figures, rates, unit),
    ...readShares(figures, summaryOf(replies), { elapsed: stats.Elapsed, hardwareErrors: stats.no_matching_work }),
    ratedHashrateThs: figures.ratedHashrateThs('ratedHashrateThs', stats.total_rateideal, unit ?? 'GH'),
    boards: readChains(figures, stats, unit ?? 'GH'),
    fans: readFans(figures, stats),
    ...(stats.Mode === MODE_ASLEEP ? { state: 'sleeping' as const } : {}),
    mode: typeof stats.Mode === 'string' ? textOf(stats.Mode) : null,
  };
}

/** Bitmain's firmware is told apart by the time it was compiled; a miner's version number stays the same for years. */
function nameMachine(replies: Replies): Findings {
  const named = typeRecordOf(replies);
  // S9 firmware writes its version into the second line of the type.
  const type = typeof named.Type === 'string' ? textOf(named.Type.split('\n')[0]) : null;
  const built = textOf(named.CompileTime);
  const miner = textOf(named.BMMiner);
  if (miner !== null && BRAIINS_2019.test(miner)) {
    return { model: type !== null && BRAIINS_2019_S9.test(type) ? 'Antminer S9' : type, firmware: 'Braiins OS', firmwareVersion: miner };
  }
  if (type?.endsWith(' Hiveon')) return { model: type.slice(0, -' Hiveon'.length), firmware: 'Hiveon', firmwareVersion: built };
  return { model: type, firmware: type === null ? null : 'Bitmain', firmwareVersion: built };
}
