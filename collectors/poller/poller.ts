/**
 * Asks every machine of a site once a cycle, without a database and without knowing how machines are asked. Starts are spread over the beginning of the
 * cycle; how many are asked at once follows from how fast they answer; hosts that are slow or silent have slots of their own, so that they cost the others nothing.
 */
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { admit, type Cycle, type CycleSummary, closeCycle, countOutcome, dismiss, openCycle } from './cycles.ts';
import { createDelivery, type DeliveryCounts } from './delivery.ts';
import { DueHeap } from './due-heap.ts';
import { Fifo } from './fifo.ts';
import { addressKey, backOffCycles, createHost, type Host, isSilence, type Lane, type PollTarget, placeOf } from './host.ts';
import { type PollerLimits, type PollerOptions, resolveLimits } from './options.ts';
import { createPace } from './pace.ts';

export type PolledReading = { target: PollTarget; reading: MachineReading; cycle: number };

export type PollerStatistics = {
  targets: number;
  /** Number of the cycle under way; -1 before the start. */
  cycle: number;
  lastCycle: CycleSummary | null;
  /** Prompt hosts asked at once, at most. */
  concurrency: number;
  asking: Record<Lane, number>;
  /** Hosts whose time has come and that have no slot yet. */
  waiting: Record<Lane, number>;
  /** Hosts that did not answer when last asked. */
  silentHosts: number;
  /** Questions that took too long and were broken off. */
  abandoned: number;
  /** Readers that rejected without having been told to end: a mistake in a driver. */
  readerFailures: number;
  lastReaderFailure: string | null;
  readings: DeliveryCounts;
  lastConsumerFailure: string | null;
};

export type Poller = {
  /** Replaces the targets; hosts that stay keep what is known of them. Throws when two targets have one address. */
  setTargets(targets: readonly PollTarget[]): void;
  start(): void;
  /** Ends every question and resolves when all have ended and the consumer has taken what was waiting. */
  stop(): Promise<void>;
  statistics(): PollerStatistics;
};

const LANES: readonly Lane[] = ['prompt', 'slow', 'suspect'];
/** Wake-ups are no closer together than this. */
const TICK_MS = 10;
const SWEEP_MS = 250;

type Question = {
  host: Host;
  lane: Lane;
  startMs: number;
  wasFull: boolean;
  /** It began among the prompt ones: how it ends says something of the pace, wherever it was moved meanwhile. */
  isPaced: boolean;
  isAbandoned: boolean;
  abort: AbortController;
};

