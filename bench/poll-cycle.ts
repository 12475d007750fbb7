/**
 * How long one turn over a site's machines takes, with one process of the poller and the simulator in processes of its own: by default 6,000 machines, 5 % that
 * hang while one connects and 2 % that answer after three seconds, then ever larger fleets until one does not fit its 60 seconds.
 * Alone: `node --import tsx bench/poll-cycle.ts [--miners 6000] [--cycles 4] [--largest 60000]`; `--largest 0` leaves the search out.
 * Bars: p95 of a cycle at most 15 s, no live machine missed, at most 40 % of one core. Reports, never gates.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createReadMachine } from '#collectors/cgminer/read-machine.ts';
import type { CycleSummary } from '#collectors/poller/cycles.ts';
import { createPoller } from '#collectors/poller/poller.ts';
import type { FarmMachine } from '#collectors/simulator/farm.ts';
import type { Fault } from '#collectors/simulator/faults.ts';
import { readOpenFilesLimit } from '#collectors/simulator/open-files.ts';

const CADENCE_MS = 60_000;
const FAULTS = 'dead=0.05,slow=0.02';
const CYCLE_BUDGET_S = 15;
const CPU_BUDGET_RATIO = 0.4;
/** One simulator's machines: each is a listening socket, and 20,000 open files are a usual limit. */
const MOST_MINERS_A_PROCESS = 15_000;
const FIRST_PORT = 14_028;

type BenchMachine = FarmMachine & { fault: Fault | null };
type CycleReport = { summary: CycleSummary; liveMissed: number; cpuMs: number; waitMs: number | null; wallMs: number; lateMs: number };
type PollerReport = {
  live: number;
  cycles: CycleReport[];
  peakBytes: number;
  concurrency: number;
  abandoned: number;
  readerFailures: number;
};

/** The poller's process: asks the simulators who is there, polls so many cycles and reports to its parent. */
async function runPoller(controlPorts: readonly number[], cycles: number): Promise<void> {
  const lists = await Promise.all(controlPorts.map(fetchMachines));
  const fleet = new Map<string, BenchMachine>();
  for (const [list, machines] of lists.entries()) for (const machine of machines) fleet.set(`${list} ${machine.index}`, machine);
  const isLive = ({ fault }: BenchMachine) => fault === null || fault === 'slow';
  const live = new Set([...fleet].filter(([, machine]) => isLive(machine)).map(([key]) => key));
  const reports: CycleReport[] = [];
  let seen = new Map<number, Set<string>>();
  let cpu = process.cpuUsage();
  let waited = readWaitMs('self');
  let sinceMs = performance.now();
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 200);
  await new Promise<void>((resolve) => {
    const poller = createPoller({
      read: createReadMachine(),
      cadenceMs: CADENCE_MS,
      onReading({ key }, reading, cycle) {
        if (reading.kind !== 'read' || !live.has(key)) return;
        const keys = seen.get(cycle) ?? new Set<string>();
        seen.set(cycle, keys.add(key));
      },
      onCycle(summary) {
        const used = process.cpuUsage(cpu);
        const wallMs = performance.now() - sinceMs;
        const waitedNow = readWaitMs('self');
        const waitMs = waitedNow === null || waited === null ? null : waitedNow - waited;
        cpu = process.cpuUsage();
        waited = waitedNow;
        sinceMs = performance.now();
        const liveMissed = live.size - (seen.get(summary.number)?.size ?? 0);
        seen = new Map([...seen].filter(([number]) => number > summary.number));
        reports.push({
          summary,
          liveMissed,
          cpuMs: (used.user + used.system) / 1000,
          waitMs,
          wallMs,
          lateMs: Math.max(0, wallMs - CADENCE_MS),
        });
        if (reports.length < cycles) return;
        const { concurrency, abandoned, readerFailures } = poller.statistics();
        clearInterval(watch);
        const report: PollerReport = {
          live: live.size,
          cycles: reports.slice(0, cycles),
          peakBytes,
          concurrency,
          abandoned,
          readerFailures,
        };
        process.send?.(report);
        void poller.stop().then(resolve);
      },
    });
    poller.setTargets([...fleet].map(([key, { address }]) => ({ key, address })));
    poller.start();
  });
  process.disconnect?.();
}

