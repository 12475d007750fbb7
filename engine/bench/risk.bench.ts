/**
 * Risk: 10,000 paths of 48 months for one machine and for a fleet of 6,000 different machines, through the facade. Medians of the rounds and the fastest one; it
 * reports and never gates. Every round has a seed of its own, so that paths are simulated anew.
 */
import { cpus, loadavg } from 'node:os';
import type { FleetMachine, RiskOptions, RoiInputs } from '#engine';
import { type BuildName, loadBuild } from '../vectors/built-engines.ts';
import { createRandom } from '../vectors/random-inputs.ts';

const ROUNDS = 25;
const FLEET_SIZE = 6000;
const OPTIONS: RiskOptions = { seed: 1, paths: 10_000, priceVolatilityPerYear: 0.6, networkVolatilityPerYear: 0.2, correlation: 0.2 };

const INPUTS: RoiInputs = {
  height: 925_000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  epochElapsedS: null,
  networkHashrateThs: null,
  networkGrowthRatioPerMonth: 0.02,
  priceUsdPerBtc: 80_000,
  priceGrowthRatioPerMonth: 0.01,
  horizonMonths: 48,
  payoutModel: 'FPPS',
  hashrateThs: 200,
  powerW: 3500,
  count: 1,
  powerUsdPerKwh: 0.05,
  poolFeeRatio: 0.02,
  uptimeRatio: 0.97,
  pue: 1,
  hashrateDecayRatioPerMonth: 0.002,
  hostingFeeUsdPerMonth: 0,
  maintenanceUsdPerMonth: 0,
  capexUsd: 3000,
  residualUsd: 0,
  heldRatio: 0,
  discountRatioPerYear: 0.1,
  shutdownWhenUnprofitable: true,
  clientPowerUsdPerKwh: null,
  hostCapexUsd: 0,
};

/** Machines that all differ; `hasOwnDecay`: their order by cost changes from month to month and is sorted again. */
function makeFleet(hasOwnDecay: boolean): FleetMachine[] {
  const random = createRandom(20_090_103);
  const { discountRatioPerYear: _discount, ...machine } = INPUTS;
  return Array.from({ length: FLEET_SIZE }, () => ({
    ...machine,
    hashrateThs: 80 + 200 * random(),
    powerW: 2500 + 2500 * random(),
    powerUsdPerKwh: 0.03 + 0.05 * random(),
    hashrateDecayRatioPerMonth: hasOwnDecay ? 0.005 * random() : 0.002,
  }));
}

function measure(label: string, run: (seed: number) => void): void {
  const samples = Array.from({ length: ROUNDS }, (_, index) => {
    const from = performance.now();
    run(index + 1);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  console.log(
    `  ${label.padEnd(62)} median ${samples[ROUNDS >> 1]!.toFixed(1).padStart(7)} ms   fastest ${samples[0]!.toFixed(1).padStart(7)} ms`,
  );
}

async function bench(name: BuildName): Promise<void> {
  const engine = await loadBuild(name);
  const fleet = makeFleet(false);
  const ageingFleet = makeFleet(true);
  const network = INPUTS;
  const discountRatioPerYear = 0.1;
  engine.risk(INPUTS, { ...OPTIONS, paths: 100 });
  engine.riskOfFleet({ network, machines: fleet.slice(0, 10), discountRatioPerYear }, { ...OPTIONS, paths: 100 });
  console.log(`${name} build, 10,000 paths x 48 months, load ${loadavg()[0]!.toFixed(2)}`);
  measure('one machine', (seed) => engine.risk(INPUTS, { ...OPTIONS, seed }));
  measure('one machine, other machine inputs on the same paths', (seed) => engine.risk({ ...INPUTS, capexUsd: 3000 + seed }, OPTIONS));
  measure(`fleet of ${FLEET_SIZE} different machines`, (seed) =>
    engine.riskOfFleet({ network, machines: fleet, discountRatioPerYear }, { ...OPTIONS, seed }),
  );
  measure(`fleet of ${FLEET_SIZE}, each with a decay of its own`, (seed) =>
    engine.riskOfFleet({ network, machines: ageingFleet, discountRatioPerYear }, { ...OPTIONS, seed }),
  );
}

console.log(`risk bench: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
await bench('simd');
await bench('scalar');
