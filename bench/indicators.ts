/**
 * Indicators over ten years of days and over 100,000 candles, and the windows under them beside their slow twins. Medians; it reports and never gates.
 */
import { cpus, loadavg } from 'node:os';
import { computeIndicator } from '#app/features/indicators/compute-indicator.ts';
import { aWalk } from '#app/features/indicators/indicators.fixture.ts';
import { defaultParams, INDICATORS } from '#app/features/indicators/registry.ts';
import { describeSignals } from '#app/features/indicators/signals/describe-signals.ts';
import { readShippedDays } from '#app/features/indicators/stored-history.server.ts';
import { naiveAge, naiveExtreme, naiveMoments, naiveSum, naiveWeightedSum } from '#app/features/indicators/windows.fixture.ts';
import { rollingAge, rollingExtreme, rollingMoments, rollingSum, rollingWeightedSum } from '#app/features/indicators/windows.ts';

const ROUNDS = 11;
const TEN_YEARS_DAYS = 3650;
const MANY = 100_000;
const PERIODS = [20, 200, 1000];

function measureMs(work: () => void, rounds = ROUNDS): number {
  const times = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`);

for (const length of [TEN_YEARS_DAYS, MANY]) {
  const columns = aWalk(length);
  const times = INDICATORS.map((indicator) => {
    const params = defaultParams(indicator);
    return { name: indicator.name, ms: measureMs(() => computeIndicator(indicator, columns, length, params)) };
  });
  const all = times.reduce((sum, { ms }) => sum + ms, 0);
  const slowest = times.sort((a, b) => b.ms - a.ms).slice(0, 3);
  console.log(
    `${INDICATORS.length} indicators over ${length} candles: ${all.toFixed(1)} ms; ${slowest.map(({ name, ms }) => `${name} ${ms.toFixed(2)} ms`).join(', ')}`,
  );
}

const { close } = aWalk(MANY);
const out = new Float64Array(MANY);
const deviation = new Float64Array(MANY);
for (const period of PERIODS) {
  const twins: Record<string, [() => void, () => void]> = {
    sum: [() => rollingSum(close, period, out), () => naiveSum(close, period)],
    'weighted sum': [() => rollingWeightedSum(close, period, out), () => naiveWeightedSum(close, period)],
    moments: [() => rollingMoments(close, period, out, deviation), () => naiveMoments(close, period)],
    extreme: [() => rollingExtreme(close, period, 1, out), () => naiveExtreme(close, period, 1)],
    age: [() => rollingAge(close, period, 1, out), () => naiveAge(close, period, 1)],
  };
  for (const [name, [fast, slow]] of Object.entries(twins)) {
    const [fastMs, slowMs] = [measureMs(fast), measureMs(slow, 3)];
    console.log(`${name} of ${period}: ${fastMs.toFixed(2)} ms, slow twin ${slowMs.toFixed(0)} ms, ${(slowMs / fastMs).toFixed(0)} times`);
  }
}

const history = readShippedDays();
console.log(`all signals over ${history.length} stored days: ${measureMs(() => describeSignals(history)).toFixed(1)} ms`);
