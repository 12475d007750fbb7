import { expect, it } from 'vitest';
import type { FleetCells } from './fleet-cells.ts';
import { CLASS_TOKENS, classifyCell, HEAT_CLASSES, HEAT_MODES } from './heat-colours.ts';

const cell = (
  state: FleetCells['states'][number],
  hashrateThs: number | null,
  chipTemperatureC: number | null,
  atS = 1_000,
): FleetCells => ({
  silenceS: 570,
  numbers: [1],
  atS: [atS],
  states: [state],
  hashrateThs: [hashrateThs],
  powerW: [null],
  chipTemperatureC: [chipTemperatureC],
  ratedHashrateThs: [200],
  racks: [null],
  rackRows: [null],
  rackColumns: [null],
});
const classes = (cells: FleetCells) => HEAT_MODES.map((mode) => classifyCell(cells, 0, mode, 1_010, 150));

it('colours a machine by its state, by its hash rate against the rating, and by its hottest chip', () => {
  expect(classes(cell('hashing', 199, 64))).toEqual(['hashing', 'full', 'from60']);
  expect(classes(cell('hashing', 170, 85))).toEqual(['hashing', 'low', 'from85']);
  expect(classes(cell('hashing', 100, null))).toEqual(['hashing', 'poor', 'notReported']);
  expect(classes(cell('faulty', null, 40))).toEqual(['faulty', 'none', 'below60']);
  expect(classes(cell('curtailed', null, 30))).toEqual(['curtailed', 'resting', 'below60']);
});

it('shows nothing of a machine whose last sample is too old', () => {
  expect(classes(cell('hashing', 199, 64, 859))).toEqual(['unknown', 'unknown', 'unknown']);
});

it('has a legend for every class that a cell can be of', () => {
  expect(new Set(Object.values(HEAT_CLASSES).flat())).toEqual(new Set(Object.keys(CLASS_TOKENS)));
});
