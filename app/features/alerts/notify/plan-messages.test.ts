import { expect, it } from 'vitest';
import { MAX_DIGEST, planMessages, type Waiting } from './plan-messages.ts';

const waits = (delivery: string, severity: number, isEnd = false): Waiting => ({ delivery, severity, atMs: Number(delivery), isEnd });

it('sends each alone while the budget lasts, and the last message takes the rest', () => {
  expect(planMessages([waits('1', 2), waits('2', 1), waits('3', 3)], 3)).toEqual([['2'], ['1'], ['3']]);
  expect(planMessages([waits('1', 2), waits('2', 1), waits('3', 3)], 2)).toEqual([['2'], ['1', '3']]);
  expect(planMessages([waits('1', 2)], 0)).toEqual([]);
  expect(planMessages([], 5)).toEqual([]);
});

it('sends what somebody is woken for though the budget is spent, together and without its ends', () => {
  expect(planMessages([waits('1', 3), waits('2', 0), waits('3', 0), waits('4', 0, true)], 0)).toEqual([['2', '3']]);
  expect(planMessages([waits('1', 0)], -2)).toEqual([['1']]);
});

it('never makes a digest that nobody reads to its end', () => {
  const many = Array.from({ length: 500 }, (_, index) => waits(String(index), 0));
  expect(planMessages(many, 0).map(({ length }) => length)).toEqual([MAX_DIGEST]);
  expect(planMessages(many, 1).map(({ length }) => length)).toEqual([MAX_DIGEST]);
});
