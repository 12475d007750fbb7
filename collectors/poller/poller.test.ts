import { expect, test } from 'vitest';
import type { MachineAddress, MachineReading, ReadMachine, ReadTrouble } from '#collectors/cgminer/reading.ts';
import { draw } from '#collectors/simulator/draw.ts';
import type { CycleSummary } from './cycles.ts';
import type { PollTarget } from './host.ts';
import type { PollerOptions } from './options.ts';
import { createPoller } from './poller.ts';
import { createSimulatedClock, type SimulatedClock } from './simulated-clock.ts';

const CADENCE_MS = 60_000;
/** What the poller does with a reading does not depend on its snapshot. */
const SNAPSHOT = {} as Extract<MachineReading, { kind: 'read' }>['snapshot'];

type Behaviour = { latencyMs: number; trouble?: ReadTrouble };
type Asked = { host: string; fromMs: number; toMs: number };

/** A reader of hosts that behave as told; keeps who was asked when and how many at once. */
function createFakeReader(clock: SimulatedClock, behaviourOf: (host: string, time: number) => Behaviour) {
  const asked: Asked[] = [];
  const open = new Map<string, number>();
  let most = 0;
  let twice = 0;
  const read: ReadMachine = ({ host }: MachineAddress, signal) =>
    new Promise((resolve, reject) => {
      const fromMs = clock.nowMs();
      const { latencyMs, trouble } = behaviourOf(host, fromMs);
      if (open.has(host)) twice += 1;
      open.set(host, fromMs);
      most = Math.max(most, open.size);
      const end = () => {
        open.delete(host);
        asked.push({ host, fromMs, toMs: clock.nowMs() });
      };
      const cancel = clock.after(latencyMs, () => {
        end();
        const shared = { raw: [], latencyMs };
        resolve(
          trouble === undefined
            ? { kind: 'read', snapshot: SNAPSHOT, ...shared }
            : { kind: 'failed', trouble, detail: trouble, observedAtMs: clock.nowMs(), ...shared },
        );
      });
      signal.addEventListener('abort', () => {
        cancel();
        end();
        reject(signal.reason);
      });
    });
  return { read, asked, open, most: () => most, twice: () => twice };
}

function targets(count: number, name = 'm'): PollTarget[] {
  return Array.from({ length: count }, (_, index) => ({ key: `${name}${index}`, address: { host: `${name}${index}`, port: 4028 } }));
}

function setUp(behaviourOf: (host: string, time: number) => Behaviour, options: Partial<PollerOptions> = {}) {
  const clock = createSimulatedClock();
  const reader = createFakeReader(clock, behaviourOf);
  const readings: { key: string; kind: string; cycle: number }[] = [];
  const cycles: CycleSummary[] = [];
  const poller = createPoller({
    read: reader.read,
    clock,
    onReading: ({ key }, { kind }, cycle) => void readings.push({ key, kind, cycle }),
    onCycle: (summary) => void cycles.push(summary),
    ...options,
  });
  return { clock, reader, readings, cycles, poller };
}

test('every host is asked once a cycle, each at its own place in the spread, and gives one reading a cycle', async () => {
  const { clock, reader, readings, cycles, poller } = setUp(() => ({ latencyMs: 40 }));
  poller.setTargets(targets(200));
  poller.start();
  await clock.advance(3 * CADENCE_MS - 1);
  await poller.stop();
  expect(cycles.map(({ due, answered, failed, missed }) => [due, answered, failed, missed])).toEqual([
    [200, 200, 0, 0],
    [200, 200, 0, 0],
    [200, 200, 0, 0],
  ]);
  for (const cycle of [0, 1, 2]) {
    expect(new Set(readings.filter((reading) => reading.cycle === cycle).map(({ key }) => key)).size).toBe(200);
  }
  expect(readings.length).toBe(600);
  const starts = reader.asked.filter(({ fromMs }) => fromMs < CADENCE_MS).map(({ fromMs }) => fromMs);
  expect(Math.max(...starts)).toBeLessThan(0.1 * CADENCE_MS + 100);
  // Spread evenly: each fifth of the spread has its part of the hosts.
  for (let part = 0; part < 5; part++) {
    const inPart = starts.filter((start) => Math.floor(start / (0.02 * CADENCE_MS)) === part).length;
    expect(inPart).toBeGreaterThan(20);
    expect(inPart).toBeLessThan(60);
  }
});

