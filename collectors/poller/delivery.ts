import { Fifo } from './fifo.ts';

export type DeliveryCounts = {
  /** Handed over and taken. */
  delivered: number;
  /** Thrown away because too many were waiting: the oldest go first. */
  lost: number;
  /** Handed over, and the consumer threw or rejected. */
  failed: number;
  waiting: number;
};

export type Delivery<T> = {
  push(item: T): void;
  counts(): DeliveryCounts;
  /** Message of the consumer's last failure. */
  lastFailure(): string | null;
  /** Resolves when nothing is waiting any more. */
  drained(): Promise<void>;
};

/**
 * Hands items over one after the other, in their order. A consumer that returns a promise is not given the next item before it is settled; at most
 * `maxWaiting` items wait for it meanwhile.
 */
export function createDelivery<T>(consume: (item: T) => void | Promise<void>, maxWaiting: number): Delivery<T> {
  const waiting = new Fifo<T>();
  let isBusy = false;
  let delivered = 0;
  let lost = 0;
  let failed = 0;
  let lastFailure: string | null = null;
  let onDrained: (() => void)[] = [];

  function fail(error: unknown) {
    failed += 1;
    lastFailure = error instanceof Error ? error.message : String(error);
  }

  function handOver() {
    while (!isBusy) {
      const item = waiting.shift();
      if (item === undefined) break;
      try {
        const taken = consume(item);
        if (taken === undefined) {
          delivered += 1;
          continue;
        }
        isBusy = true;
        taken
          .then(() => {
            delivered += 1;
          }, fail)
          .then(() => {
            isBusy = false;
            handOver();
          });
      } catch (error) {
        fail(error);
      }
    }
    if (!isBusy && waiting.length === 0) {
      for (const resolve of onDrained) resolve();
      onDrained = [];
    }
  }

  return {
    push(item) {
      waiting.push(item);
      if (waiting.length > maxWaiting) {
        waiting.shift();
        lost += 1;
      }
      handOver();
    },
    counts: () => ({ delivered, lost, failed, waiting: waiting.length }),
    lastFailure: () => lastFailure,
    drained: () =>
      new Promise((resolve) => {
        onDrained.push(resolve);
        handOver();
      }),
  };
}
