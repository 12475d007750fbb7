import { describe, expect, it } from 'vitest';
import { aWalk, slice } from '../indicators.fixture.ts';
import { readShippedDays } from '../stored-history.server.ts';
import { findSince, followSignal, listChanges } from './follow-signal.ts';
import { SIGNALS } from './signals.ts';

const _ = Number.NaN;
const follow = (found: number[], ended: number[]) => followSignal(Float64Array.from(found), Float64Array.from(ended));

describe('a signal over days', () => {
  it('is on from its day to the day that ends it, off before it was first found, unknown while nothing is known', () => {
    expect([...follow([_, 0, 1, 0, 1, 0, 0, 1], [_, 1, 0, 0, 0, 1, 1, 1])]).toEqual([-1, 0, 1, 1, 1, 0, 0, 1]);
  });

  it('changes only when it turns: found again while on is no change, and a day unknown in between is none either', () => {
    const states = follow([_, 0, 1, _, 0, 1, 0], [_, 0, 0, _, 0, 0, 1]);
    expect(listChanges(states, -1)).toEqual([
      { day: 2, isOn: true },
      { day: 6, isOn: false },
    ]);
    expect(listChanges(states, 2)).toEqual([{ day: 6, isOn: false }]);
    expect(listChanges(states, 6)).toEqual([]);
    expect(findSince(states)).toBe(6);
    expect(findSince(follow([0, 0], [0, 0]))).toBeNull();
    expect(findSince(follow([0, 1, _], [0, 0, _]))).toBeNull();
  });
});

describe.each(SIGNALS.map((signal): [string, (typeof SIGNALS)[number]] => [signal.name, signal]))('%s', (_name, signal) => {
  it('ends on a day from that day and the days before it alone', () => {
    const walk = aWalk(1500, 11);
    const whole = signal.findEnd(walk, 1500);
    for (const end of [400, 777]) expect([...signal.findEnd(slice(walk, 0, end), end)]).toEqual([...whole.subarray(0, end)]);
  });

  it('turns on and off over the stored history, in turns', () => {
    const { columns, length } = readShippedDays();
    const changes = listChanges(followSignal(signal.find(columns, length), signal.findEnd(columns, length)), -1);
    expect(changes.length).toBeGreaterThan(2);
    expect(changes.every(({ isOn }, turn) => isOn === (turn % 2 === 0))).toBe(true);
  });
});
