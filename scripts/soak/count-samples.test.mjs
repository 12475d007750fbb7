import { expect, it } from 'vitest';
import { sumUp } from './count-samples.mjs';

const machine = (figures) => ({ rows: 10, failed: 0, first_s: 1_000, last_s: 1_540, missing: 0, doubles: 0, ...figures });

it('expects a row of every live machine in every cycle', () => {
  expect(sumUp([machine(), machine({ rows: 9, missing: 1 })], { cadenceS: 60 })).toMatchObject({
    cycles: 10,
    liveMachines: 2,
    liveRows: 19,
    missing: 1,
    mostMissing: 1,
    doubles: 0,
  });
});

it('leaves machines out that were silent, but not their rows', () => {
  expect(sumUp([machine(), machine({ rows: 3, failed: 3, missing: 7 })], { cadenceS: 60 })).toMatchObject({
    rows: 13,
    failedRows: 3,
    liveMachines: 1,
    missing: 0,
  });
});

it('counts nothing where nothing was stored', () => {
  expect(sumUp([], { cadenceS: 60 })).toMatchObject({ rows: 0, cycles: 0, liveMachines: 0 });
});
