export type Due<T> = { atMs: number; item: T };

/** Things to do, the earliest first: a binary heap. */
export class DueHeap<T> {
  #entries: Due<T>[] = [];

  get length(): number {
    return this.#entries.length;
  }

  /** When the earliest is due, or null when there is none. */
  nextMs(): number | null {
    return this.#entries[0]?.atMs ?? null;
  }

  push(atMs: number, item: T): void {
    const entries = this.#entries;
    let at = entries.length;
    entries.push({ atMs, item });
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (entries[parent]!.atMs <= entries[at]!.atMs) break;
      [entries[parent], entries[at]] = [entries[at]!, entries[parent]!];
      at = parent;
    }
  }

  /** Takes the earliest if it is due by `nowMs`. */
  takeDue(nowMs: number): T | undefined {
    const entries = this.#entries;
    const first = entries[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    const last = entries.pop()!;
    if (entries.length > 0) {
      entries[0] = last;
      let at = 0;
      for (;;) {
        const left = 2 * at + 1;
        const right = left + 1;
        let least = at;
        if (left < entries.length && entries[left]!.atMs < entries[least]!.atMs) least = left;
        if (right < entries.length && entries[right]!.atMs < entries[least]!.atMs) least = right;
        if (least === at) break;
        [entries[least], entries[at]] = [entries[at]!, entries[least]!];
        at = least;
      }
    }
    return first.item;
  }
}
