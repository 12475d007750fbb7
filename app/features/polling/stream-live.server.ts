// The live stream of a site as server-sent events, for one reader.
import type { Redis } from 'ioredis';
import { type LiveCells, pickCells } from './live-cells.ts';
import { isCutAfter, type LiveEvent, OVERLAP_MS, readLiveAfter, type SiteStream, toStreamId } from './live-stream.server.ts';

/** How often the stream is looked at: as often as batches are stored. */
const LOOK_MS = 1_000;
/** Something is sent at least so often, so that proxies keep the line and browsers notice when it is dead. */
const HEARTBEAT_MS = 15_000;
/** Permissions are judged when a stream begins: then it ends, and the browser begins another where it was. */
const LONGEST_MS = 5 * 60_000;
const RETRY_MS = 2_000;

export type LiveReader = {
  site: SiteStream;
  /** Place in the stream behind which the reader begins. */
  after: string;
  /** Whether the reader was there before and goes on from `after`. */
  isResumed: boolean;
  /** Machines that the reader may see; null: all of the site, and its alerts. */
  machineNumbers: ReadonlySet<number> | null;
  signal: AbortSignal;
};

const toText = ({ id, event, data }: LiveEvent) => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;

/** What of an event is the reader's; null: nothing. Alerts are counted over the whole site, so whoever sees a part of it is not told. */
function narrow(event: LiveEvent, machineNumbers: LiveReader['machineNumbers']): LiveEvent | null {
  if (machineNumbers === null) return event;
  if (event.event !== 'cells') return null;
  const seen = pickCells(JSON.parse(event.data) as LiveCells, (number) => machineNumbers.has(number));
  return seen === null ? null : { ...event, data: JSON.stringify(seen) };
}

/**
 * `cells` and `alerts` as they come. `reset` where what the reader missed is not there any more: it must read the state of the site anew. While Redis is away there are
 * heartbeats only.
 */
export function streamLive(redis: Redis, { site, after, isResumed, machineNumbers, signal }: LiveReader): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const beganMs = Date.now();
  let place = after;
  let sentMs = beganMs;
  let isFirst = true;

  async function look(): Promise<string> {
    let text = '';
    if (isFirst) {
      text += `retry: ${RETRY_MS}\n: begun\n\n`;
      if (isResumed && (await isCutAfter(redis, site, after))) {
        text += 'event: reset\ndata: {}\n\n';
        // The place may lie ahead of everything that comes: then nothing would ever be told. The state that is read anew holds what was before.
        place = toStreamId(beganMs - OVERLAP_MS);
      }
      isFirst = false;
    }
    for (const event of await readLiveAfter(redis, site, place)) {
      place = event.id;
      const own = narrow(event, machineNumbers);
      if (own !== null) text += toText(own);
    }
    return text;
  }

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (!signal.aborted && Date.now() - beganMs < LONGEST_MS) {
        // Redis says itself when it is lost and when it is back.
        const text = await look().catch(() => '');
        if (text !== '' || Date.now() - sentMs >= HEARTBEAT_MS) {
          sentMs = Date.now();
          controller.enqueue(encoder.encode(text === '' ? ': still here\n\n' : text));
          return;
        }
        await pause(LOOK_MS, signal);
      }
      controller.close();
    },
  });
}

/** Ends early when the reader is gone. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
