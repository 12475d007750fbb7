import { describe, expect, it } from 'vitest';
import { findNewestKnown, type Pane, type Series } from './series.ts';

const pane = (series: Series): Pane => ({
  id: series.id,
  title: series.name,
  heightPx: 100,
  scale: 'linear',
  series: [series],
  say: String,
  sayTick: String,
});
const line = (id: string, values: (number | null)[]): Series => ({ id, name: id, kind: 'line', tone: 1, values });

describe('findNewestKnown', () => {
  const panes = [pane(line('a', [1, null, null, null])), pane(line('b', [null, 2, null, null]))];

  it('is the last moment of which any pane knows something', () => {
    expect(findNewestKnown(panes, { first: 0, last: 3 })).toBe(1);
    expect(findNewestKnown([pane(line('c', [1, 2, 3, 4]))], { first: 0, last: 3 })).toBe(3);
  });

  it('is the last one where nothing is known', () => {
    expect(findNewestKnown(panes, { first: 2, last: 3 })).toBe(3);
    expect(findNewestKnown([], { first: 0, last: 3 })).toBe(3);
  });
});