function fetchMachines(port: number): Promise<BenchMachine[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port });
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.includes('\n')) return;
      socket.destroy();
      resolve((JSON.parse(text) as { machines: BenchMachine[] }).machines);
    });
    socket.write('{"do":"machines"}\n');
  });
}

type Simulator = { child: ChildProcess; controlPort: number };

/** Starts `miners` machines, in as many processes as the limit of open files asks for. */
async function startSimulators(miners: number): Promise<Simulator[]> {
  const processes = Math.ceil(miners / MOST_MINERS_A_PROCESS);
  return Promise.all(
    Array.from({ length: processes }, (_, at) => {
      const share = Math.floor(miners / processes) + (at < miners % processes ? 1 : 0);
      return startSimulator(share, at);
    }),
  );
}

async function startSimulator(miners: number, at: number): Promise<Simulator> {
  const args = [
    '--miners',
    String(miners),
    '--seed',
    String(at + 1),
    '--base-port',
    String(FIRST_PORT + at),
    '--faults',
    FAULTS,
    '--control',
    '0',
  ];
  const child = spawn(process.execPath, ['scripts/simulate.mjs', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const controlPort = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}.`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const port = /^Orders are taken on 127\.0\.0\.1:(\d+)/.exec(line);
      if (port) resolve(Number(port[1]));
    });
  });
  return { child, controlPort };
}

/** How long the main thread of a process has been ready to run and had no processor, ms: what other load on the computer costs it. Null where there is no /proc. */
function readWaitMs(pid: number | 'self'): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return null;
  }
}

/** Processor seconds so far and most memory of another process; null where there is no /proc. */
function readProcess(pid: number): { cpuS: number; peakBytes: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const peakKb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
    return { cpuS: (Number(fields[11]) + Number(fields[12])) / 100, peakBytes: Number(peakKb) * 1024 };
  } catch {
    return null;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await ended;
}

type Measured = { report: PollerReport; simulators: { cpuS: number; cpuRatio: number; peakBytes: number } | null };

async function measure(miners: number, cycles: number): Promise<Measured> {
  const simulators = await startSimulators(miners);
  try {
    const read = () => simulators.map(({ child }) => readProcess(child.pid!));
    const before = read();
    const sinceMs = performance.now();
    const report = await new Promise<PollerReport>((resolve, reject) => {
      const poller = fork(new URL(import.meta.url), [
        '--as-poller',
        simulators.map(({ controlPort }) => controlPort).join(','),
        '--cycles',
        String(cycles),
      ]);
      poller.once('message', (message) => resolve(message as PollerReport));
      poller.once('exit', (code) => reject(new Error(`The poller ended with code ${code}.`)));
    });
    const after = read();
    const wallS = (performance.now() - sinceMs) / 1000;
    const parts = after.map((part, at) => (part && before[at] ? { cpuS: part.cpuS - before[at].cpuS, peakBytes: part.peakBytes } : null));
    const isMeasured = parts.every((part) => part !== null);
    const sum = (pick: (part: { cpuS: number; peakBytes: number }) => number) =>
      parts.reduce((total, part) => total + (part ? pick(part) : 0), 0);
    const cpuS = sum((part) => part.cpuS);
    return { report, simulators: isMeasured ? { cpuS, cpuRatio: cpuS / wallS, peakBytes: sum((part) => part.peakBytes) } : null };
  } finally {
    await Promise.all(simulators.map(({ child }) => stop(child)));
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

const seconds = (ms: number | null) => (ms === null || !Number.isFinite(ms) ? 'unfinished' : `${(ms / 1000).toFixed(1)} s`);
const percent = (ratio: number) => `${(100 * ratio).toFixed(0)} %`;
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** A cycle that did not finish took longer than its minute. */
const lengthMs = ({ summary }: CycleReport) => summary.durationMs ?? Number.POSITIVE_INFINITY;

function say({ report, simulators }: Measured, miners: number): void {
  const { cycles } = report;
  console.log(`  ${miners} machines, ${report.live} of them live (2 % after 3 s), the others hang; cycles of ${CADENCE_MS / 1000} s`);
  for (const cycle of cycles) {
    const { number, due, backedOff, missed, lastAnswerMs, durationMs } = cycle.summary;
    console.log(
      `    cycle ${number}: ${due} asked, ${backedOff} backed off, last answer ${seconds(lastAnswerMs)}, whole ${seconds(durationMs)}, ` +
        `live machines missed ${cycle.liveMissed}, without outcome ${missed}, ` +
        `poller on a processor ${seconds(cycle.cpuMs)}, ready and without one ${cycle.waitMs === null ? 'unknown' : seconds(cycle.waitMs)}`,
    );
  }
  const lengths = cycles.map(lengthMs);
  const cpuRatio = cycles.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / cycles.reduce((sum, { wallMs }) => sum + wallMs, 0);
  const missed = cycles.reduce((sum, { liveMissed }) => sum + liveMissed, 0);
  const [p50, p95, max] = [quantile(lengths, 0.5), quantile(lengths, 0.95), Math.max(...lengths)];
  console.log(`    whole cycle p50 ${seconds(p50)}, p95 ${seconds(p95)}, max ${seconds(max)}; the budget is ${CYCLE_BUDGET_S} s`);
  console.log(
    `    live machines missed: ${missed}; questions broken off ${report.abandoned}, mistakes of drivers ${report.readerFailures}`,
  );
  console.log(
    `    poller: ${percent(cpuRatio)} of a core on average (${(cpuRatio / CPU_BUDGET_RATIO).toFixed(2)} of the budget), most memory ${megabytes(report.peakBytes)}, asks ${report.concurrency} at once`,
  );
  console.log(
    simulators
      ? `    simulator: ${percent(simulators.cpuRatio)} of a core (${(simulators.cpuS / cycles.length).toFixed(1)} s a cycle), most memory ${megabytes(simulators.peakBytes)}`
      : '    simulator: not measured, there is no /proc here',
  );
}

/** Does every live machine have its answer within the minute, in the cycle that meets strangers and in the one that knows them? */
function fits({ report }: Measured): boolean {
  return report.cycles.every(({ liveMissed, lateMs }) => liveMissed === 0 && lateMs < 1000);
}

async function bench(miners: number, cycles: number, largest: number): Promise<void> {
  const limit = readOpenFilesLimit();
  console.log(
    `poll cycle bench: ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, load ${loadavg()[0]!.toFixed(1)}, ` +
      `${limit === null ? 'limit of open files unknown' : `${limit} open files a process (ulimit -n; the simulator needs one a machine)`}`,
  );
  say(await measure(miners, cycles), miners);
  if (largest <= miners) return;
  const fitting = await findLargest(miners, largest);
  console.log(
    fitting === null
      ? `  no fleet larger than ${miners} was found to fit a cycle of ${CADENCE_MS / 1000} s`
      : `  largest fleet found to fit a cycle of ${CADENCE_MS / 1000} s: ${fitting} machines, load ${loadavg()[0]!.toFixed(1)}`,
  );
}

/** Doubles the fleet until it does not fit, and then tries once half-way. */
async function findLargest(miners: number, largest: number): Promise<number | null> {
  const tryOut = async (size: number) => {
    const measured = await measure(size, 2);
    say(measured, size);
    return fits(measured);
  };
  let fitting: number | null = null;
  for (let size = miners * 2; size <= largest; size *= 2) {
    if (!(await tryOut(size))) {
      const between = Math.round((size + (fitting ?? miners)) / 2);
      return (await tryOut(between)) ? between : fitting;
    }
    fitting = size;
  }
  return fitting;
}

const { values } = parseArgs({
  options: {
    miners: { type: 'string', default: '6000' },
    cycles: { type: 'string', default: '4' },
    largest: { type: 'string', default: '60000' },
    'as-poller': { type: 'string' },
  },
});
if (values['as-poller'] !== undefined) await runPoller(values['as-poller'].split(',').map(Number), Number(values.cycles));
else await bench(Number(values.miners), Number(values.cycles), Number(values.largest));
