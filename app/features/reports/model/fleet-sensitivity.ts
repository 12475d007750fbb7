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

type Moved = { network: NetworkInputs; move: (row: FleetRow) => FleetRow };

const clamp = (value: number, field: 'powerUsdPerKwh' | 'uptimeRatio' | 'networkGrowthRatioPerMonth') =>
  Math.min(Math.max(value, FIELDS[field].min), FIELDS[field].max);

export function computeFleetSensitivity(engine: Engine, source: FleetSource): FleetSensitivity {
  const { network } = source;
  const npvUsd = PRICE_FACTORS.map((factor) =>
    POWER_DELTAS_USD_PER_KWH.map((delta) =>
      sumNpvUsd(engine, source, {
        network: { ...network, priceUsdPerBtc: network.priceUsdPerBtc * factor },
        move: (row) => ({ ...row, powerUsdPerKwh: clamp(row.powerUsdPerKwh + delta, 'powerUsdPerKwh') }),
      }),
    ),
  );
  const swings = SWINGS.map(({ name, low, high }): FleetSwing => {
    return {
      name,
      low,
      high,
      npvAtLowUsd: sumNpvUsd(engine, source, swing(network, name, low)),
      npvAtHighUsd: sumNpvUsd(engine, source, swing(network, name, high)),
    };
  });
  const width = ({ npvAtLowUsd, npvAtHighUsd }: FleetSwing) => Math.abs(npvAtHighUsd - npvAtLowUsd);
  return { npvUsd, swings: swings.sort((a, b) => width(b) - width(a)) };
}

function swing(network: NetworkInputs, name: SwingName, by: number): Moved {
  const stay = (row: FleetRow) => row;
  switch (name) {
    case 'price':
      return { network: { ...network, priceUsdPerBtc: network.priceUsdPerBtc * (1 + by) }, move: stay };
    case 'difficulty': {
      // The hash rate moves along, so that blocks keep their times.
      const networkHashrateThs = network.networkHashrateThs === null ? null : network.networkHashrateThs * (1 + by);
      return { network: { ...network, difficulty: network.difficulty * (1 + by), networkHashrateThs }, move: stay };
    }
    case 'networkGrowth': {
      const networkGrowthRatioPerMonth = clamp(network.networkGrowthRatioPerMonth + by, 'networkGrowthRatioPerMonth');
      return { network: { ...network, networkGrowthRatioPerMonth }, move: stay };
    }
    case 'power':
      return {
        network,
        move: (row) => ({ ...row, powerUsdPerKwh: clamp(row.powerUsdPerKwh + by * Math.abs(row.powerUsdPerKwh), 'powerUsdPerKwh') }),
      };
    case 'capex':
      return { network, move: (row) => ({ ...row, capexUsd: row.capexUsd * (1 + by) }) };
    case 'uptime':
      return { network, move: (row) => ({ ...row, uptimeRatio: clamp(row.uptimeRatio + by, 'uptimeRatio') }) };
  }
}

/** Throws when the engine refuses a moved input: the swings stay inside the valid ranges. */
function sumNpvUsd(engine: Engine, source: FleetSource, { network, move }: Moved): number {
  const { tile } = engine;
  let npvUsd = 0;
  for (let from = 0; from < source.rows.length; from += tile.capacity) {
    const rows = source.rows.slice(from, from + tile.capacity);
    rows.forEach((row, index) => {
      writeRow(engine, index, move(row), source);
    });
    const result = tile.project(network, rows.length, { withIrr: false });
    if (result.kind === 'invalid') throw new Error(`the engine refused ${result.errors[0]?.field ?? 'a moved input'}`);
    for (let index = 0; index < rows.length; index += 1) npvUsd += tile.results.npvUsd[index]!;
  }
  return npvUsd;
}

function writeRow({ tile }: Engine, index: number, row: FleetRow, source: FleetSource): void {
  const { model: _model, line: _line, ...machine } = row;
  for (const [name, value] of Object.entries(machine) as [keyof typeof machine, number][]) tile.machines[name][index] = value;
  tile.machines.discountRatioPerYear[index] = source.discountRatioPerYear;
  tile.machines.shutdownWhenUnprofitable[index] = source.shutdownWhenUnprofitable ? 1 : 0;
  tile.machines.priceScale[index] = 1;
  tile.machines.coinScale[index] = 1;
}
