import { expect, it } from 'vitest';
import { findCycles, sumUp } from './count-samples.mjs';

const atS = (second) => new Date(1_790_000_000_000 + second * 1000).toISOString();
const event = (second, name, more = {}) => ({ at: atS(second), event: `polling.${name}`, ...more });
const machine = (cycles, failed = 0) => ({ machine: 1, rows: cycles.length, failed, cycles });
const whole = (count) => Array.from({ length: count }, (_, at) => ({ startS: 1_000 + 60 * at, isWhole: true }));

it('finds when cycles began, and which were cut off by a kill or a stop', () => {
  const events = [
    event(200, 'site-taken'),
    event(0, 'site-taken'),
    event(60, 'cycle'),
    event(120, 'missed'),
    event(61, 'database-away'),
    event(260, 'lost'),
    event(290, 'cycle'),
    event(291, 'lost', { because: 'the worker stopped' }),
  ];
  const start = 1_790_000_000;
  expect(findCycles(events, { cadenceS: 60 })).toEqual([
    { startS: start, isWhole: true },
    { startS: start + 60, isWhole: true },
    { startS: start + 120, isWhole: false },
    { startS: start + 200, isWhole: true },
    { startS: start + 260, isWhole: false },
  ]);
});

it('expects a row of every live machine in every whole cycle', () => {
  expect(sumUp([machine([1, 2, 3]), machine([1, 3])], whole(3))).toMatchObject({
    liveMachines: 2,
    wholeCycles: 3,
    expected: 6,
    rowsOfWhole: 5,
    missing: 1,
    mostMissing: 1,
    doubles: 0,
  });
});

it('tells a double from a hole, and counts the rows of a cut cycle apart', () => {
  const cycles = [...whole(2), { startS: 1_120, isWhole: false }];
  expect(sumUp([machine([1, 1, 3]), machine([1, 2])], cycles)).toMatchObject({
    expected: 4,
    rowsOfWhole: 4,
    rowsOfCut: 1,
    missing: 1,
    doubles: 1,
  });
});

it('leaves machines out that were silent, but not their rows', () => {
  expect(sumUp([machine([1, 2]), machine([1], 1)], whole(2))).toMatchObject({ rows: 3, failedRows: 1, liveMachines: 1, missing: 0 });
});

it('counts nothing where nothing was stored', () => {
  expect(sumUp([], [])).toMatchObject({ rows: 0, expected: 0, liveMachines: 0, doubles: 0 });
});
