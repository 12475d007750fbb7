/**
 * A batch of different machines: figures of all rows as a slider moves them (no IRR), with IRR as they come to rest, and the sums. Medians; it reports and
 * never gates. Bars of the product: 6,000 rows in 5 ms, 100,000 in 250 ms.
 */
import { cpus, loadavg } from 'node:os';
import { createAdviser } from '#app/features/batch/computing/advise.ts';
import { toColumns } from '#app/features/batch/computing/batch-columns.ts';
import { toBreakEvenCurve } from '#app/features/batch/computing/break-even-curve.ts';
import { createBatchComputer } from '#app/features/batch/computing/compute-batch.ts';
import { aRow, SCENARIO } from '#app/features/batch/computing/computing.fixture.ts';
import { groupRows } from '#app/features/batch/computing/groups.ts';
import { summariseBatch } from '#app/features/batch/computing/summarise.ts';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { createRandom } from '#engine/vectors/random-inputs.ts';

const ROUNDS = 31;
const SIZES = [6000, 100_000] as const;

function makeRows(count: number) {
  const random = createRandom(20_261_122);
  return Array.from({ length: count }, () =>
    aRow({
      count: 1 + Math.floor(9 * random()),
      hashrateThs: 80 + 200 * random(),
      powerW: 2500 + 2500 * random(),
      powerUsdPerKwh: 0.03 + 0.05 * random(),
      capexUsd: 500 + 4000 * random(),
      hashrateDecayRatioPerMonth: 0.005 * random(),
    }),
  );
}

function measure(label: string, run: (round: number) => void): void {
  run(0);
  const samples = Array.from({ length: ROUNDS }, (_, round) => {
    const from = performance.now();
    run(round + 1);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  console.info(`${label.padEnd(52)} median ${samples[ROUNDS >> 1]!.toFixed(2)} ms, fastest ${samples[0]!.toFixed(2)} ms`);
}

const engine = await loadBuild('simd');
console.info(`batch: ${SCENARIO.network.horizonMonths} months, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`);
for (const size of SIZES) {
  const computer = createBatchComputer(engine, toColumns(makeRows(size)));
  const adviser = createAdviser(engine, size);
  const at = (round: number) => ({ ...SCENARIO, network: { ...SCENARIO.network, priceUsdPerBtc: 60_000 + 100 * round } });
  const compute = (round: number, withIrr: boolean) => {
    const batch = computer.compute(at(round), { withIrr });
    if (batch.kind !== 'ok') throw new Error('the scenario was refused');
    return batch;
  };
  measure(`${size} rows, while a slider moves`, (round) => compute(round, false));
  measure(`${size} rows, with each row's IRR`, (round) => compute(round, true));
  const batch = compute(1, true);
  measure(`${size} rows, summary`, () => summariseBatch(batch));
  measure(`${size} rows, break-even curve`, () => toBreakEvenCurve(batch));
  measure(`${size} rows, groups of 50 models`, () => groupRows(batch, (row) => String(row % 50)));
  const options = {
    sell: { usdPerThs: 5 },
    move: { powerUsdPerKwh: 0.04, costUsdPerMachine: 40 },
    underclock: { hashrateRatio: 0.8, powerRatio: 0.7 },
  };
  measure(`${size} rows, advice`, () => adviser.advise(batch, at(1), options));
}
