import { describe, expect, it } from 'vitest';
import { groupByRack, layOutRacks, type Rack } from './rack-layout.ts';
import { findNextCell } from './walk-cells.ts';

const RACKS: Rack[] = [
  { id: 'a', name: 'A', rows: 2, columns: 2 },
  { id: 'b', name: 'B', rows: 2, columns: 2 },
];
/** Numbered as they were entered, which is not as they stand: rack B first, from the bottom, and two machines in no rack. */
const LAYOUT = layOutRacks(
  groupByRack(
    RACKS,
    {
      racks: [1, 1, 1, 0, 0, 0, null, null],
      rows: [2, 1, 1, 2, 1, 1, null, null],
      columns: [1, 2, 1, 2, 2, 1, null, null],
    },
    'Elsewhere',
  ),
  8,
  400,
  400,
);
const walk = (from: number, key: string): number[] => {
  const seen = [from];
  for (let at = findNextCell(LAYOUT, from, key); at !== null; at = findNextCell(LAYOUT, at, key)) seen.push(at);
  return seen;
};

describe('the keys of the map', () => {
  it('come past every cell in the order of reading, forward and back', () => {
    expect(walk(5, 'ArrowRight')).toEqual([5, 4, 3, 2, 1, 0, 6, 7]);
    expect(walk(7, 'ArrowLeft')).toEqual([7, 6, 0, 1, 2, 3, 4, 5]);
  });

  it('go from rack to rack, to the first and to the last', () => {
    expect(walk(5, 'PageDown')).toEqual([5, 2, 6]);
    expect(walk(7, 'PageUp')).toEqual([7, 6, 2, 5]);
    expect([findNextCell(LAYOUT, 2, 'Home'), findNextCell(LAYOUT, 2, 'End')]).toEqual([5, 7]);
  });

  it('stay in a column up and down', () => {
    expect(findNextCell(LAYOUT, 4, 'ArrowDown')).toBe(3);
    expect(findNextCell(LAYOUT, 3, 'ArrowUp')).toBe(4);
  });

  it('begin with the first cell, and leave other keys alone', () => {
    expect(findNextCell(LAYOUT, null, 'ArrowLeft')).toBe(5);
    expect(findNextCell(LAYOUT, null, 'End')).toBe(7);
    expect(findNextCell(LAYOUT, 2, 'Tab')).toBeNull();
    expect(findNextCell({ ...LAYOUT, order: [], rackStarts: [] }, null, 'Home')).toBeNull();
  });
});
