/**
 * Boards and fans of the `stats` reply of Antminers and of firmware that imitates it (Vnish, Hiveon, Braiins OS of 2019, the chips of LuxOS): one flat
 * record with numbered fields, `chain_acn1`, `temp2_1`, `fan5`, for up to 16 slots of which two to four are used.
 *
 * Meaning of the temperatures, by makers' pages and the recordings: `temp{n}` circuit board, `temp2_{n}` chip (outlet side), `temp3_{n}` chip
 * (a second sensor); newer firmware adds lists, `temp_pcb{n}` and `temp_chip{n}`, "52-55-70-71", negative numbers included ("2--1-20-22").
 */
import { type Replies, type ReplyRecord, recordOf, recordsOf, textOf } from '../parsing/replies.ts';
import type { Board, Fan } from '../snapshot.ts';
import type { Figures, HashUnit } from './figures.ts';

const SLOTS = 16;
const LISTED_SENSOR = /(?:^|-)(-?\d{1,3}(?:\.\d{1,4})?)(?=-|$)/g;
const MAX_SENSOR_LIST = 200;

/** The first record of `STATS` names the machine; the one with the mining figures follows it, or stands alone. */
export function chainRecordOf(replies: Replies): ReplyRecord {
  const records = recordsOf(replies, 'stats', 'STATS');
  return records.find((record) => record['GHS 5s'] !== undefined || record.chain_acn1 !== undefined) ?? {};
}

/** `Type` stands in the first record of `STATS` and in `VERSION`; the one beside the figures is preferred. */
export function typeRecordOf(replies: Replies): ReplyRecord {
  return recordsOf(replies, 'stats', 'STATS').find((record) => record.Type !== undefined) ?? recordOf(replies, 'version', 'VERSION');
}

/** `rate_unit` of newer firmware ("GH", "MH/s"); fields are named GHS whatever it says. */
export function rateUnitOf(record: ReplyRecord): HashUnit | null {
  const text = textOf(record.rate_unit)?.toUpperCase().replace('/S', '');
  return text === 'H' || text === 'KH' || text === 'MH' || text === 'GH' || text === 'TH' || text === 'PH' ? text : null;
}

/** Degrees of a list such as "2--1-20-22"; of anything else, nothing. */
export function parseSensorList(raw: unknown): readonly number[] {
  if (typeof raw !== 'string' || raw.length > MAX_SENSOR_LIST) return [];
  return [...raw.matchAll(LISTED_SENSOR)].map(([, degrees]) => Number(degrees));
}

const isNonZero = (raw: unknown) => Number(raw) !== 0 && Number.isFinite(Number(raw)) && raw !== '';

/** Slots that hold a board: chips answered, a rate is written (an empty slot has ""), or the firmware keeps a diary of it (`chain_xtime`, of boards asleep too). */
function listChains(record: ReplyRecord): readonly number[] {
  return Array.from({ length: SLOTS }, (_, index) => index + 1).filter(
    (chain) =>
      isNonZero(record[`chain_acn${chain}`] ?? 0) ||
      isNonZero(record[`chain_rate${chain}`] ?? 0) ||
      textOf(record[`chain_xtime${chain}`]) !== null ||
      textOf(record[`chain_state${chain}`]) !== null,
  );
}

/**
 * Boards that the firmware counted when it started (`miner_count`) and lists with nothing any more: of the slots that it has, those nearest to boards
 * that are there, of two as near the lower. A board that was gone before the start is not counted: only history knows it.
 */
function findLostChains(record: ReplyRecord, listed: readonly number[]): readonly number[] {
  const counted = Number(record.miner_count);
  if (listed.length === 0 || !Number.isFinite(counted)) return [];
  const distance = (chain: number) => Math.min(...listed.map((other) => Math.abs(other - chain)));
  return Array.from({ length: SLOTS }, (_, index) => index + 1)
    .filter((chain) => record[`chain_acn${chain}`] !== undefined && !listed.includes(chain))
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, Math.max(0, counted - listed.length));
}

