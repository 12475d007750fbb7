import { expect, it } from 'vitest';
import { createWaitingReadings } from './waiting-readings.ts';

it('gives what came first first, and what was put back before everything else', () => {
  const waiting = createWaitingReadings<number>(() => 10);
  for (const each of [1, 2, 3, 4]) waiting.push(each);
  const batch = waiting.take(2);
  waiting.push(5);
  waiting.putBack(batch);
  expect(waiting.take(10)).toEqual([1, 2, 3, 4, 5]);
  expect(waiting.lost()).toBe(0);
});

it('throws the oldest away beyond its limit and counts every one', () => {
  const waiting = createWaitingReadings<number>(() => 3);
  for (const each of [1, 2, 3, 4, 5]) waiting.push(each);
  waiting.putBack([0]);
  expect(waiting.size()).toBe(3);
  expect(waiting.take(10)).toEqual([3, 4, 5]);
  expect(waiting.lost()).toBe(3);
});
