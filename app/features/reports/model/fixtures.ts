/** Fleets for this room's tests: seeded, plausible, and with market figures of their own so that nothing depends on the day. */
import type { UsedFigure, UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import type { NetworkInputs } from '#engine';
import type { FleetRow, FleetSource } from './fleet-source.ts';

const MODELS = [
  { model: 'Antminer S21', hashrateThs: 200, powerW: 3500, capexUsd: 3000 },
  { model: 'Antminer S19j Pro', hashrateThs: 104, powerW: 3068, capexUsd: 700 },
  { model: 'Whatsminer M50S', hashrateThs: 126, powerW: 3276, capexUsd: 1100 },
  { model: '蚂蚁 S19 XP', hashrateThs: 140, powerW: 3010, capexUsd: 1700 },
  { model: null, hashrateThs: 90, powerW: 3250, capexUsd: 300 },
] as const;

const figure = (value: number): UsedFigure => ({
  value,
  source: 'mempool.space',
  sourceUrl: 'https://mempool.space/api',
  at: '2026-11-20T06:00:00.000Z',
  origin: 'live',
});

const NETWORK: NetworkInputs = {
  height: 925_000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  epochElapsedS: 1_000_000,
  networkHashrateThs: 8.6e8,
  networkGrowthRatioPerMonth: 0.01,
  priceUsdPerBtc: 95_000,
  priceGrowthRatioPerMonth: 0.01,
  horizonMonths: 36,
  payoutModel: 'FPPS',
};

const MARKET: UsedMarket = {
  height: figure(NETWORK.height),
  difficulty: figure(NETWORK.difficulty),
  feesBtcPerBlock: figure(NETWORK.feesBtcPerBlock),
  priceUsdPerBtc: { ...figure(NETWORK.priceUsdPerBtc), source: 'Coinbase' },
  networkHashrateThs: figure(8.6e8),
  epochElapsedS: null,
};

export function aFleetRow(changes: Partial<FleetRow> = {}): FleetRow {
  return {
    model: 'Antminer S21',
    line: null,
    count: 100,
    hashrateThs: 200,
    powerW: 3500,
    powerUsdPerKwh: 0.05,
    poolFeeRatio: 0.02,
    uptimeRatio: 0.97,
    pue: 1.03,
    hashrateDecayRatioPerMonth: 0.002,
    hostingFeeUsdPerMonth: 0,
    maintenanceUsdPerMonth: 2,
    capexUsd: 3000,
    residualUsd: 150,
    heldRatio: 0.1,
    ...changes,
  };
}

export function aScenario(changes: Partial<FleetSource> = {}): FleetSource {
  return {
    kind: 'scenario',
    name: 'Antminer S21',
    network: NETWORK,
    discountRatioPerYear: 0.1,
    shutdownWhenUnprofitable: true,
    rows: [aFleetRow()],
    rowsFailed: 0,
    rowsSkipped: 0,
    hostedRows: 0,
    market: MARKET,
    ...changes,
  };
}

/** Small multiplicative generator (Park and Miller 1988): the same rows on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export function aBatch(rowCount: number, changes: Partial<FleetSource> = {}): FleetSource {
  const random = createRandom(20_261_122);
  const rows = Array.from({ length: rowCount }, (_, index) => {
    const { model, ...machine } = MODELS[Math.floor(random() * MODELS.length)]!;
    return aFleetRow({
      ...machine,
      model,
      line: index + 2,
      count: 1 + Math.floor(random() * 8),
      powerUsdPerKwh: 0.035 + Math.round(random() * 45) / 1000,
      uptimeRatio: 0.9 + Math.round(random() * 9) / 100,
      hashrateDecayRatioPerMonth: Math.round(random() * 5) / 1000,
    });
  });
  return aScenario({ kind: 'batch', name: '北方水电 2026', rows, rowsFailed: 3, rowsSkipped: 2, ...changes });
}
