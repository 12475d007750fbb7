import { expect, test } from 'vitest';
import { DIALECTS } from '#collectors/cgminer/snapshot.ts';
import { perform } from './acts.ts';
import { draw } from './draw.ts';
import { createMachine, RAMP_S, rateThs, SILENT_BOOT_S, WARM_UP_S, workTh } from './machine.ts';
import { observe } from './moment.ts';

const START_S = 1_790_000_000;

function machine(index = 0, troublesPerDay = 0, farmSeed = 1) {
  return createMachine({ farmSeed, index, dialects: DIALECTS, troublesPerDay, startS: START_S });
}

test('the same seed gives the same machine at the same time, another seed another one', () => {
  for (let index = 0; index < 30; index++) {
    const timeS = START_S + 1000 * index;
    expect(observe(machine(index, 0.5), timeS)).toEqual(observe(machine(index, 0.5), timeS));
    expect(observe(machine(index, 0.5, 2), timeS).accepted).not.toBe(observe(machine(index, 0.5), timeS).accepted);
  }
});

test('work is the integral of the hash rate, through boot, ramp, warm days and troubles', () => {
  for (let index = 0; index < 8; index++) {
    const subject = machine(index, 0.8);
    perform(subject, { kind: 'restart' }, START_S);
    let summed = 0;
    const stepS = 5;
    const spanS = 30 * 3600;
    for (let atS = 0; atS < spanS; atS += stepS) summed += rateThs(subject, START_S + atS + stepS / 2) * stepS;
    expect(workTh(subject, START_S + spanS) / summed).toBeCloseTo(1, 3);
  }
});

test('a restarted machine is silent, warms up, ramps and then hashes, with counters from zero', () => {
  const subject = machine(3);
  expect(observe(subject, START_S).accepted).toBeGreaterThan(100);
  perform(subject, { kind: 'restart' }, START_S);
  const at = (seconds: number) => observe(subject, START_S + seconds);
  expect(at(1)).toMatchObject({ phase: 'booting', accepted: 0, uptimeS: 1 });
  expect(at(SILENT_BOOT_S + 1)).toMatchObject({ phase: 'starting', hashrate5sThs: 0 });
  const ramping = at(SILENT_BOOT_S + WARM_UP_S + RAMP_S / 2);
  const full = at(SILENT_BOOT_S + WARM_UP_S + RAMP_S + 600);
  expect(ramping.phase).toBe('hashing');
  expect(ramping.hashrate5sThs / full.hashrate5sThs).toBeGreaterThan(0.35);
  expect(ramping.hashrate5sThs / full.hashrate5sThs).toBeLessThan(0.65);
  expect(ramping.powerW).toBeLessThan(full.powerW);
  expect(full.hashrate5sThs / full.ratedThs).toBeGreaterThan(0.85);
});

test('counters never fall while nothing is done to the machine, and averages agree with them', () => {
  for (let index = 0; index < 12; index++) {
    const subject = machine(index);
    let before = observe(subject, START_S);
    let timeS = START_S;
    for (let step = 0; step < 60; step++) {
      timeS += 900 * draw(index + 1, 9, step);
      const now = observe(subject, timeS);
      for (const counter of ['accepted', 'rejected', 'stale', 'hardwareErrors', 'workTh', 'uptimeS'] as const) {
        expect(now[counter]).toBeGreaterThanOrEqual(before[counter]);
      }
      before = now;
    }
    const shareThs = (before.accepted * before.unit.shareDifficulty * 2 ** 32) / 1e12 / before.uptimeS;
    expect(shareThs / before.averageThs).toBeGreaterThan(0.9);
    expect(shareThs / before.averageThs).toBeLessThan(1.1);
  }
});

