/**
 * The reply shape of Bitmain's newer API (from 2020, on the web page and, on some machines, on port 4028): `INFO` beside `STATS`, lower case
 * fields, a list of chains, and the unit of hash rates in `rate_unit`.
 */
import { isRecord, type Replies, type ReplyRecord, recordOf, textOf } from '../parsing/replies.ts';
import type { Board, Fan } from '../snapshot.ts';
import { hasChips, rateUnitOf } from './antminer-chains.ts';
import type { Findings } from './complete-snapshot.ts';
import type { Figures, HashUnit } from './figures.ts';
import { readShares, summaryOf } from './summary.ts';

const MAX_CHAINS = 16;

export function isNewApi(replies: Replies): boolean {
  return recordOf(replies, 'stats', 'STATS').rate_unit !== undefined && Array.isArray(recordOf(replies, 'stats', 'STATS').chain);
}

export function readNewApi(figures: Figures, replies: Replies): Findings {
  const stats = recordOf(replies, 'stats', 'STATS');
  const summary = summaryOf(replies);
  const info = isRecord(replies.stats?.INFO) ? replies.stats.INFO : {};
  const unit = rateUnitOf(stats) ?? 'GH';
  return {
    model: textOf(info.type),
    firmware: 'Bitmain',
    firmwareVersion: textOf(info.CompileTime),
    ...readShares(figures, summary, { elapsed: stats.elapsed, hardwareErrors: summary.hw_all }),
    hashrateThs: figures.hashrateThs('hashrateThs', stats.rate_5s, unit),
    hashrateAverageThs: figures.hashrateThs('hashrateAverageThs', stats.rate_avg, unit),
    ratedHashrateThs: figures.ratedHashrateThs('ratedHashrateThs', stats.rate_ideal, unit),
    boards: readChainList(figures, listChains(stats), unit),
    fans: readFanList(figures, stats),
  };
}

function listChains(stats: ReplyRecord): readonly ReplyRecord[] {
  return Array.isArray(stats.chain) ? stats.chain.slice(0, MAX_CHAINS).filter(isRecord) : [];
}

const listOf = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw.slice(0, MAX_CHAINS) : []);

function readChainList(figures: Figures, chains: readonly ReplyRecord[], unit: HashUnit): readonly Board[] {
  const isHashing = chains.some(({ rate_real: rate }) => Number(rate) > 0);
  return chains.map((chain, index) => ({ ...readChain(figures, chain, index, unit), isAlive: hasChips(chain.asic_num, isHashing) }));
}

function readChain(figures: Figures, chain: ReplyRecord, index: number, unit: HashUnit): Omit<Board, 'isAlive'> {
  const field = (name: keyof Board) => `boards.${index}.${name}`;
  return {
    position: typeof chain.index === 'number' && Number.isInteger(chain.index) && chain.index >= 0 ? chain.index : index,
    hashrateThs: figures.hashrateThs(field('hashrateThs'), chain.rate_real, unit),
    ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), chain.rate_ideal, unit),
    chips: figures.chips(field('chips'), chain.asic_num),
    ratedChips: null,
    boardTemperatureC: figures.hottestC(field('boardTemperatureC'), listOf(chain.temp_pcb)),
    chipTemperatureC: figures.hottestC(field('chipTemperatureC'), listOf(chain.temp_chip)),
    hardwareErrors: figures.count(field('hardwareErrors'), chain.hw),
  };
}

function readFanList(figures: Figures, stats: ReplyRecord): readonly Fan[] {
  return listOf(stats.fan).map((raw, position) => ({ position, speedRpm: figures.speedRpm(`fans.${position}.speedRpm`, raw) }));
}
