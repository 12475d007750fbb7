/** What colour a cell of the rack map has. The colours are tokens of the design system; the map reads them from the page. Pure. */
import type { TimeState } from '#app/features/telemetry/store/sample-state.ts';
import { type FleetCells, readState } from './fleet-cells.ts';

export const HEAT_MODES = ['status', 'hashrate', 'temperature'] as const;
export type HeatMode = (typeof HEAT_MODES)[number];

/** Names of tokens without their dashes. */
export const HEAT_TOKENS = ['hm-well', 'hm-low', 'hm-bad', 'hm-fault', 'hm-curt', 'hm-plan', 'hm-unk', 'q1', 'q2', 'q3', 'q4'] as const;
export type HeatToken = (typeof HEAT_TOKENS)[number];

/** Classes of a mode in the order of its legend. */
export const HEAT_CLASSES = {
  status: ['hashing', 'curtailed', 'planned', 'faulty', 'unknown'],
  hashrate: ['full', 'low', 'poor', 'none', 'unrated', 'resting', 'unknown'],
  temperature: ['below60', 'from60', 'from75', 'from85', 'from95', 'notReported', 'unknown'],
} as const;
export type HeatClass = (typeof HEAT_CLASSES)[HeatMode][number];

export const CLASS_TOKENS: Record<HeatClass, HeatToken> = {
  hashing: 'hm-well',
  curtailed: 'hm-curt',
  planned: 'hm-plan',
  faulty: 'hm-fault',
  unknown: 'hm-unk',
  full: 'hm-well',
  low: 'hm-low',
  poor: 'hm-bad',
  none: 'hm-fault',
  unrated: 'q2',
  resting: 'hm-curt',
  below60: 'q1',
  from60: 'q2',
  from75: 'q3',
  from85: 'q4',
  from95: 'hm-fault',
  notReported: 'hm-well',
};

/** Marks that say the same as the colour, for whoever cannot tell two of them apart. */
export const CLASS_MARKS: Partial<Record<HeatClass, 'cross' | 'hollow' | 'bar'>> = {
  faulty: 'cross',
  none: 'cross',
  from95: 'cross',
  unknown: 'hollow',
  curtailed: 'bar',
  resting: 'bar',
};

const FULL_RATIO = 0.95;
const LOW_RATIO = 0.8;

const RESTING: readonly TimeState[] = ['curtailed', 'planned'];

export function classifyCell(cells: FleetCells, index: number, mode: HeatMode, nowS: number, gapS: number): HeatClass {
  const state = readState(cells, index, nowS, gapS);
  if (mode === 'status' || state === 'unknown') return state;
  return mode === 'hashrate' ? classifyHashrate(cells, index, state) : classifyTemperature(cells.chipTemperatureC[index] ?? null);
}

function classifyHashrate(cells: FleetCells, index: number, state: TimeState): HeatClass {
  if (RESTING.includes(state)) return 'resting';
  const actualThs = cells.hashrateThs[index] ?? null;
  const ratedThs = cells.ratedHashrateThs[index] ?? null;
  if (state === 'faulty' || actualThs === 0) return 'none';
  if (actualThs === null || ratedThs === null) return 'unrated';
  const ratio = actualThs / ratedThs;
  return ratio >= FULL_RATIO ? 'full' : ratio >= LOW_RATIO ? 'low' : 'poor';
}

function classifyTemperature(chipTemperatureC: number | null): HeatClass {
  if (chipTemperatureC === null) return 'notReported';
  if (chipTemperatureC < 60) return 'below60';
  if (chipTemperatureC < 75) return 'from60';
  if (chipTemperatureC < 85) return 'from75';
  return chipTemperatureC < 95 ? 'from85' : 'from95';
}
