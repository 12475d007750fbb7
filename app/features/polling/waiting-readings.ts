/** Readings between poller and database, in the order they came, never more than so many: the oldest go first, and are counted. Pure. */
export type WaitingReadings<T> = {
  push(item: T): void;
  /** Takes up to `most` of the oldest out. */
  take(most: number): T[];
  /** Puts a batch that could not be stored back in front. */
  putBack(batch: readonly T[]): void;
  size(): number;
  /** Thrown away so far. */
  lost(): number;
};

export function createWaitingReadings<T>(limit: () => number): WaitingReadings<T> {
  let waiting: T[] = [];
  let lost = 0;

  function cut() {
    const over = waiting.length - limit();
    if (over <= 0) return;
    waiting.splice(0, over);
    lost += over;
  }

  return {
    push(item) {
      waiting.push(item);
      cut();
    },
    take: (most) => waiting.splice(0, most),
    putBack(batch) {
      waiting = [...batch, ...waiting];
      cut();
    },
    size: () => waiting.length,
    lost: () => lost,
  };
}
