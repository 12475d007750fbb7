/**
 * Curtailment inside ROI: 8,760 hours x 48 months through the facade, for one machine and for 6,000 machines of 500 different classes. Medians of the rounds and the
 * fastest one; it reports and never gates.
 */
import { cpus, loadavg } from 'node:os';
import type { FleetMachine, RestartCost, RoiInputs } from '#engine';
import { type BuildName, loadBuild } from '../vectors/built-engines.ts';
import { listVectorCases } from '../vectors/cases.ts';
import { createRandom } from '../vectors/random-inputs.ts';

const ROUNDS = 15;
const FLEET_SIZE = 6000;
const CLASSES = 500;
const INPUTS: RoiInputs = { ...listVectorCases()[0]!.input, horizonMonths: 48 };

function makeCurve(): number[] {
  const random = createRandom(1);
  return Array.from(
    { length: 8760 },
    (_, hour) => 0.05 * (1 + 0.5 * Math.sin((hour * 2 * Math.PI) / 24)) * (0.5 + random()) * (random() < 0.02 ? 8 : 1),
  );
}

function makeFleet(): (FleetMachine & RestartCost)[] {
  const random = createRandom(2);
  const classes = Array.from({ length: CLASSES }, () => ({
    ...INPUTS,
    hashrateThs: 80 + 200 * random(),
    powerW: 2500 + 2500 * random(),
    restartUsd: 0.1 * random(),
    bootMinutes: 15,
  }));
  return Array.from({ length: FLEET_SIZE }, (_, index) => classes[index % CLASSES]!);
}

function measure(label: string, run: () => void): void {
  run();
  const samples = Array.from({ length: ROUNDS }, () => {
    const from = performance.now();
    run();
    return performance.now() - from;
  }).sort((a, b) => a - b);
  console.log(
    `  ${label.padEnd(52)} median ${samples[ROUNDS >> 1]!.toFixed(1).padStart(7)} ms   fastest ${samples[0]!.toFixed(1).padStart(7)} ms`,
  );
}

async function bench(name: BuildName): Promise<void> {
  const engine = await loadBuild(name);
  const curve = { usdPerKwh: makeCurve(), firstPart: 0 };
  const machines = makeFleet();
  console.log(`${name} build, 8,760 hours x 48 months, load ${loadavg()[0]!.toFixed(2)}`);
  measure('one machine', () => engine.flexible(INPUTS, curve, { restartUsd: 0.05, bootMinutes: 15 }));
  measure(`${FLEET_SIZE} machines of ${CLASSES} classes`, () =>
    engine.flexibleFleet({ network: INPUTS, machines, discountRatioPerYear: 0.1 }, curve),
  );
}

console.log(`flexible bench: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`);
await bench('simd');
await bench('scalar');
