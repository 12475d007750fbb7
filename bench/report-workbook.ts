/**
 * The workbook of a batch, each size in a process of its own: time to write it, its size, and the most memory the process ever held. The kernel counts the latter, so it
 * holds the loader, the engine, the rows and their answers as well. It reports and never gates. Bars of the product: 6,000 rows in 3 s; more of them in 300 MB.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { computeFleet } from '#app/features/reports/model/compute-fleet.ts';
import { aBatch } from '#app/features/reports/model/fixtures.ts';
import { toFleetDocument } from '#app/features/reports/wording/fleet-document.ts';
import { writeFleetWorkbook } from '#app/features/reports/xlsx/fleet-workbook.ts';
import { getEngine } from '#app/platform/engine.server.ts';

const SIZES = ['6000', '100000'] as const;
const MB_PER_KB = 1 / 1024;

const peakMb = () => (process.resourceUsage().maxRSS * MB_PER_KB).toFixed(0);
const cpuS = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

async function writeOne(rows: number): Promise<void> {
  const computed = computeFleet(await getEngine(), aBatch(rows));
  if (computed.kind !== 'ok') throw new Error(`refused: ${computed.field}`);
  const document = toFleetDocument(computed.fleet, { language: 'zh', workspace: null, logo: null, madeAt: '2026-11-22T08:00:00.000Z' });
  const computedMb = peakMb();
  const folder = await mkdtemp(join(tmpdir(), 'hashinsight-bench-'));
  try {
    const path = join(folder, 'report.xlsx');
    const [from, fromCpu] = [performance.now(), cpuS()];
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    await writeFleetWorkbook(computed.fleet, document, createWriteStream(path), options);
    const [tookS, tookCpuS] = [(performance.now() - from) / 1000, cpuS() - fromCpu];
    const { size } = await stat(path);
    console.info(
      `${rows} rows: written in ${tookS.toFixed(1)} s (${tookCpuS.toFixed(1)} s of processor), ${(size / 1e6).toFixed(1)} MB; memory at most ${peakMb()} MB, ${computedMb} MB of it before writing`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const [given] = process.argv.slice(2);
if (given !== undefined) await writeOne(Number(given));
else {
  console.info(`workbooks, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  for (const size of SIZES)
    execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), size], { stdio: 'inherit' });
}
