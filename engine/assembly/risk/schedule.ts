/**
 * Which retargets and halvings lie ahead and how many blocks apart: the same for every path, because heights do not depend on when blocks
 * arrive. A path only finds out when.
 */
import { BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING, HASHES_PER_DIFFICULTY_ONE, HASHES_PER_TH, S_PER_MONTH } from '../constants';
import { N_FEES_BTC_PER_BLOCK, N_HEIGHT, networkField } from '../layout';
import { subsidyBtc } from '../path';
import { MAX_PATH_EVENTS } from './layout';

/** Of each event: blocks from it to the next; all bits set when it is a retarget; what one TH/s earns in a month after it, times the difficulty. */
export const EVENT_BYTES: i32 = 32;
export const EVENT_BLOCKS: usize = 0;
export const EVENT_IS_RETARGET: usize = 8;
export const EVENT_PAY: usize = 16;
export const SCHEDULE_PTR: usize = memory.data(MAX_PATH_EVENTS * EVENT_BYTES, 16);
/** An event at this offset is one too many. */
export const SCHEDULE_END: usize = <usize>((MAX_PATH_EVENTS - 1) * EVENT_BYTES);

/** BTC per TH/s and month at difficulty 1 for a block reward of 1 BTC. */
const MONTHLY_PAY: f64 = (HASHES_PER_TH * S_PER_MONTH) / HASHES_PER_DIFFICULTY_ONE;

@inline
function blocksToEvent(height: i32): i32 {
  return min(BLOCKS_PER_EPOCH - (height % BLOCKS_PER_EPOCH), BLOCKS_PER_HALVING - (height % BLOCKS_PER_HALVING));
}

@inline
function payAt(height: i32): f64 {
  return MONTHLY_PAY * (subsidyBtc(height) + networkField(N_FEES_BTC_PER_BLOCK));
}

/** Blocks from now to the first event. */
export function firstBlocks(): f64 {
  return <f64>blocksToEvent(<i32>networkField(N_HEIGHT));
}

/** What one TH/s earns in a month from now on, times the difficulty. */
export function firstPay(): f64 {
  return payAt(<i32>networkField(N_HEIGHT));
}

/** Writes the events from the network block's height on. O(MAX_PATH_EVENTS). */
export function writeSchedule(): void {
  let height = <i32>networkField(N_HEIGHT);
  for (let index = 0; index < MAX_PATH_EVENTS; index++) {
    height += blocksToEvent(height);
    const at = SCHEDULE_PTR + <usize>index * EVENT_BYTES;
    store<f64>(at, <f64>blocksToEvent(height), EVENT_BLOCKS);
    store<i64>(at, height % BLOCKS_PER_EPOCH == 0 ? -1 : 0, EVENT_IS_RETARGET);
    store<f64>(at, payAt(height), EVENT_PAY);
  }
}
