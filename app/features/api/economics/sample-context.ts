/** A small catalogue and a market snapshot for this room's tests; figures are made up and round. */
import type { Machine } from '#app/features/catalogue/machine.ts';
import { type MarketFigure, type MarketSnapshot, unknownFigure } from '#app/features/market/snapshot.ts';
import type { RequestContext } from './read-roi-request.ts';

function aFigure(value: number | null): MarketFigure {
  if (value === null) return unknownFigure('live');
  return { value, source: 'example', sourceUrl: 'https://example.com', at: '2026-01-02T03:04:05.000Z', origin: 'live' };
}

export function aSnapshot(figures: Partial<Record<keyof MarketSnapshot, number | null>> = {}): MarketSnapshot {
  const known = {
    height: 925_000,
    difficulty: 1.2e14,
    feesBtcPerBlock: 0.03,
    priceUsdPerBtc: 80_000,
    networkHashrateThs: 8.8e8,
    epochElapsedS: 500_000,
    cnyPerUsd: 7.1,
    ...figures,
  };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name, aFigure(value)])) as MarketSnapshot;
}

export const SAMPLE_MACHINE: Machine = {
  name: 'Sample S1',
  slug: 'sample-s1',
  maker: 'Bitmain',
  hashrateThs: 200,
  powerW: 3500,
  efficiencyJPerTh: 17.5,
  releasedAt: null,
  cooling: 'air',
  source: 'made up',
  doubt: null,
};

export function aContext(snapshot: MarketSnapshot = aSnapshot()): RequestContext {
  return {
    snapshot,
    findMachine: (name) => (name.toLowerCase() === 'sample s1' ? SAMPLE_MACHINE : null),
    suggestMachines: (name) => (name.startsWith('Sample') ? [SAMPLE_MACHINE] : []),
  };
}
