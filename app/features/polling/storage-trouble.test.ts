import { expect, it } from 'vitest';
import { isLostCause } from './storage-trouble.ts';

it('gives up what the database refuses for what it says', () => {
  for (const code of ['22003', '23514', '42P01']) expect(isLostCause(Object.assign(new Error('refused'), { code })), code).toBe(true);
});

it('waits for a database that is away, busy or going down', () => {
  for (const code of ['57P01', '08006', '40P01', '53300', 'ECONNREFUSED', 'ECONNRESET']) {
    expect(isLostCause(Object.assign(new Error('away'), { code })), code).toBe(false);
  }
  expect(isLostCause(new Error('Connection terminated unexpectedly'))).toBe(false);
});