test('whatever the hosts do, none is asked twice at once, slots are kept to and every reading belongs to one cycle of its host', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const limits = { minConcurrency: 2, maxConcurrency: 16, slowSlots: 6, suspectSlots: 5, cadenceMs: 10_000 };
    const { clock, reader, readings, cycles, poller } = setUp((host, time) => {
      const sort = draw(seed, Number(host.slice(1)), Math.floor(time / 7000));
      if (sort < 0.1) return { latencyMs: 3000, trouble: 'unreachable' };
      if (sort < 0.15) return { latencyMs: 15_000, trouble: 'silent' };
      if (sort < 0.18) return { latencyMs: 10, trouble: 'garbled' };
      if (sort < 0.25) return { latencyMs: 3000 };
      if (sort < 0.27) return { latencyMs: 25_000 };
      return { latencyMs: 5 + 200 * draw(seed, Number(host.slice(1)), time) };
    }, limits);
    const all = targets(90);
    poller.setTargets(all);
    poller.start();
    for (let step = 0; step < 25; step++) {
      await clock.advance(4000);
      // Targets come and go, and are given other names.
      const chosen = all.filter(({ key }) => draw(seed, 77, step, Number(key.slice(1))) < 0.9);
      poller.setTargets(chosen.map(({ key, address }) => ({ key: draw(seed, 78, step) < 0.2 ? `renamed-${key}` : key, address })));
      expect(reader.open.size).toBeLessThanOrEqual(16 + 6 + 5);
    }
    await poller.stop();
    expect(reader.twice()).toBe(0);
    expect(reader.most()).toBeLessThanOrEqual(16 + 6 + 5);
    expect(reader.open.size).toBe(0);
    const seen = readings.map(({ key, cycle }) => `${key.replace('renamed-', '')} ${cycle}`);
    expect(readings.length).toBeGreaterThan(300);
    // A host that is renamed or comes back within a cycle is a new target and may be read for it: never more readings than questions.
    expect(new Set(seen).size).toBeGreaterThan(0.9 * seen.length);
    expect(seen.length).toBeLessThanOrEqual(reader.asked.length);
    for (const { due, answered, failed, missed } of cycles) expect(answered + failed + missed).toBe(due);
    expect(clock.pending()).toBe(0);
  }
});

test('hosts that hang cost the others nothing: with a tenth of them dead every live one is read in every cycle, and soon', async () => {
  const isDead = (host: string) => Number(host.slice(1)) % 10 === 0;
  const { clock, readings, cycles, poller } = setUp(
    (host) => (isDead(host) ? { latencyMs: 3000, trouble: 'unreachable' } : { latencyMs: 30 }),
    { maxConcurrency: 32, slowSlots: 32, suspectSlots: 8 },
  );
  poller.setTargets(targets(1000));
  poller.start();
  await clock.advance(6 * CADENCE_MS - 1);
  await poller.stop();
  for (const { number, lastAnswerMs } of cycles) {
    expect(readings.filter(({ cycle, kind }) => cycle === number && kind === 'read').length).toBe(900);
    expect(lastAnswerMs).toBeLessThan(number === 0 ? 15_000 : 7000);
  }
});

test('when half of the fleet dies at once the other half is still read in that cycle', async () => {
  const { clock, readings, poller } = setUp(
    (host, time) => (time > CADENCE_MS - 1 && Number(host.slice(1)) < 400 ? { latencyMs: 5000, trouble: 'silent' } : { latencyMs: 20 }),
    { maxConcurrency: 32, slowSlots: 64, suspectSlots: 16 },
  );
  poller.setTargets(targets(800));
  poller.start();
  await clock.advance(2 * CADENCE_MS - 1);
  expect(readings.filter(({ cycle, kind }) => cycle === 1 && kind === 'read').length).toBe(400);
  await poller.stop();
});

const DARK_FLEET = 6000;
/** The limits that a worker has: 256 prompt, 256 slow and 384 suspect questions. */
const MOST_QUESTIONS = 256 + 256 + 384;

test.each([
  [0.3, 'from the third minute on', 'unreachable', 3000],
  [0.5, 'from the third minute on', 'unreachable', 3000],
  [0.7, 'from the third minute on', 'unreachable', 3000],
  [0.5, 'from the start', 'unreachable', 3000],
  [0.5, 'from the third minute on', 'silent', 5000],
] as const)(
  'with %d of 6,000 dark %s (%s after %d ms) every living machine is read in every cycle',
  async (share, since, trouble, latencyMs) => {
    const darkAtMs = since === 'from the start' ? 0 : 3 * CADENCE_MS;
    const isDark = (host: string) => draw(5, Number(host.slice(1))) < share;
    const { clock, reader, readings, cycles, poller } = setUp((host, time) =>
      time >= darkAtMs && isDark(host) ? { latencyMs, trouble } : { latencyMs: 80 },
    );
    const all = targets(DARK_FLEET);
    const living = all.filter(({ key }) => !isDark(key)).length;
    poller.setTargets(all);
    poller.start();
    await clock.advance(6 * CADENCE_MS - 1);
    await poller.stop();
    const read = cycles.map(
      ({ number }) => readings.filter(({ key, cycle, kind }) => cycle === number && kind === 'read' && !isDark(key)).length,
    );
    expect(read).toEqual(cycles.map(() => living));
    for (const { lastAnswerMs } of cycles) expect(lastAnswerMs).toBeLessThan(45_000);
    expect(reader.most()).toBeLessThanOrEqual(MOST_QUESTIONS);
  },
  60_000,
);

