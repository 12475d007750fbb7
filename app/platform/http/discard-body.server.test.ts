import { describe, expect, it } from 'vitest';
import { discardBody } from './discard-body.server.ts';

function aRequest(body: ReadableStream<Uint8Array> | null): Request {
  return new Request('http://localhost/', { method: 'POST', body, ...(body === null ? {} : { duplex: 'half' as const }) });
}

/** Chunks of 1 MB; `count` of them, then the end. Tells how many were taken and whether the reader gave up. */
function aBody(count: number) {
  const state = { taken: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (state.taken === count) controller.close();
      else {
        state.taken += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      }
    },
    cancel() {
      state.isCancelled = true;
    },
  });
  return { stream, state };
}

describe('discardBody', () => {
  it('reads on to the end', async () => {
    const { stream, state } = aBody(20);
    await discardBody(aRequest(stream));
    expect(state).toEqual({ taken: 20, isCancelled: false });
  });

  it('gives up on a body without end', async () => {
    const { stream, state } = aBody(Number.POSITIVE_INFINITY);
    await discardBody(aRequest(stream));
    expect(state.isCancelled).toBe(true);
    // 64 MB are dropped; the stream may hold one chunk more and be asked for another.
    expect(state.taken).toBeLessThanOrEqual(67);
  });

  it('survives a caller who goes away, and a request without a body', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('connection reset')) });
    await expect(discardBody(aRequest(broken))).resolves.toBeUndefined();
    await expect(discardBody(aRequest(null))).resolves.toBeUndefined();
  });
});
