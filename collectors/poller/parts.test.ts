import { expect, test } from 'vitest';
import { draw } from '#collectors/simulator/draw.ts';
import { createDelivery } from './delivery.ts';
import { DueHeap } from './due-heap.ts';
import { Fifo } from './fifo.ts';
import { backOffCycles, placeOf } from './host.ts';
import { createPace } from './pace.ts';

test('a queue gives back what it was given, in order, through any mixture of pushes and takes', () => {
  const queue = new Fifo<number>();
  const plain: number[] = [];
  for (let step = 0; step < 2000; step++) {
    if (draw(1, step) < 0.55) {
      queue.push(step);
      plain.push(step);
    } else {
      expect(queue.shift()).toBe(plain.shift());
    }
    expect(queue.length).toBe(plain.length);
  }
});

test('a heap gives what is due, the earliest first, and nothing before its time', () => {
  const heap = new DueHeap<number>();
  const plain: number[] = [];
  for (let step = 0; step < 1500; step++) {
    const atMs = Math.floor(1000 * draw(2, step));
    heap.push(atMs, atMs);
    plain.push(atMs);
    if (draw(3, step) < 0.4) {
      plain.sort((a, b) => a - b);
      const nowMs = Math.floor(1000 * draw(4, step));
      expect(heap.nextMs()).toBe(plain[0]);
      expect(heap.takeDue(nowMs)).toBe(plain[0]! <= nowMs ? plain.shift() : undefined);
    }
  }
  expect(heap.length).toBe(plain.length);
});

test('the pace finds the most that a line with a bend takes, and stays within its bounds', () => {
  for (const knee of [40, 90, 400]) {
    const pace = createPace({ min: 8, max: 256 });
    const limits: number[] = [];
    for (let answer = 0; answer < 40_000; answer++) {
      const limit = pace.limit();
      // Beyond the knee questions wait for each other.
      pace.settled(300 * Math.max(1, (limit / knee) ** 2), true);
      limits.push(pace.limit());
    }
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...limits)).toBeLessThanOrEqual(256);
    const settled = limits.slice(-20_000);
    const mean = settled.reduce((sum, limit) => sum + limit, 0) / settled.length;
    expect(mean).toBeGreaterThan(Math.min(256, knee) * 0.7);
    expect(mean).toBeLessThanOrEqual(Math.min(256, knee * 2.3));
  }
});

test('the pace goes down when answers stop coming and does not rise while its slots are not all used', () => {
  const troubled = createPace({ min: 8, max: 256 });
  for (let answer = 0; answer < 2000; answer++) troubled.settled(answer % 2 === 0 ? null : 20, true);
  expect(troubled.limit()).toBe(8);
  const idle = createPace({ min: 8, max: 256 });
  for (let answer = 0; answer < 2000; answer++) idle.settled(20, false);
  expect(idle.limit()).toBe(32);
});

test('silence cuts the pace of a large fleet no further than half a cycle allows, answers that take long do', () => {
  // 6,000 hosts that hold their slots for a second each, in half of a minute: 200 at once.
  const silent = createPace({ min: 8, max: 256 });
  silent.setFleet(6000, 60_000);
  for (let answer = 0; answer < 5000; answer++) silent.settled(answer % 2 === 0 ? null : 20, true);
  expect(silent.limit()).toBe(200);
  const strangers = createPace({ min: 8, max: 256 });
  strangers.setFleet(6000, 60_000);
  for (let answer = 0; answer < 100; answer++) strangers.settled(null, true);
  expect(strangers.limit()).toBeGreaterThan(32);
  for (let answer = 0; answer < 5000; answer++) silent.settled(answer < 1000 ? 20 : 4000, true);
  expect(silent.limit()).toBe(8);
});

test('what is slow follows from what is usual: a second on a quick line, four times the usual on a slower one, three seconds at most', () => {
  for (const [latencyMs, slowMs] of [
    [20, 1000],
    [400, 1600],
    [2000, 3000],
  ] as const) {
    const pace = createPace({ min: 8, max: 64 });
    for (let answer = 0; answer < 200; answer++) pace.settled(latencyMs, true);
    expect(pace.slowMs()).toBe(slowMs);
  }
});

test('waits of silent hosts double up to eight cycles, stay within ten minutes, and are never less than a cycle', () => {
  expect([1, 2, 3, 4, 5, 40].map((failures) => backOffCycles(failures, 60_000, 0))).toEqual([1, 2, 4, 8, 8, 8]);
  expect([1, 2, 3, 4].map((failures) => backOffCycles(failures, 300_000, 0))).toEqual([1, 2, 2, 2]);
  expect(backOffCycles(9, 600_000, 0)).toBe(1);
  for (let failures = 1; failures < 12; failures++) {
    for (const chance of [0, 0.3, 0.7, 0.999]) {
      const cycles = backOffCycles(failures, 60_000, chance);
      expect(cycles).toBeGreaterThanOrEqual(Math.max(1, Math.min(8, 2 ** (failures - 1)) / 2));
      expect(cycles).toBeLessThanOrEqual(8);
    }
  }
});

test('neighbouring addresses have places far apart, evenly over the spread', () => {
  const places = Array.from({ length: 1000 }, (_, index) => placeOf(`127.16.${Math.floor(index / 250)}.${(index % 250) + 1} 4028`));
  for (let part = 0; part < 10; part++) {
    const inPart = places.filter((place) => Math.floor(place * 10) === part).length;
    expect(inPart).toBeGreaterThan(60);
    expect(inPart).toBeLessThan(140);
  }
});

test('a delivery hands over in order, one at a time, and throws the oldest away when too many wait', async () => {
  const taken: number[] = [];
  let release: () => void = () => {};
  const delivery = createDelivery<number>((item) => {
    taken.push(item);
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  }, 3);
  for (let item = 0; item < 6; item++) delivery.push(item);
  expect(taken).toEqual([0]);
  expect(delivery.counts()).toEqual({ delivered: 0, lost: 2, failed: 0, waiting: 3 });
  const drained = delivery.drained();
  for (const expected of [3, 4, 5]) {
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken.at(-1)).toBe(expected);
  }
  release();
  await drained;
  expect(delivery.counts()).toEqual({ delivered: 4, lost: 2, failed: 0, waiting: 0 });
});
