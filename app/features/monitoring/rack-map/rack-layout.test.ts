import { describe, expect, it } from 'vitest';
import { findCell, groupByRack, layOutRacks, type Rack } from './rack-layout.ts';

const RACKS: Rack[] = [
  { id: 'a', name: 'A', rows: 2, columns: 3 },
  { id: 'b', name: 'B', rows: 2, columns: 3 },
];

describe('the map of racks', () => {
  it('puts machines where they stand, those without a position below, and those without a rack at the end', () => {
    const groups = groupByRack(RACKS, { racks: [0, 0, 0, null], rows: [1, 2, null, null], columns: [1, 3, null, null] }, 'Elsewhere');
    expect(groups.map(({ name, rows, columns }) => [name, rows, columns])).toEqual([
      ['A', 3, 3],
      ['Elsewhere', 1, 1],
    ]);
    expect(groups[0]?.members).toEqual([
      { index: 0, row: 0, column: 0 },
      { index: 1, row: 1, column: 2 },
      { index: 2, row: 2, column: 0 },
    ]);
  });

  it('tells nothing of the size of a rack to whoever may not know it', () => {
    const hidden = RACKS.map((rack) => ({ ...rack, rows: null, columns: null }));
    const groups = groupByRack(hidden, { racks: [0, 0], rows: [1, 2], columns: [1, 3] }, '');
    expect(groups).toMatchObject([{ name: 'A', rows: 1, columns: 2 }]);
  });

  it.each([
    [1392, 600],
    [328, 600],
  ])('gives six thousand machines a place of their own on %i px', (width, height) => {
    const racks = Array.from({ length: 125 }, (_, place) => ({ id: String(place), name: `R${place}`, rows: 6, columns: 8 }));
    const machines = Array.from({ length: 6_000 }, (_, index) => index);
    const placed = {
      racks: machines.map((index) => Math.floor(index / 48)),
      rows: machines.map((index) => 1 + Math.floor((index % 48) / 8)),
      columns: machines.map((index) => 1 + (index % 8)),
    };
    const layout = layOutRacks(groupByRack(racks, placed, ''), 6_000, width, height);
    const places = new Set(machines.map((index) => `${layout.x[index]} ${layout.y[index]}`));
    expect(places.size).toBe(6_000);
    expect(layout.width).toBeLessThanOrEqual(width);
    for (const index of [0, 47, 3_000, 5_999]) expect(findCell(layout, (layout.x[index] ?? 0) + 1, (layout.y[index] ?? 0) + 1)).toBe(index);
    expect(findCell(layout, -1, -1)).toBeNull();
  });

  it('folds a rack that is wider than the map', () => {
    const wide: Rack[] = [{ id: 'w', name: 'W', rows: 1, columns: 100 }];
    const placed = { racks: [0, 0], rows: [1, 1], columns: [1, 100] };
    const layout = layOutRacks(groupByRack(wide, placed, ''), 2, 200, 10);
    expect(layout.width).toBeLessThanOrEqual(200);
    expect(layout.y[1]).toBeGreaterThan(layout.y[0] ?? 0);
  });
});
