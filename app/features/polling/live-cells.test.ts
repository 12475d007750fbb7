import { describe, expect, it } from 'vitest';
import { type LiveCell, MAX_CELLS, pickCells, toLiveCells } from './live-cells.ts';

const cell = (machineNumber: number, figures: Partial<LiveCell> = {}): LiveCell => ({
  machineNumber,
  atS: 1_000,
  state: 1,
  hashrateThs: 199.96,
  powerW: 3_499.6,
  chipTemperatureC: 71,
  ...figures,
});

describe('toLiveCells', () => {
  it('writes machines as columns in one order, unknown figures as null', () => {
    expect(toLiveCells([cell(7), cell(9, { atS: 1_003, state: 5, hashrateThs: null, powerW: null, chipTemperatureC: null })])).toEqual([
      { atS: 1_003, numbers: [7, 9], states: [1, 5], hashrateThs: [200, null], powerW: [3_500, null], chipTemperatureC: [71, null] },
    ]);
  });

  it('says the newer of two readings of one machine', () => {
    const [event] = toLiveCells([cell(7, { atS: 1_060, hashrateThs: 190 }), cell(7, { atS: 1_000, hashrateThs: 100 })]);
    expect(event).toMatchObject({ numbers: [7], hashrateThs: [190] });
  });

  it('never puts more than a thousand machines into one event', () => {
    const events = toLiveCells(Array.from({ length: 2 * MAX_CELLS + 1 }, (_, number) => cell(number)));
    expect(events.map(({ numbers }) => numbers.length)).toEqual([MAX_CELLS, MAX_CELLS, 1]);
  });
});

describe('pickCells', () => {
  const [event] = toLiveCells([cell(7, { hashrateThs: 1 }), cell(8, { hashrateThs: 2 }), cell(9, { hashrateThs: 3 })]);

  it('leaves every column of a machine out that the reader may not see', () => {
    expect(pickCells(event!, (number) => number !== 8)).toMatchObject({ numbers: [7, 9], states: [1, 1], hashrateThs: [1, 3] });
  });

  it('says nothing where nothing is left', () => {
    expect(pickCells(event!, () => false)).toBeNull();
  });
});
