/**
 * `npm run bench`, engine part: the column kernel against tight JavaScript and, when clang is there, against the same kernel in C.
 * Medians of interleaved runs and their ratios; it reports and never gates. Results are compared bit for bit before anything is timed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Engine, NetworkInputs } from '#engine';
import { instantiateEngine } from '#engine';
import { mapMemory, NETWORK_FIELD_ORDER } from '../host/memory-map.ts';
import { openModule } from '../host/open-module.ts';
import type { BenchColumns, BenchPath } from './tight-javascript.ts';
import { projectColumnsInJavaScript } from './tight-javascript.ts';

const ROUNDS = 61;
/** Calls before anything is timed, so that both compilers have finished their work. */
const WARM_UP_ROUNDS = 40;
const MONTHS = 48;
const RESULTS = ['minedBtc', 'npvUsd', 'paybackMonths', 'profitUsd', 'shutdownMonth', 'buyBtc', 'mineBtc'] as const;
/** Column order of native.c. */
const NATIVE_COLUMNS = [
  'hashrateThs',
  'powerW',
  'count',
  'powerUsdPerKwh',
  'poolFeeRatio',
  'uptimeRatio',
  'pue',
  'hashrateDecayRatioPerMonth',
  'hostingFeeUsdPerMonth',
  'maintenanceUsdPerMonth',
  'capexUsd',
  'residualUsd',
  'heldRatio',
  'shutdownWhenUnprofitable',
  'priceScale',
  'coinScale',
] as const;
const DISCOUNT_RATIO_PER_YEAR = 0.1;

const NETWORK: NetworkInputs = {
  height: 925_000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  epochElapsedS: null,
  networkHashrateThs: null,
  networkGrowthRatioPerMonth: 0.01,
  priceUsdPerBtc: 80_000,
  priceGrowthRatioPerMonth: 0.01,
  horizonMonths: MONTHS,
  payoutModel: 'FPPS',
};

/** A fleet of mixed machines, the same on every run. */
function makeFleet(rowCount: number): BenchColumns {
  const column = (value: (row: number) => number) => Float64Array.from({ length: rowCount }, (_, row) => value(row));
  return {
    hashrateThs: column((row) => 90 + ((row * 37) % 180)),
    powerW: column((row) => 2900 + ((row * 53) % 1200)),
    count: column((row) => 1 + (row % 5)),
    powerUsdPerKwh: column((row) => 0.03 + ((row * 7) % 60) / 1000),
    poolFeeRatio: column(() => 0.02),
    uptimeRatio: column((row) => 0.9 + (row % 10) / 100),
    pue: column((row) => 1 + (row % 4) / 50),
    hashrateDecayRatioPerMonth: column((row) => (row % 3) / 500),
    hostingFeeUsdPerMonth: column((row) => row % 7),
    maintenanceUsdPerMonth: column(() => 2),
    capexUsd: column((row) => 800 + ((row * 91) % 4000)),
    residualUsd: column((row) => (row % 4) * 50),
    heldRatio: column((row) => (row % 5) / 10),
    discountRatioPerYear: column(() => DISCOUNT_RATIO_PER_YEAR),
    shutdownWhenUnprofitable: column((row) => row % 2),
    priceScale: column(() => 1),
    coinScale: column(() => 1),
  };
}

function emptyResults(rowCount: number): BenchColumns {
  return Object.fromEntries(RESULTS.map((name) => [name, new Float64Array(rowCount)]));
}

type Kernel = { wasm: ReturnType<typeof openModule>; map: ReturnType<typeof mapMemory> };

/** A module with the benchmark's path in its memory: from here on only the column kernel is timed, as only it is in the baselines. */
function openKernel(build: 'simd' | 'scalar'): Kernel {
  const wasm = openModule(build);
  const map = mapMemory(wasm);
  NETWORK_FIELD_ORDER.forEach((name, index) => {
    const value = NETWORK[name];
    map.network[index] = value === null ? Number.NaN : value;
  });
  if (wasm.runPath() !== 0) throw new Error('the benchmark network was refused');
  return { wasm, map };
}

/** All rows through the kernel, tile by tile. Fleets that fit one tile stay in it: nothing is copied in or out. */
function projectInWasm({ wasm, map }: Kernel, fleet: BenchColumns, results: BenchColumns, rowCount: number, options: number): void {
  const capacity = wasm.TILE_ROWS.value;
  const isResident = rowCount <= capacity;
  for (let from = 0; from < rowCount; from += capacity) {
    const rows = Math.min(capacity, rowCount - from);
    if (!isResident) for (const [name, column] of Object.entries(map.machines)) column.set(fleet[name]!.subarray(from, from + rows));
    wasm.projectTile(rows, options);
    if (!isResident) for (const name of RESULTS) results[name]!.set(map.results[name].subarray(0, rows), from);
  }
}

function makePath(engine: Engine): BenchPath {
  const path = engine.path(NETWORK);
  if (path.kind === 'invalid') throw new Error('the benchmark network was refused');
  const inverseMeanPrice = path.meanPriceUsdPerBtc.map((price) => 1 / price);
  return {
    months: MONTHS,
    btcPerThs: path.btcPerThs,
    usdPerThs: path.usdPerThs,
    inverseMeanPrice,
    inverseMeanPriceSum: inverseMeanPrice.reduce((sum, inverse) => sum + inverse, 0),
    exitPriceUsdPerBtc: path.exitPriceUsdPerBtc,
    priceUsdPerBtc: NETWORK.priceUsdPerBtc,
  };
}

function assertSameBits(expected: BenchColumns, actual: BenchColumns, rowCount: number): void {
  for (const name of RESULTS) {
    for (let row = 0; row < rowCount; row++) {
      if (!Object.is(expected[name]![row], actual[name]![row])) throw new Error(`${name} of row ${row} differs`);
    }
  }
}

