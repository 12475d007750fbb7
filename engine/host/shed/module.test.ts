/** The module's knapsack behind the facade's back: with a ceiling against every choice, and with columns no host would write. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../vectors/random-inputs.ts';
import { openCurtailmentModule } from '../open-module.ts';
import type { CurtailmentExports } from '../wasm-exports.ts';

type Option = readonly [units: number, cost: number];

function openColumns(wasm: CurtailmentExports) {
  const { buffer } = wasm.memory;
  return {
    starts: new Int32Array(buffer, wasm.SHED_STARTS_PTR.value, wasm.MAX_SHED_MACHINES.value + 1),
    units: new Float64Array(buffer, wasm.SHED_UNITS_PTR.value, wasm.MAX_SHED_OPTIONS.value),
    cost: new Float64Array(buffer, wasm.SHED_COST_PTR.value, wasm.MAX_SHED_OPTIONS.value),
    choice: new Int32Array(buffer, wasm.SHED_CHOICE_PTR.value, wasm.MAX_SHED_MACHINES.value),
    scalars: new Float64Array(buffer, wasm.SHED_SCALARS_PTR.value, wasm.SHED_SCALAR_COUNT.value),
  };
}

const wasm = openCurtailmentModule('simd');
const columns = openColumns(wasm);

function write(machines: readonly (readonly Option[])[], choice: readonly number[]): void {
  let next = 0;
  machines.forEach((options, index) => {
    columns.starts[index] = next;
    columns.choice[index] = next + choice[index]!;
    for (const [units, cost] of options) {
      columns.units[next] = units;
      columns.cost[next++] = cost;
    }
  });
  columns.starts[machines.length] = next;
}

function listChoices(machines: readonly (readonly Option[])[]): { choice: number[]; units: number; cost: number }[] {
  return machines.reduce(
    (choices, options) =>
      choices.flatMap(({ choice, units, cost }) =>
        options.map((option, index) => ({ choice: [...choice, index], units: units + option[0], cost: cost + option[1] })),
      ),
    [{ choice: [] as number[], units: 0, cost: 0 }],
  );
}

describe('the knapsack in the module', { timeout: 60_000 }, () => {
  it('finds and proves the cheapest of all choices, with and without a ceiling on power', () => {
    const random = createRandom(77);
    const draw = (limit: number) => Math.floor((random() - 0.2) * limit);
    let withCeiling = 0;
    for (let run = 0; run < 12_000; run += 1) {
      const [power, money] = [[5, 50, 3000, 1e9][run % 4]!, [3, 8, 40, 1e12][(run >> 2) % 4]!];
      const machines = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
        Array.from({ length: 1 + Math.floor(random() * 4) }, (): Option => [draw(power), draw(money)]),
      );
      const choices = listChoices(machines);
      const most = Math.max(...choices.map(({ units }) => units));
      const target = Math.floor(most * (random() * 1.2 - 0.1));
      const ceiling = random() < 0.5 ? Math.floor(random() * power) : -1;
      const allowed = choices.filter(({ units }) => units >= target && (ceiling < 0 || units <= target + ceiling));
      const start = allowed[Math.floor(random() * allowed.length)] ?? choices[0]!;
      write(machines, start.choice);
      const status = wasm.solveShed(machines.length, target, ceiling, 1e6);
      if (allowed.length === 0) {
        expect(status, `run ${run}`).toBe(target > most ? 3 : 4);
        continue;
      }
      withCeiling += ceiling < 0 ? 0 : 1;
      const best = Math.min(...allowed.map(({ cost }) => cost));
      expect([status, columns.scalars[0], columns.scalars[1]], `run ${run}`).toEqual([0, best, best]);
    }
    expect(withCeiling).toBeGreaterThan(1500);
  });

  it.each(['simd', 'scalar'] as const)('refuses in the %s build columns that are no problem, without a trap', (build) => {
    const module = openCurtailmentModule(build);
    const own = openColumns(module);
    const solve = (machines: number, target = 0, ceiling = -1, work = 1000) => module.solveShed(machines, target, ceiling, work);
    own.starts.set([0, 2, 3]);
    expect(solve(2)).toBe(0);
    expect([solve(-1), solve(20_001)]).toEqual([1, 1]);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53 + 2, -1e300]) {
      expect(solve(2, value)).toBe(2);
      own.units[1] = value;
      expect(solve(2)).toBe(2);
      own.units[1] = 0;
      own.cost[2] = value;
      expect(solve(2)).toBe(2);
      own.cost[2] = 0;
    }
    expect(solve(2, 1)).toBe(3);
    expect([solve(2, 0, Number.NaN), solve(2, 0, -1, -1), solve(2, 0, -1, Number.NaN)]).toEqual([2, 2, 2]);
    for (const starts of [
      [0, 0, 3],
      [2, 1, 3],
      [-5, 2, 3],
      [0, 2, 0],
    ]) {
      own.starts.set(starts);
      expect(solve(2)).toBe(2);
    }
    own.starts.set([0, 2, 160_001]);
    expect(solve(2)).toBe(1);
    own.starts.set([0, 2, 3]);
    own.choice.set([7, 2]);
    expect(solve(2, 0, 5)).toBe(4);
  });
});