export function createPoller(options: PollerOptions): Poller {
  const { read, onReading, onCycle, clock } = { clock: systemClock, ...options };
  const limits: PollerLimits = resolveLimits(options);
  const pace = createPace({ min: limits.minConcurrency, max: limits.maxConcurrency });
  const delivery = createDelivery<PolledReading>(
    ({ target, reading, cycle }) => onReading(target, reading, cycle),
    limits.maxWaitingReadings,
  );
  const hosts = new Map<string, Host>();
  /** Removed hosts whose question is still under way. */
  const leaving = new Map<string, Host>();
  const due = new DueHeap<Host>();
  const waiting: Record<Lane, Fifo<Host>> = { prompt: new Fifo(), slow: new Fifo(), suspect: new Fifo() };
  const asking: Record<Lane, Set<Question>> = { prompt: new Set(), slow: new Set(), suspect: new Set() };
  let cycle: Cycle | null = null;
  let lastCycle: CycleSummary | null = null;
  let isStopped = false;
  let cancelTick: (() => void) | null = null;
  let cancelCycle: (() => void) | null = null;
  let cancelSweep: (() => void) | null = null;
  let abandoned = 0;
  let readerFailures = 0;
  let lastReaderFailure: string | null = null;
  let onQuiet: (() => void) | null = null;

  const slotsOf = (lane: Lane) => (lane === 'prompt' ? pace.limit() : lane === 'slow' ? limits.slowSlots : limits.suspectSlots);

  function beginCycle(plannedNumber: number, plannedMs: number) {
    // Cycles that the process slept through are left out, not made up for.
    const slept = Math.floor(Math.max(0, clock.nowMs() - plannedMs) / limits.cadenceMs);
    const number = plannedNumber + slept;
    const startMs = plannedMs + slept * limits.cadenceMs;
    const nextMs = startMs + limits.cadenceMs;
    cancelCycle = clock.after(Math.max(0, nextMs - clock.nowMs()), () => beginCycle(number + 1, nextMs));
    if (cycle) finishCycle(cycle);
    cycle = openCycle(number, startMs);
    for (const host of hosts.values()) enter(host, cycle, startMs);
    tick();
  }

  function finishCycle(finished: Cycle) {
    lastCycle = closeCycle(finished);
    onCycle?.(lastCycle);
  }

  /** Gives a host its turn in the cycle. One that is being asked or waits from the cycle before has it with that. */
  function enter(host: Host, into: Cycle, fromMs: number) {
    if (host.nextCycle > into.summary.number) {
      into.summary.backedOff += 1;
      return;
    }
    admit(into);
    host.cycle = into.summary.number;
    if (host.phase !== 'resting') return;
    host.phase = 'waiting';
    // Slow hosts go first: the last answer of the cycle should not be theirs.
    const place = host.lane === 'slow' ? host.place / 5 : host.place;
    due.push(fromMs + place * limits.cadenceMs * limits.spreadRatio, host);
  }

  function tick() {
    cancelTick?.();
    cancelTick = null;
    if (isStopped) return;
    const nowMs = clock.nowMs();
    for (let host = due.takeDue(nowMs); host !== undefined; host = due.takeDue(nowMs)) {
      if (!host.isRemoved) waiting[host.lane].push(host);
    }
    pump();
    const nextMs = due.nextMs();
    if (nextMs !== null) cancelTick = clock.after(Math.max(TICK_MS, nextMs - nowMs), tick);
  }

  function pump() {
    if (isStopped) return;
    for (const lane of LANES) {
      while (waiting[lane].length > 0 && asking[lane].size < slotsOf(lane)) {
        const host = waiting[lane].shift()!;
        if (!host.isRemoved) ask(host, lane);
      }
    }
  }

  function ask(host: Host, lane: Lane) {
    host.phase = 'asking';
    const abort = new AbortController();
    const wasFull = asking[lane].size + 1 >= slotsOf(lane);
    const question: Question = { host, lane, startMs: clock.nowMs(), wasFull, isPaced: lane === 'prompt', isAbandoned: false, abort };
    asking[lane].add(question);
    cancelSweep ??= clock.after(SWEEP_MS, sweep);
    Promise.resolve()
      .then(() => read(host.target.address, abort.signal))
      .then(
        (reading) => settle(question, reading),
        (error: unknown) => {
          if (!abort.signal.aborted) {
            readerFailures += 1;
            lastReaderFailure = error instanceof Error ? error.message : String(error);
          }
          settle(question, null);
        },
      );
  }

  /** Questions that take long leave the prompt lane's slots to others; those that take for ever are broken off. */
  function sweep() {
    cancelSweep = null;
    const nowMs = clock.nowMs();
    for (const question of asking.prompt) {
      if (nowMs - question.startMs < pace.slowMs()) break;
      if (asking.slow.size >= limits.slowSlots) break;
      asking.prompt.delete(question);
      asking.slow.add(question);
      question.lane = 'slow';
    }
    for (const lane of LANES) {
      for (const question of asking[lane]) {
        if (question.isAbandoned || nowMs - question.startMs < limits.longestReadMs) continue;
        question.isAbandoned = true;
        abandoned += 1;
        question.abort.abort();
      }
    }
    pump();
    if (!isStopped && countAsking() > 0) cancelSweep ??= clock.after(SWEEP_MS, sweep);
  }

  function settle(question: Question, reading: MachineReading | null) {
    const { host } = question;
    const nowMs = clock.nowMs();
    asking[question.lane].delete(question);
    const latencyMs = nowMs - question.startMs;
    const isAnswer = reading !== null && (reading.kind === 'read' || !isSilence(reading.trouble));
    const isDark = reading?.kind === 'failed' && reading.trouble === 'unreachable';
    if (question.isPaced && !isDark) pace.settled(isAnswer ? latencyMs : null, question.wasFull);
    if (isStopped) {
      if (countAsking() === 0) onQuiet?.();
      return;
    }
    if (host.isRemoved) leaving.delete(addressKey(host.target.address));
    else conclude(host, reading, isAnswer, latencyMs, nowMs);
    pump();
  }

  function conclude(host: Host, reading: MachineReading | null, isAnswer: boolean, latencyMs: number, nowMs: number) {
    host.phase = 'resting';
    if (host.isStale) {
      // The address belongs to another target now, whose turn this was not.
      host.isStale = false;
      if (cycle && host.cycle === cycle.summary.number) askAgain(host, nowMs);
      return;
    }
    if (!isAnswer && host.failures === 0 && host.held === null && reading !== null) {
      // One lost packet is no news: what it comes to is decided by asking once more.
      host.held = reading;
      host.lane = 'suspect';
      askAgain(host, nowMs + limits.askAgainMs);
      return;
    }
    host.held = null;
    host.lane = isAnswer ? (latencyMs >= pace.slowMs() ? 'slow' : 'prompt') : 'suspect';
    host.failures = isAnswer ? 0 : host.failures + 1;
    const chance = placeOf(`${addressKey(host.target.address)} ${host.failures} ${host.cycle}`);
    host.nextCycle = host.cycle + (isAnswer ? 1 : backOffCycles(host.failures, limits.cadenceMs, chance));
    if (cycle && host.cycle === cycle.summary.number) countOutcome(cycle, isAnswer, nowMs);
    if (reading) delivery.push({ target: host.target, reading, cycle: host.cycle });
  }

  function askAgain(host: Host, atMs: number) {
    host.phase = 'waiting';
    due.push(atMs, host);
    cancelTick?.();
    cancelTick = clock.after(Math.max(TICK_MS, due.nextMs()! - clock.nowMs()), tick);
  }

  function setTargets(targets: readonly PollTarget[]) {
    const wanted = new Map<string, PollTarget>();
    for (const target of targets) {
      const key = addressKey(target.address);
      const twin = wanted.get(key);
      if (twin) throw new Error(`Targets ${twin.key} and ${target.key} have one address, ${target.address.host}:${target.address.port}.`);
      wanted.set(key, target);
    }
    for (const [key, host] of hosts) if (!wanted.has(key)) remove(key, host);
    for (const [key, target] of wanted) {
      const known = hosts.get(key);
      if (known === undefined) add(key, target);
      else if (known.target.key !== target.key) {
        known.isStale = known.phase === 'asking';
        known.held = null;
        known.target = target;
      }
    }
    pace.setFleet(hosts.size, limits.cadenceMs);
    if (cycle) tick();
  }

  function add(key: string, target: PollTarget) {
    const number = cycle?.summary.number ?? 0;
    const returning = leaving.get(key);
    const host = createHost(target, number);
    if (returning) {
      // It is still being asked for the target that left: the same host goes on, so that it is not asked twice at once.
      Object.assign(returning, host, { phase: 'asking', isStale: true });
      leaving.delete(key);
      hosts.set(key, returning);
    } else {
      hosts.set(key, host);
    }
    if (cycle) enter(hosts.get(key)!, cycle, clock.nowMs());
  }

  function remove(key: string, host: Host) {
    hosts.delete(key);
    host.isRemoved = true;
    if (cycle && host.cycle === cycle.summary.number && host.phase !== 'resting') dismiss(cycle);
    if (host.phase !== 'asking') return;
    leaving.set(key, host);
    for (const lane of LANES) for (const question of asking[lane]) if (question.host === host) question.abort.abort();
  }

  function countAsking(): number {
    return LANES.reduce((sum, lane) => sum + asking[lane].size, 0);
  }

  return {
    setTargets,
    start() {
      if (cycle || isStopped) throw new Error('A poller is started once.');
      beginCycle(0, clock.nowMs());
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      for (const cancel of [cancelTick, cancelCycle, cancelSweep]) cancel?.();
      for (const lane of LANES) for (const question of asking[lane]) question.abort.abort();
      if (countAsking() > 0) {
        await new Promise<void>((resolve) => {
          onQuiet = resolve;
        });
      }
      if (cycle) finishCycle(cycle);
      await delivery.drained();
    },
    statistics: () => ({
      targets: hosts.size,
      cycle: cycle?.summary.number ?? -1,
      lastCycle,
      concurrency: pace.limit(),
      asking: { prompt: asking.prompt.size, slow: asking.slow.size, suspect: asking.suspect.size },
      waiting: { prompt: waiting.prompt.length, slow: waiting.slow.length, suspect: waiting.suspect.length },
      silentHosts: [...hosts.values()].filter(({ failures }) => failures > 0).length,
      abandoned,
      readerFailures,
      lastReaderFailure,
      readings: delivery.counts(),
      lastConsumerFailure: delivery.lastFailure(),
    }),
  };
}

const systemClock = {
  nowMs: () => performance.now(),
  after(ms: number, act: () => void) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
