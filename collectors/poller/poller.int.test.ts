import { afterEach, expect, test } from 'vitest';
import { createReadMachine } from '#collectors/cgminer/read-machine.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { type Farm, startFarm } from '#collectors/simulator/farm.ts';
import { createPoller, type Poller } from './poller.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const MINERS = 300;

async function setUp(): Promise<{ farm: Farm; poller: Poller; first: Promise<Map<number, MachineReading>> }> {
  const farm = await startFarm({
    miners: MINERS,
    basePort: 0,
    slowMs: 1200,
    faults: { dead: 0.05, slow: 0.02, refused: 0.02, hang: 0.01, half: 0.01, garbled: 0.01 },
  });
  closers.push(farm.close);
  const read = createReadMachine();
  const readings = new Map<number, MachineReading>();
  let poller: Poller | undefined;
  const first = new Promise<Map<number, MachineReading>>((resolve) => {
    poller = createPoller({
      read,
      cadenceMs: 600_000,
      spreadRatio: 0.001,
      onReading({ key }, reading) {
        expect(readings.has(Number(key))).toBe(false);
        readings.set(Number(key), reading);
        if (readings.size === MINERS) resolve(readings);
      },
    });
  });
  closers.push(() => poller!.stop());
  poller!.setTargets(farm.machines.map(({ index, address }) => ({ key: String(index), address })));
  return { farm, poller: poller!, first };
}

test('three hundred machines over real sockets: every live one is read once, every other one is told for what it is', async () => {
  const { farm, poller, first } = await setUp();
  poller.start();
  const readings = await first;
  const expected = {
    dead: 'unreachable',
    refused: 'unreachable',
    hang: 'silent',
    half: 'garbled',
    garbled: 'garbled',
    slow: 'read',
    none: 'read',
  } as const;
  const wrong = farm.machines.flatMap(({ index, dialect }) => {
    const reading = readings.get(index)!;
    const outcome = reading.kind === 'read' ? 'read' : reading.trouble;
    const fault = (farm.faultOf(index) ?? 'none') as keyof typeof expected;
    return outcome === expected[fault] ? [] : [`${dialect} ${fault}: ${outcome}`];
  });
  expect(wrong).toEqual([]);
  expect(poller.statistics()).toMatchObject({ targets: MINERS, abandoned: 0, readerFailures: 0, readings: { delivered: MINERS, lost: 0 } });
});

test('stopping in the middle closes every socket', async () => {
  const { farm, poller } = await setUp();
  // A machine that hangs does not notice that its caller has gone, and keeps its own end for two minutes.
  const hanging = farm.machines.filter(({ index }) => farm.faultOf(index) === 'hang').map(({ index }) => index);
  await farm.setFault(hanging, null);
  poller.start();
  await expect.poll(() => farm.counters().requests, { timeout: 10_000 }).toBeGreaterThan(20);
  await poller.stop();
  const { asking } = poller.statistics();
  expect(asking).toEqual({ prompt: 0, slow: 0, suspect: 0 });
  await expect.poll(() => farm.counters().openConnections, { timeout: 10_000 }).toBe(0);
});
