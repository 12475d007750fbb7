/**
 * The PDF of a batch with all its rows, 6,000 of them: time from the figures to the file, processor time of this process and of the browser's processes, size. It reports
 * and never gates. Bar of the product: 20 s.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { computeFleet } from '#app/features/reports/model/compute-fleet.ts';
import { aBatch } from '#app/features/reports/model/fixtures.ts';
import { createBrowserPool } from '#app/features/reports/pdf/browser-pool.server.ts';
import { openPrintRoom } from '#app/features/reports/pdf/print-room.server.ts';
import { renderPdf } from '#app/features/reports/pdf/render-pdf.server.ts';
import { toFleetDocument } from '#app/features/reports/wording/fleet-document.ts';
import { getEngine } from '#app/platform/engine.server.ts';

const ROWS = 6000;
const ROUNDS = 2;
const TICKS_PER_S = 100;

/** Processor time of a process and all below it, ended ones included, as the kernel counts (Linux only): the browser does its work in several. */
function familyCpuS(rootPid: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
        const fields = rest.split(' ');
        return [{ pid: Number(pid), parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0) }];
      } catch {
        // It ended between the two looks.
        return [];
      }
    });
  const sumBelow = (pid: number): number =>
    stats.filter(({ parent }) => parent === pid).reduce((sum, one) => sum + one.ticks + sumBelow(one.pid), 0);
  return ((stats.find(({ pid }) => pid === rootPid)?.ticks ?? 0) + sumBelow(rootPid)) / TICKS_PER_S;
}

const computed = computeFleet(await getEngine(), aBatch(ROWS));
if (computed.kind !== 'ok') throw new Error(`refused: ${computed.field}`);
const document = toFleetDocument(computed.fleet, { language: 'zh', workspace: null, logo: null, madeAt: '2026-11-22T08:00:00.000Z' });
const room = await openPrintRoom();
const folder = mkdtempSync(join(tmpdir(), 'hashinsight-bench-'));
const path = join(folder, 'report.pdf');
const pool = createBrowserPool(process.env.TEST_CHROMIUM ?? '/usr/bin/chromium');
try {
  console.info(`pdf of ${ROWS} rows, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [from, fromCpu] = [performance.now(), familyCpuS(process.pid)];
    await renderPdf({ pool, room }, document, path, new AbortController().signal);
    const [tookS, tookCpuS] = [(performance.now() - from) / 1000, familyCpuS(process.pid) - fromCpu];
    console.info(
      `round ${round}: ${tookS.toFixed(1)} s, ${tookCpuS.toFixed(1)} s of processor, ${(statSync(path).size / 1e6).toFixed(1)} MB`,
    );
  }
} finally {
  await pool.close();
  await room.close();
  rmSync(folder, { recursive: true });
}