export function readChains(figures: Figures, record: ReplyRecord, unit: HashUnit = 'GH'): readonly Board[] {
  const listed = listChains(record);
  const isHashing = listed.some((chain) => isNonZero(record[`chain_rate${chain}`] ?? 0));
  return [...listed, ...findLostChains(record, listed)]
    .sort((a, b) => a - b)
    .map((chain, index): Board => {
      const field = (name: keyof Board) => `boards.${index}.${name}`;
      const onBoard = parseSensorList(record[`temp_pcb${chain}`]);
      const onChips = parseSensorList(record[`temp_chip${chain}`]);
      return {
        position: chain - 1,
        hashrateThs: figures.hashrateThs(field('hashrateThs'), record[`chain_rate${chain}`], unit),
        ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), record[`chain_rateideal${chain}`], unit),
        chips: figures.chips(field('chips'), record[`chain_acn${chain}`]),
        ratedChips: null,
        boardTemperatureC: figures.hottestC(field('boardTemperatureC'), onBoard.length > 0 ? onBoard : [record[`temp${chain}`]]),
        chipTemperatureC: figures.hottestC(field('chipTemperatureC'), onChips.length > 0 ? onChips : readChipSensors(record, chain)),
        hardwareErrors: figures.count(field('hardwareErrors'), record[`chain_hw${chain}`]),
        isAlive: isChainAlive(record[`chain_state${chain}`]) ?? hasChips(record[`chain_acn${chain}`], isHashing),
      };
    });
}

/** The second sensor is 0 on boards that have only one. */
function readChipSensors(record: ReplyRecord, chain: number): readonly unknown[] {
  const second = record[`temp3_${chain}`];
  return isNonZero(second ?? 0) ? [record[`temp2_${chain}`], second] : [record[`temp2_${chain}`]];
}

/** Stock firmware has no word for it: a board whose chips answer works, one without chips does not while others hash. Asleep or starting it may be either. */
export function hasChips(raw: unknown, isHashing: boolean): boolean | null {
  const chips = typeof raw === 'number' || typeof raw === 'string' ? Number(raw) : Number.NaN;
  if (!Number.isInteger(chips) || raw === '') return null;
  if (chips > 0) return true;
  return chips === 0 && isHashing ? false : null;
}

/** Only Vnish says it. */
function isChainAlive(raw: unknown): boolean | null {
  const word = textOf(raw)?.toLowerCase();
  if (word === 'mining') return true;
  return word === 'failure' || word === 'disconnected' ? false : null;
}

/**
 * Fans in slots `fan1`.. of which the machine uses `fan_num`. Which slots are empty is not said: those that turn are fans, and up to `fan_num`
 * the standing ones nearest to them, of two as near the one that makes a pair (an S9 has fans 5 and 6). `fan_num` 0 with nothing turning is a machine
 * without fans (immersion, or asleep).
 */
export function readFans(figures: Figures, record: ReplyRecord): readonly Fan[] {
  const slots = Array.from({ length: SLOTS }, (_, index) => index).filter((slot) => record[`fan${slot + 1}`] !== undefined);
  const turning = slots.filter((slot) => isNonZero(record[`fan${slot + 1}`]));
  const distance = (slot: number) => (turning.length === 0 ? slot : Math.min(...turning.map((other) => Math.abs(other - slot))));
  const pairs = (slot: number) => (turning.includes(slot ^ 1) ? 0 : 1);
  const standing = slots
    .filter((slot) => !turning.includes(slot))
    .sort((a, b) => distance(a) - distance(b) || pairs(a) - pairs(b) || a - b);
  const announced = Number(record.fan_num);
  const missing = Number.isFinite(announced) ? Math.max(0, announced - turning.length) : 0;
  return [...turning, ...standing.slice(0, missing)]
    .sort((a, b) => a - b)
    .map((slot, index) => ({ position: slot, speedRpm: figures.speedRpm(`fans.${index}.speedRpm`, record[`fan${slot + 1}`]) }));
}