function medianMs(samples: number[]): number {
  return samples.sort((a, b) => a - b)[samples.length >> 1]!;
}

function time(run: () => void): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

/** Median of the C kernel, ms; null without clang. */
function measureNative(fleet: BenchColumns, path: BenchPath, discountFactor: number, rowCount: number): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'hashinsight-bench-'));
  try {
    const program = join(folder, 'native');
    const compiled = spawnSync('clang', ['-O3', '-march=native', '-ffp-contract=off', 'engine/bench/native.c', '-o', program, '-lm']);
    if (compiled.status !== 0) return null;
    const data = Float64Array.from([
      ...NATIVE_COLUMNS.flatMap((name) => [...fleet[name]!]),
      ...path.usdPerThs,
      ...path.btcPerThs,
      ...path.inverseMeanPrice,
      path.inverseMeanPriceSum,
      path.exitPriceUsdPerBtc,
      path.priceUsdPerBtc,
      discountFactor,
    ]);
    const file = join(folder, 'columns.bin');
    writeFileSync(file, data);
    const run = spawnSync(program, [file, String(rowCount), String(MONTHS), String(ROUNDS)], { encoding: 'utf8' });
    if (run.status !== 0) return null;
    return Number(run.stdout.split(' ')[0]) / 1e6;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function benchRows(rowCount: number): Promise<void> {
  const facade = await instantiateEngine(readFileSync('engine/build/engine.simd.wasm'));
  const simd = openKernel('simd');
  const scalar = openKernel('scalar');
  const fleet = makeFleet(rowCount);
  const path = makePath(facade);
  const discountFactor = readDiscountFactor(facade);
  const fromJavaScript = emptyResults(rowCount);
  const fromWasm = emptyResults(rowCount);
  const isResident = rowCount <= facade.tile.capacity;
  if (isResident) {
    for (const { machines } of [simd.map, scalar.map, facade.tile])
      for (const [name, column] of Object.entries(machines)) column.set(fleet[name]!);
  }
  const javaScript = () => projectColumnsInJavaScript(fleet, fromJavaScript, rowCount, path, discountFactor);
  const withSimd = () => projectInWasm(simd, fleet, fromWasm, rowCount, 0);
  const withScalar = () => projectInWasm(scalar, fleet, fromWasm, rowCount, 0);
  const withIrr = () => projectInWasm(simd, fleet, fromWasm, rowCount, simd.wasm.WITH_IRR.value);
  javaScript();
  withScalar();
  assertSameBits(fromJavaScript, isResident ? scalar.map.results : fromWasm, rowCount);
  withSimd();
  assertSameBits(fromJavaScript, isResident ? simd.map.results : fromWasm, rowCount);
  const samples = { javaScript: [] as number[], simd: [] as number[], scalar: [] as number[], irr: [] as number[], facade: [] as number[] };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    javaScript();
    withSimd();
    withScalar();
  }
  for (let round = 0; round < ROUNDS; round++) {
    samples.javaScript.push(time(javaScript));
    samples.simd.push(time(withSimd));
    samples.scalar.push(time(withScalar));
    if (round % 4 === 0) samples.irr.push(time(withIrr));
    if (isResident) samples.facade.push(time(() => facade.tile.project(NETWORK, rowCount, { withIrr: false })));
  }
  const javaScriptMs = medianMs(samples.javaScript);
  const simdMs = medianMs(samples.simd);
  const nativeMs = measureNative(fleet, path, discountFactor, rowCount);
  const line = (label: string, ms: number) =>
    console.log(`  ${label.padEnd(52)} ${ms.toFixed(3).padStart(9)} ms   ${(javaScriptMs / ms).toFixed(2).padStart(6)} x JavaScript`);
  console.log(`${rowCount} rows x ${MONTHS} months${isResident ? ', columns resident in the module' : ', copied in and out tile by tile'}`);
  line('tight JavaScript (typed arrays)', javaScriptMs);
  line('engine, SIMD', simdMs);
  line('engine, scalar', medianMs(samples.scalar));
  line('engine, SIMD, with the IRR of every row', medianMs(samples.irr));
  if (isResident) line('engine, SIMD, with path, range checks and today', medianMs(samples.facade));
  if (nativeMs === null) {
    console.log('  C by clang -O3: not measured, clang is not installed');
  } else {
    line('C by clang -O3 -march=native', nativeMs);
    console.log(`  engine, SIMD, is at ${(nativeMs / simdMs).toFixed(2)} of the speed of native C`);
  }
}

/** (1 + r)^(-1/12) as the module rounds it, so that results can be compared bit for bit: the NPV of one dollar after a month. */
function readDiscountFactor(engine: Engine): number {
  const { machines, results } = engine.tile;
  for (const column of Object.values(machines)) column.fill(0, 0, 2);
  machines.count.fill(1, 0, 2);
  machines.priceScale.fill(1, 0, 2);
  machines.residualUsd.fill(1, 0, 2);
  machines.discountRatioPerYear.fill(DISCOUNT_RATIO_PER_YEAR, 0, 2);
  engine.tile.project({ ...NETWORK, horizonMonths: 1 }, 1, { withIrr: false });
  return results.npvUsd[0]!;
}

console.log(
  `engine bench: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]!.toFixed(2)}`,
);
for (const build of ['simd', 'scalar']) {
  const bytes = readFileSync(`engine/build/engine.${build}.wasm`);
  console.log(`engine.${build}.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
}
await benchRows(6000);
await benchRows(100_000);
// What lies beside this file runs after it: nothing else may be measured at the same time.
await import('./risk.bench.ts');
await import('./plan.bench.ts');
await import('./flexible.bench.ts');
