/**
 * Published knapsack instances as shed problems: an item is a machine that draws its weight and earns its value; what does not fit must be shed. The files lie beside
 * the project (Pisinger; Jooken, Leyman, De Causmaecker 2022) and are not part of it: the caller says in which folder.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { ShedProblem } from '../host/index.ts';

/** `optimum`: best value published, proven there. `totalValue - lostUsd` is the value packed. */
export type PublishedKnapsack = { name: string; optimum: number; totalValue: number; problem: ShedProblem };

type Item = { value: number; weight: number };

function toShedProblem(items: readonly Item[], capacity: number): ShedProblem {
  const totalWeight = items.reduce((sum, { weight }) => sum + weight, 0);
  return {
    // Six decimals at most in any file: the difference of the sums is one of them again.
    targetW: Math.max(0, Math.round((totalWeight - capacity) * 1e6) / 1e6),
    durationHours: 1,
    strategy: 'least-profit',
    custom: null,
    machines: items.map(({ value, weight }, index) => ({
      id: String(index).padStart(5, '0'),
      client: null,
      tier: null,
      score: null,
      locked: false,
      restartUsd: 0,
      current: 1,
      modes: [
        { powerW: 0, profitUsdPerHour: 0 },
        { powerW: weight, profitUsdPerHour: value },
      ],
    })),
  };
}

function readNumbers(path: string): number[][] {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => line.trim().split(/\s+/).map(Number));
}

function toKnapsack(name: string, items: readonly Item[], capacity: number, optimum: number): PublishedKnapsack {
  const totalValue = items.reduce((sum, { value }) => sum + value, 0);
  return { name, optimum, totalValue, problem: toShedProblem(items, capacity) };
}

/** First line: items and capacity; then value and weight of each. */
export function listPisinger(dataFolder: string, collection: 'low-dimensional' | 'large_scale'): PublishedKnapsack[] {
  const folder = `${dataFolder}/knapsack/pisinger/${collection}`;
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const [head, ...lines] = readNumbers(`${folder}/${name}`);
      const items = lines.slice(0, head![0]!).map(([value, weight]) => ({ value: value!, weight: weight! }));
      return toKnapsack(name, items, head![1]!, readNumbers(`${folder}-optimum/${name}`)[0]![0]!);
    });
}

/** First line: items; then number, value and weight of each; last line: capacity. */
export function listJooken(dataFolder: string): PublishedKnapsack[] {
  const folder = `${dataFolder}/knapsack/jooken`;
  const [, ...rows] = readFileSync(`${folder}/optima.csv`, 'utf8').trim().split(/\r?\n/);
  return rows.map((row) => {
    const [name, optimum] = row.split(',');
    const [head, ...lines] = readNumbers(`${folder}/${name}.in`);
    const items = lines.slice(0, head![0]!).map(([, value, weight]) => ({ value: value!, weight: weight! }));
    return toKnapsack(name!, items, lines[head![0]!]![0]!, Number(optimum));
  });
}
