import type { PollerClock } from './options.ts';

export type SimulatedClock = PollerClock & {
  /** Lets time pass, timer by timer, with all that follows from each before the next. */
  advance(ms: number): Promise<void>;
  /** Timers that are set and not over. */
  pending(): number;
};

/** Time for tests: stands still unless it is told to pass. */
export function createSimulatedClock(): SimulatedClock {
  let nowMs = 0;
  let serial = 0;
  const timers = new Map<number, { atMs: number; act: () => void }>();

  async function settle() {
    // One turn of the event loop runs every chain of promises to its end.
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    nowMs: () => nowMs,
    after(ms, act) {
      serial += 1;
      const id = serial;
      timers.set(id, { atMs: nowMs + ms, act });
      return () => void timers.delete(id);
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        let first: [id: number, atMs: number] | null = null;
        for (const [id, { atMs }] of timers) if (atMs <= untilMs && (first === null || atMs < first[1])) first = [id, atMs];
        if (first === null) break;
        const { act } = timers.get(first[0])!;
        timers.delete(first[0]);
        nowMs = Math.max(nowMs, first[1]);
        act();
        await settle();
      }
      nowMs = untilMs;
    },
    pending: () => timers.size,
  };
}