test('machines that take no connection do not slow the pace of those that answer', async () => {
  const { clock, poller } = setUp((host, time) =>
    time >= CADENCE_MS && Number(host.slice(1)) % 2 === 0 ? { latencyMs: 3000, trouble: 'unreachable' } : { latencyMs: 200 },
  );
  poller.setTargets(targets(1200));
  poller.start();
  await clock.advance(CADENCE_MS);
  const before = poller.statistics().concurrency;
  await clock.advance(CADENCE_MS - 1);
  expect(poller.statistics().concurrency).toBeGreaterThanOrEqual(before);
  await poller.stop();
});

test('a silent host is asked less and less often, never less than every eight cycles, and at once as often when it is back', async () => {
  const backAtMs = 40 * CADENCE_MS;
  const { clock, reader, poller } = setUp((_, time) => (time < backAtMs ? { latencyMs: 3000, trouble: 'unreachable' } : { latencyMs: 20 }));
  poller.setTargets(targets(1));
  poller.start();
  await clock.advance(60 * CADENCE_MS);
  await poller.stop();
  const cycles = reader.asked.map(({ fromMs }) => Math.floor(fromMs / CADENCE_MS));
  const gaps = cycles.slice(1).map((cycle, at) => cycle - cycles[at]!);
  const whileDead = gaps.filter((_, at) => cycles[at + 1]! < 40);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(8);
  expect(whileDead.slice(2).every((gap) => gap >= 2)).toBe(true);
  expect(whileDead.length).toBeLessThan(14);
  expect(gaps.slice(-10)).toEqual(Array.from({ length: 10 }, () => 1));
});

test('a host that fails once is asked again in the same cycle, and only what it came to is told', async () => {
  let failures = 1;
  const { clock, readings, poller } = setUp((_, time) =>
    time > CADENCE_MS && failures-- > 0 ? { latencyMs: 50, trouble: 'unreachable' } : { latencyMs: 20 },
  );
  poller.setTargets(targets(1));
  poller.start();
  await clock.advance(3 * CADENCE_MS - 1);
  await poller.stop();
  expect(readings).toEqual([0, 1, 2].map((cycle) => ({ key: 'm0', kind: 'read', cycle })));
});

test('a slow host is read in every cycle, and goes first so that the cycle is not longer for it', async () => {
  const { clock, reader, readings, cycles, poller } = setUp((host) => ({ latencyMs: host === 'm7' ? 3000 : 20 }));
  poller.setTargets(targets(50));
  poller.start();
  await clock.advance(4 * CADENCE_MS - 1);
  await poller.stop();
  expect(readings.filter(({ key, kind }) => key === 'm7' && kind === 'read').map(({ cycle }) => cycle)).toEqual([0, 1, 2, 3]);
  const later = reader.asked.filter(({ host, fromMs }) => host === 'm7' && fromMs >= CADENCE_MS);
  for (const { fromMs } of later) expect(fromMs % CADENCE_MS).toBeLessThanOrEqual(0.02 * CADENCE_MS + 20);
  expect(cycles.at(-1)!.missed).toBe(0);
});

test('a consumer that is slow loses the oldest readings, counted, and never holds the poller up', async () => {
  const clock = createSimulatedClock();
  const reader = createFakeReader(clock, () => ({ latencyMs: 20 }));
  const taken: string[] = [];
  const poller = createPoller({
    read: reader.read,
    clock,
    maxWaitingReadings: 30,
    onReading: async ({ key }) => {
      await new Promise<void>((resolve) => void clock.after(500, resolve));
      taken.push(key);
    },
  });
  poller.setTargets(targets(200));
  poller.start();
  await clock.advance(CADENCE_MS - 1);
  const { readings, lastCycle } = poller.statistics();
  expect(lastCycle).toBeNull();
  expect(reader.asked.length).toBe(200);
  expect(readings.lost).toBeGreaterThan(100);
  expect(readings.delivered + readings.lost + readings.waiting + readings.failed).toBe(200);
  expect(taken.length).toBe(readings.delivered);
});

