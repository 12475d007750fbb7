/** From cell to cell of the map by keys. Pure. */
import type { RackLayout } from './rack-layout.ts';

/**
 * The cell that a key leads to; null: the key leads nowhere from here. Left and right follow the order of reading and come past every cell, up and down stay in their column across
 * racks, a page is a rack, Home and End are the first and the last. `at` null: no cell is chosen yet, and any of these keys begins with the first.
 */
export function findNextCell({ order, rackStarts, x, y, cellPx }: RackLayout, at: number | null, key: string): number | null {
  if (!KEYS.has(key)) return null;
  const place = at === null ? -1 : order.indexOf(at);
  if (at === null || place < 0) return (key === 'End' ? order.at(-1) : order[0]) ?? null;
  switch (key) {
    case 'ArrowRight':
      return order[place + 1] ?? null;
    case 'ArrowLeft':
      return place > 0 ? (order[place - 1] ?? null) : null;
    case 'Home':
      return order[0] ?? null;
    case 'End':
      return order.at(-1) ?? null;
    case 'PageDown':
      return order[rackStarts.find((start) => start > place) ?? -1] ?? null;
    case 'PageUp':
      return order[rackStarts.findLast((start) => start < place) ?? -1] ?? null;
    default:
      return findInColumn({ x, y, cellPx }, at, key === 'ArrowDown' ? 1 : -1);
  }
}

const KEYS: ReadonlySet<string> = new Set(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

function findInColumn({ x, y, cellPx }: Pick<RackLayout, 'x' | 'y' | 'cellPx'>, at: number, sign: 1 | -1): number | null {
  let best: number | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let index = 0; index < x.length; index++) {
    const down = ((y[index] ?? 0) - (y[at] ?? 0)) * sign;
    const aside = Math.abs((x[index] ?? 0) - (x[at] ?? 0));
    if (down < cellPx / 2 || aside > cellPx / 2 || down >= bestDistance) continue;
    best = index;
    bestDistance = down;
  }
  return best;
}