test('asleep it hashes nothing and draws little; awake it begins again without losing its counters', () => {
  const subject = machine(5);
  const awake = observe(subject, START_S);
  perform(subject, { kind: 'sleep' }, START_S);
  const asleep = observe(subject, START_S + 3600);
  expect(asleep).toMatchObject({ phase: 'sleeping', hashrate5sThs: 0, accepted: awake.accepted });
  expect(asleep.powerW).toBeLessThan(0.05 * awake.powerW);
  expect(asleep.boards[0]!.chipMaxC).toBeLessThan(awake.boards[0]!.chipMaxC - 20);
  perform(subject, { kind: 'wake' }, START_S + 3600);
  expect(observe(subject, START_S + 3601).phase).toBe('starting');
  expect(observe(subject, START_S + 7200).accepted).toBeGreaterThan(awake.accepted);
});

test('a power limit costs power and less than as much hash rate; one outside the range is refused by name', () => {
  const subject = machine(6);
  const full = observe(subject, START_S);
  expect(perform(subject, { kind: 'limit', ratio: 0.7 }, START_S)).toBeNull();
  const limited = observe(subject, START_S + 600);
  expect(limited.powerW / full.powerW).toBeCloseTo(0.71, 1);
  expect(limited.hashrate5sThs / full.hashrate5sThs).toBeGreaterThan(0.7);
  expect(perform(subject, { kind: 'limit', ratio: 0.2 }, START_S)).toBe('ratio 0.2 is outside 0.4 to 1');
});

test('shares go to the pool that was chosen when they came', () => {
  const subject = machine(2);
  const before = observe(subject, START_S);
  perform(subject, { kind: 'switch-pool', pool: 1 }, START_S);
  const after = observe(subject, START_S + 7200);
  expect(after.pools.map(({ isActive }) => isActive)).toEqual([false, true, false]);
  expect(after.pools[0]!.accepted).toBe(before.accepted);
  expect(after.pools[1]!.accepted).toBe(after.accepted - before.accepted);
  expect(after.pools[1]!.accepted).toBeGreaterThan(0);
  expect(perform(subject, { kind: 'switch-pool', pool: 3 }, START_S)).toBe('pool 3 is outside 0 to 2');
});

test('a board that is broken on request takes its part of the hash rate and comes back when mended', () => {
  const subject = machine(0);
  const whole = observe(subject, START_S);
  perform(subject, { kind: 'break', part: 'board', at: 1 }, START_S);
  const broken = observe(subject, START_S + 60);
  expect(broken.boards[1]).toMatchObject({ isAlive: false, chips: 0, hashrateThs: 0 });
  expect(broken.hashrate5sThs / whole.hashrate5sThs).toBeCloseTo(2 / 3, 1);
  perform(subject, { kind: 'mend' }, START_S + 60);
  expect(observe(subject, START_S + 120).boards[1]!.isAlive).toBe(true);
});

test('over a month with a trouble every other day a machine shows each kind and restarts by itself', () => {
  const seen = new Set<string>();
  for (let index = 0; index < 6; index++) {
    const subject = machine(index, 0.5);
    let uptimeS = 0;
    for (let hour = 0; hour < 30 * 24; hour++) {
      const moment = observe(subject, START_S + hour * 3600);
      if (moment.boards.some(({ isAlive }) => !isAlive)) seen.add('board');
      if (moment.boards.some(({ isAlive, chips, ratedChips }) => isAlive && chips < ratedChips)) seen.add('chips');
      if (moment.fansRpm.includes(0)) seen.add('fan');
      if (moment.uptimeS < uptimeS) seen.add('restart');
      uptimeS = moment.uptimeS;
    }
  }
  expect([...seen].sort()).toEqual(['board', 'chips', 'fan', 'restart']);
});

test('the hall is warmer in the afternoon than at night, and machines hash a little less then', () => {
  const subject = machine(1);
  const midnightS = Math.ceil(START_S / 86_400) * 86_400;
  const night = observe(subject, midnightS + 3 * 3600);
  const afternoon = observe(subject, midnightS + 15 * 3600);
  expect(afternoon.inletC).toBeGreaterThan(night.inletC + 8);
  expect(afternoon.hashrate15mThs).toBeLessThan(night.hashrate15mThs);
});
