/** Instances others published with their proven optima. The hardest of them take minutes and are measured by engine/bench/shed.bench.ts. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCurtailment } from '../../vectors/built-engines.ts';
import type { PublishedKnapsack } from '../../vectors/published-knapsacks.ts';
import { listJooken, listPisinger } from '../../vectors/published-knapsacks.ts';
import type { Curtailment, ShedPlan } from '../index.ts';

const folder = process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

let curtailment: Curtailment;
beforeAll(async () => {
  curtailment = await loadCurtailment('simd');
});

function solve({ problem }: PublishedKnapsack): ShedPlan {
  const answer = curtailment.shed(problem);
  if (answer.kind === 'invalid' || answer.status === 'infeasible') throw new Error('a knapsack was refused');
  return answer;
}

describe('published knapsacks as shed problems', { timeout: 60_000 }, () => {
  it.each([
    ...listPisinger(folder, 'low-dimensional'),
    ...listPisinger(folder, 'large_scale'),
  ])('reaches and proves the optimum of $name', (knapsack) => {
    const answer = solve(knapsack);
    expect(answer.status).toBe('optimal');
    // One file gives its optimum to four decimals only.
    expect(knapsack.totalValue - answer.lostUsd).toBeCloseTo(knapsack.optimum, 4);
  });

  it.each(listJooken(folder))('encloses the optimum of $name', (knapsack) => {
    const answer = solve(knapsack);
    expect(knapsack.totalValue - answer.lostUsd).toBeLessThanOrEqual(knapsack.optimum);
    expect(knapsack.totalValue - answer.boundUsd).toBeGreaterThanOrEqual(knapsack.optimum);
  });
});
