import { describe, expect, it } from 'vitest';
import { BEGIN_S, wellAt } from '../watch/small-site.fixture.server.ts';
import { learnCounters, learnHashrate, learnParts, newMemory, readMemory } from './memory.ts';

describe('parts', () => {
  const follow = (seen: readonly (number | null)[], adoptS = 600) =>
    seen.reduce((known, one, minute) => learnParts(known, one, minute * 60, adoptS), newMemory().chips).right;

  it('that were misread once are not what should work', () => {
    expect(follow([300, 300, 300, 300, 300, 400, 300, 300])).toBe(300);
  });

  it('are as many as came several times in a row', () => {
    expect(follow([300, 300, 300, 300, 300, 400, 400, null, 400, 400, 400])).toBe(400);
  });

  it('are fewer when fewer have stood for as long as the rule says', () => {
    const fewer = Array.from({ length: 10 }, () => 200);
    expect(follow([300, 300, 300, 300, 300, ...fewer])).toBe(300);
    expect(follow([300, 300, 300, 300, 300, ...fewer, 200])).toBe(200);
  });
});

describe('counters', () => {
  it('say nothing of a window with a restart inside', () => {
    const memory = newMemory();
    const shares = (minute: number, acceptedShares: number) =>
      learnCounters(memory, wellAt(BEGIN_S + minute * 60, { acceptedShares, rejectedShares: 0, hardwareErrors: 0 }), false);
    shares(0, 100);
    shares(8, 5);
    shares(16, 150);
    expect(memory.shares).toBeNull();
    shares(24, 300);
    expect(memory.shares).toBe(295);
  });

  it('say nothing of a window in which the uptime went back, though they passed where they were', () => {
    const memory = newMemory();
    const shares = (minute: number, acceptedShares: number, isRestart: boolean) =>
      learnCounters(memory, wellAt(BEGIN_S + minute * 60, { acceptedShares, rejectedShares: 0, hardwareErrors: 0 }), isRestart);
    shares(0, 100, false);
    shares(16, 150, true);
    expect(memory.shares).toBeNull();
  });
});

it('a memory of a version that kept less is read as far as it goes', () => {
  const { boards, ...less } = { ...newMemory(), shares: 5, meanThs: 3 };
  expect(readMemory(less)).toEqual({ ...newMemory(), shares: 5 });
  expect(boards.right).toBeNull();
});

it('the usual hash rates of many modes are bounded, the oldest out', () => {
  const memory = newMemory();
  for (let mode = 0; mode < 20; mode += 1) learnHashrate(memory, `mode ${mode}`, 100, BEGIN_S + mode);
  expect(Object.keys(memory.usual).sort()).toEqual(['mode 14', 'mode 15', 'mode 16', 'mode 17', 'mode 18', 'mode 19']);
});
