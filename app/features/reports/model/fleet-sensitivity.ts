/**
 * NPV of the whole fleet with one or two things moved and everything else held. Runs on the engine's columns: 6,000 rows take a few milliseconds a point. Pure.
 */
import type { Engine, NetworkInputs } from '#engine';
import { FIELDS } from '#engine/units/fields.ts';
import type { FleetRow, FleetSource } from './fleet-source.ts';

/** Factors on the price path, and USD/kWh on every row's power price. Ours: what a year can plausibly bring. */
export const PRICE_FACTORS = [0.6, 0.8, 1, 1.2, 1.4] as const;
export const POWER_DELTAS_USD_PER_KWH = [-0.02, -0.01, 0, 0.01, 0.02] as const;

/** How far each thing moves, down and up. `share`: of its own value; `points`: of its unit. */
export const SWINGS = [
  { name: 'price', kind: 'share', low: -0.2, high: 0.2 },
  { name: 'difficulty', kind: 'share', low: -0.2, high: 0.2 },
  { name: 'networkGrowth', kind: 'points', low: -0.01, high: 0.01 },
  { name: 'power', kind: 'share', low: -0.2, high: 0.2 },
  { name: 'capex', kind: 'share', low: -0.2, high: 0.2 },
  { name: 'uptime', kind: 'points', low: -0.05, high: 0.02 },
] as const;
export type SwingName = (typeof SWINGS)[number]['name'];

export type FleetSwing = { name: SwingName; low: number; high: number; npvAtLowUsd: number; npvAtHighUsd: number };

export type FleetSensitivity = {
  /** `npvUsd[y][x]`: price factor y, power price x. */
  npvUsd: number[][];
  /** Widest first. */
  swings: FleetSwing[];
};

/** A point: other network figures, or another figure of every row. `column` is written from the row's own value by `move`. */
type Point = { network: NetworkInputs; column: MovedColumn | null; move: (own: number) => number };
type MovedColumn = 'powerUsdPerKwh' | 'capexUsd' | 'uptimeRatio';

const clamp = (value: number, field: 'powerUsdPerKwh' | 'uptimeRatio' | 'networkGrowthRatioPerMonth') =>
  Math.min(Math.max(value, FIELDS[field].min), FIELDS[field].max);

export function computeFleetSensitivity(engine: Engine, source: FleetSource): FleetSensitivity {
  const { network } = source;
  const grid = PRICE_FACTORS.flatMap((factor) =>
    POWER_DELTAS_USD_PER_KWH.map((delta): Point => {
      return {
        network: { ...network, priceUsdPerBtc: network.priceUsdPerBtc * factor },
        column: 'powerUsdPerKwh',
        move: (own) => clamp(own + delta, 'powerUsdPerKwh'),
      };
    }),
  );
  const ends = SWINGS.flatMap(({ name, low, high }) => [toPoint(network, name, low), toPoint(network, name, high)]);
  const npvs = sumNpvs(engine, source, [...grid, ...ends]);
  const width = POWER_DELTAS_USD_PER_KWH.length;
  const swings = SWINGS.map(({ name, low, high }, index): FleetSwing => {
    const at = grid.length + 2 * index;
    return { name, low, high, npvAtLowUsd: npvs[at]!, npvAtHighUsd: npvs[at + 1]! };
  });
  const reach = ({ npvAtLowUsd, npvAtHighUsd }: FleetSwing) => Math.abs(npvAtHighUsd - npvAtLowUsd);
  return {
    npvUsd: PRICE_FACTORS.map((_, y) => npvs.slice(y * width, (y + 1) * width)),
    swings: swings.sort((a, b) => reach(b) - reach(a)),
  };
}

function toPoint(network: NetworkInputs, name: SwingName, by: number): Point {
  const same = { network, column: null, move: (own: number) => own };
  switch (name) {
    case 'price':
      return { ...same, network: { ...network, priceUsdPerBtc: network.priceUsdPerBtc * (1 + by) } };
    case 'difficulty': {
      // The hash rate moves along, so that blocks keep their times.
      const networkHashrateThs = network.networkHashrateThs === null ? null : network.networkHashrateThs * (1 + by);
      return { ...same, network: { ...network, difficulty: network.difficulty * (1 + by), networkHashrateThs } };
    }
    case 'networkGrowth': {
      const networkGrowthRatioPerMonth = clamp(network.networkGrowthRatioPerMonth + by, 'networkGrowthRatioPerMonth');
      return { ...same, network: { ...network, networkGrowthRatioPerMonth } };
    }
    case 'power':
      return { network, column: 'powerUsdPerKwh', move: (own) => clamp(own + by * Math.abs(own), 'powerUsdPerKwh') };
    case 'capex':
      return { network, column: 'capexUsd', move: (own) => own * (1 + by) };
    case 'uptime':
      return { network, column: 'uptimeRatio', move: (own) => clamp(own + by, 'uptimeRatio') };
  }
}

/** Tile by tile: rows are written once, then every point is computed on them. Throws when the engine refuses a moved input: the points stay inside the valid ranges. */
function sumNpvs(engine: Engine, source: FleetSource, points: readonly Point[]): number[] {
  const { tile } = engine;
  const sums = points.map(() => 0);
  for (let from = 0; from < source.rows.length; from += tile.capacity) {
    const rows = source.rows.slice(from, from + tile.capacity);
    for (const [index, row] of rows.entries()) writeRow(engine, index, row, source);
    for (const [place, { network, column, move }] of points.entries()) {
      if (column !== null) for (const [index, row] of rows.entries()) tile.machines[column][index] = move(row[column]);
      const result = tile.project(network, rows.length, { withIrr: false });
      if (result.kind === 'invalid') throw new Error(`the engine refused ${result.errors[0]?.field ?? 'a moved input'}`);
      for (let index = 0; index < rows.length; index += 1) sums[place]! += tile.results.npvUsd[index]!;
      if (column !== null) for (const [index, row] of rows.entries()) tile.machines[column][index] = row[column];
    }
  }
  return sums;
}

function writeRow({ tile }: Engine, index: number, row: FleetRow, source: FleetSource): void {
  const { model: _model, line: _line, ...machine } = row;
  for (const [name, value] of Object.entries(machine) as [keyof typeof machine, number][]) tile.machines[name][index] = value;
  tile.machines.discountRatioPerYear[index] = source.discountRatioPerYear;
  tile.machines.shutdownWhenUnprofitable[index] = source.shutdownWhenUnprofitable ? 1 : 0;
  tile.machines.priceScale[index] = 1;
  tile.machines.coinScale[index] = 1;
}
