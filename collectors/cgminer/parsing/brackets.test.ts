import { expect, it } from 'vitest';
import { parseBrackets, wordsOf } from './brackets.ts';

it('reads names with spaces, empty brackets, and the wrapping of newer machines', () => {
  const fields = parseBrackets("'STATS':{Ver[Q-1] SYSTEMSTATU[Work: In Idle, Hash Board: 1] FACOPTS0[] Nonce Mask[25]}");
  expect([...fields]).toEqual([
    ['Ver', 'Q-1'],
    ['SYSTEMSTATU', 'Work: In Idle, Hash Board: 1'],
    ['FACOPTS0', ''],
    ['Nonce Mask', '25'],
  ]);
});

it('keeps the first of two with the same name, and stops where a bracket does not close', () => {
  expect([...parseBrackets('A[1] A[2] B[3')]).toEqual([['A', '1']]);
  expect([...parseBrackets('no brackets')]).toEqual([]);
});

it('is done with hostile texts in one pass', () => {
  for (const text of ['['.repeat(1_000_000), 'a'.repeat(1_000_000), '{'.repeat(1_000_000), 'a[1] '.repeat(200_000)]) {
    expect(parseBrackets(text).size).toBeLessThan(2);
  }
});

it('splits a field into its words', () => {
  expect(wordsOf('77  78 0')).toEqual(['77', '78', '0']);
  expect([wordsOf(''), wordsOf(undefined)]).toEqual([[], []]);
});
