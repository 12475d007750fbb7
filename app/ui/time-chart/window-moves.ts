// The part of a time chart that is seen, closer, further and moved: pure.
import type { TimeRange } from './layout.ts';

/** Closest look: moments. */
const LEAST_MOMENTS = 5;

const PAGE_MOMENTS = 10;

/** Moments that a key goes on (below 0: back), as a slider's do: up and right are later, a page is ten; `null`: another key. */
export function stepOf(key: string): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'PageUp':
      return PAGE_MOMENTS;
    case 'PageDown':
      return -PAGE_MOMENTS;
    default:
      return null;
  }
}

/** Inside of what there is, as long as it was asked for as far as that goes. */
export function clampRange(range: TimeRange, whole: TimeRange): TimeRange {
  const length = Math.min(range.toMs - range.fromMs, whole.toMs - whole.fromMs);
  const fromMs = Math.min(Math.max(range.fromMs, whole.fromMs), whole.toMs - length);
  return { fromMs, toMs: fromMs + length };
}

/** Shortest part that may be looked at, of `count` moments. */
export function leastLengthMs(whole: TimeRange, count: number): number {
  return ((whole.toMs - whole.fromMs) / Math.max(1, count)) * LEAST_MOMENTS;
}

/** `factor` times as long (below 1: closer), never shorter than `leastMs`; `aroundMs` keeps its place on the screen while there is room. */
export function zoomRange(
  range: TimeRange,
  whole: TimeRange,
  { factor, aroundMs, leastMs }: { factor: number; aroundMs: number; leastMs: number },
): TimeRange {
  const length = range.toMs - range.fromMs;
  const wanted = Math.min(Math.max(length * factor, Math.min(leastMs, length)), whole.toMs - whole.fromMs);
  const share = (aroundMs - range.fromMs) / length;
  const fromMs = aroundMs - share * wanted;
  return clampRange({ fromMs, toMs: fromMs + wanted }, whole);
}

/** Moved by a share of its own length (below 0: earlier), as far as there is something. */
export function moveRange(range: TimeRange, whole: TimeRange, share: number): TimeRange {
  const byMs = (range.toMs - range.fromMs) * share;
  return clampRange({ fromMs: range.fromMs + byMs, toMs: range.toMs + byMs }, whole);
}