test('a consumer that fails and a reader that has a mistake are counted and named, and the next cycle goes on', async () => {
  const { clock, poller, cycles } = setUp(() => ({ latencyMs: 10 }), {
    onReading: () => {
      throw new Error('the disk is full');
    },
  });
  poller.setTargets(targets(3));
  poller.start();
  await clock.advance(CADENCE_MS + 10_000);
  expect(cycles[0]).toMatchObject({ due: 3, answered: 3 });
  expect(poller.statistics()).toMatchObject({ readings: { failed: 6 }, lastConsumerFailure: 'the disk is full' });
  await poller.stop();

  const broken = createPoller({ clock, read: () => Promise.reject(new Error('no such driver')), onReading: () => {} });
  broken.setTargets(targets(2));
  broken.start();
  await clock.advance(10_000);
  expect(broken.statistics()).toMatchObject({ readerFailures: 2, lastReaderFailure: 'no such driver', silentHosts: 2 });
  await broken.stop();
});

test('a reader that never ends is broken off, and its host is not asked again before that', async () => {
  const { clock, reader, poller } = setUp(() => ({ latencyMs: 10 * CADENCE_MS }), { longestReadMs: 90_000 });
  poller.setTargets(targets(4));
  poller.start();
  await clock.advance(85_000);
  expect(reader.open.size).toBe(4);
  await clock.advance(15_000);
  expect(poller.statistics()).toMatchObject({ abandoned: 4 });
  expect(reader.twice()).toBe(0);
  await poller.stop();
});

test('stopping ends every question at once and leaves no timer behind', async () => {
  const { clock, reader, poller, cycles } = setUp(() => ({ latencyMs: 20_000 }));
  poller.setTargets(targets(20));
  poller.start();
  await clock.advance(5000);
  expect(reader.open.size).toBeGreaterThan(0);
  await poller.stop();
  expect(reader.open.size).toBe(0);
  expect(clock.pending()).toBe(0);
  expect(cycles).toHaveLength(1);
  await poller.stop();
});

test('a target added in the middle of a cycle has its turn in it; one that is removed has none any more', async () => {
  const { clock, readings, poller } = setUp(() => ({ latencyMs: 20 }));
  poller.setTargets(targets(5));
  poller.start();
  await clock.advance(20_000);
  poller.setTargets([...targets(3), ...targets(1, 'late')]);
  await clock.advance(20_000);
  expect(readings.filter(({ key }) => key === 'late0')).toEqual([{ key: 'late0', kind: 'read', cycle: 0 }]);
  await clock.advance(CADENCE_MS);
  expect(
    readings
      .filter(({ cycle }) => cycle === 1)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['late0', 'm0', 'm1', 'm2']);
  await poller.stop();
});

test('cycles that the process slept through are left out', async () => {
  const { clock, cycles, poller } = setUp(() => ({ latencyMs: 20 }));
  let skipMs = 0;
  const sleepy = createPoller({
    read: () => Promise.resolve({ kind: 'read', snapshot: SNAPSHOT, raw: [], latencyMs: 1 }),
    clock: { nowMs: () => clock.nowMs() + skipMs, after: clock.after },
    onReading: () => {},
    onCycle: (summary) => void cycles.push(summary),
  });
  sleepy.setTargets(targets(2));
  sleepy.start();
  await clock.advance(CADENCE_MS / 2);
  skipMs = 60 * CADENCE_MS;
  await clock.advance(CADENCE_MS);
  expect(sleepy.statistics().cycle).toBe(61);
  expect(cycles.map(({ number }) => number)).toEqual([0]);
  await sleepy.stop();
  await poller.stop();
});

test('limits outside their range and two targets with one address are refused by name', () => {
  const base = { read: () => Promise.reject(new Error('not asked')), onReading: () => {} };
  expect(() => createPoller({ ...base, cadenceMs: 5000 })).toThrow('cadenceMs is 5000; 10000 to 600000 is possible.');
  expect(() => createPoller({ ...base, minConcurrency: 50, maxConcurrency: 20 })).toThrow(
    'minConcurrency is 50; at most maxConcurrency, 20, is possible.',
  );
  const address = { host: '127.0.0.1', port: 4028 };
  expect(() =>
    createPoller(base).setTargets([
      { key: 'a', address },
      { key: 'b', address },
    ]),
  ).toThrow('Targets a and b have one address, 127.0.0.1:4028.');
});
