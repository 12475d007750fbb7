/** Height and age of the current difficulty epoch, from mempool.space `GET /api/v1/difficulty-adjustment`. */
import { z } from 'zod';
import { BLOCKS_PER_EPOCH } from '#engine/units/constants.ts';
import { endpointUrl, judge, type MarketSource, type ReadOutcome, sourceOfOneReply, type Trouble } from './source.ts';

const Reply = z.object({
  nextRetargetHeight: z.int(),
  /** Blocks from the tip to the next retarget, 1..2016. */
  remainingBlocks: z.int(),
  /** Time of the epoch's first block, seconds since 1970. The project's own comment says milliseconds; its code and replies are seconds. */
  previousTime: z.number(),
});

/** Seconds since 1970 stay below this until the year 5138; milliseconds have been above it since 1973. */
const FIRST_IMPLAUSIBLE_TIME_S = 1e11;
/** A block may be stamped up to two hours ahead of real time (Bitcoin consensus), so an epoch may seem to begin in the future. */
const MAX_BLOCK_TIME_AHEAD_S = 7200;

/**
 * `height` of the next block = nextRetargetHeight - remainingBlocks + 1. When the next block is the first of a new epoch its
 * difficulty is not known anywhere yet, so height and difficulty could not be a pair: `not-yet` until that block is found.
 */
export function parseMempoolEpoch(body: unknown, askedAtMs: number): readonly ReadOutcome[] | Trouble {
  const reply = Reply.safeParse(body);
  if (!reply.success) return { kind: 'garbled', reason: z.prettifyError(reply.error) };
  const { nextRetargetHeight, remainingBlocks, previousTime } = reply.data;
  if (nextRetargetHeight % BLOCKS_PER_EPOCH !== 0 || remainingBlocks < 1 || remainingBlocks > BLOCKS_PER_EPOCH) {
    return { kind: 'garbled', reason: `retarget at ${nextRetargetHeight} with ${remainingBlocks} blocks to go` };
  }
  if (previousTime >= FIRST_IMPLAUSIBLE_TIME_S) return { kind: 'garbled', reason: `previousTime ${previousTime} is not in seconds` };
  const height = nextRetargetHeight - remainingBlocks + 1;
  if (height % BLOCKS_PER_EPOCH === 0)
    return { kind: 'not-yet', reason: 'the next block begins an epoch whose difficulty is not known yet' };
  const elapsedS = askedAtMs / 1000 - previousTime;
  const epochElapsedS = elapsedS < 0 && elapsedS >= -MAX_BLOCK_TIME_AHEAD_S ? 0 : elapsedS;
  return [judge('height', height, askedAtMs), judge('epochElapsedS', epochElapsedS, askedAtMs)];
}

export function mempoolEpoch(baseUrl: string): MarketSource {
  return sourceOfOneReply(
    'mempool.space',
    ['height', 'epochElapsedS'],
    endpointUrl(baseUrl, '/api/v1/difficulty-adjustment'),
    parseMempoolEpoch,
  );
}
