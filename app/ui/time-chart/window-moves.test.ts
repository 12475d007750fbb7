import { describe, expect, it } from 'vitest';
import { clampRange, leastLengthMs, moveRange, stepOf, zoomRange } from './window-moves.ts';

const WHOLE = { fromMs: 0, toMs: 1000 };

describe('keys', () => {
  it('read as those of a slider do: up and page up go on, down and page down back', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'a'];
    expect(keys.map(stepOf)).toEqual([-1, 1, -1, 1, -10, 10, null]);
  });
});

describe('the part of a chart that is seen', () => {
  it('comes closer around a moment that keeps its place on the screen', () => {
    const closer = zoomRange({ fromMs: 200, toMs: 600 }, WHOLE, { factor: 0.5, aroundMs: 300, leastMs: 50 });
    expect(closer).toEqual({ fromMs: 250, toMs: 450 });
    // A quarter from the left before and after.
    expect((300 - closer.fromMs) / 200).toBe(0.25);
  });

  it('is never shorter than the closest look, and one that already is stays', () => {
    const least = { factor: 0.1, aroundMs: 400, leastMs: 100 };
    expect(zoomRange({ fromMs: 200, toMs: 600 }, WHOLE, least)).toEqual({ fromMs: 350, toMs: 450 });
    expect(zoomRange({ fromMs: 380, toMs: 420 }, WHOLE, least)).toEqual({ fromMs: 380, toMs: 420 });
  });

  it('goes no further than all there is', () => {
    expect(zoomRange({ fromMs: 800, toMs: 1000 }, WHOLE, { factor: 2, aroundMs: 900, leastMs: 50 })).toEqual({ fromMs: 600, toMs: 1000 });
    expect(zoomRange({ fromMs: 800, toMs: 1000 }, WHOLE, { factor: 50, aroundMs: 900, leastMs: 50 })).toEqual(WHOLE);
    expect(clampRange({ fromMs: -100, toMs: 5000 }, WHOLE)).toEqual(WHOLE);
  });

  it('moves earlier and later, and stops at the ends', () => {
    expect(moveRange({ fromMs: 400, toMs: 600 }, WHOLE, -0.5)).toEqual({ fromMs: 300, toMs: 500 });
    expect(moveRange({ fromMs: 400, toMs: 600 }, WHOLE, 9)).toEqual({ fromMs: 800, toMs: 1000 });
    expect(moveRange({ fromMs: 100, toMs: 300 }, WHOLE, -1)).toEqual({ fromMs: 0, toMs: 200 });
  });

  it('holds five moments at the closest', () => {
    expect(leastLengthMs(WHOLE, 100)).toBe(50);
    expect(leastLengthMs(WHOLE, 0)).toBe(5000);
  });
});
