import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob } from '#jobs/contracts/queue.ts';
import { getHandler, HopelessJob, handling } from './handler.ts';

const priceFetch = defineJob({
  name: 'price.fetch',
  queue: 'market',
  payload: z.strictObject({ currency: z.string() }),
  attempts: 1,
  backoffMs: 1,
  deduplicationKey: null,
});
const context = { attempt: 1, signal: new AbortController().signal };

describe('handling', () => {
  it('gives the processor a payload that fits the contract', async () => {
    const seen: unknown[] = [];
    await handling(priceFetch, async (payload) => void seen.push(payload)).process({ currency: 'USD' }, context);
    expect(seen).toEqual([{ currency: 'USD' }]);
  });

  it('refuses a payload of another version by naming the field, without running the processor', async () => {
    const handler = handling(priceFetch, () => Promise.reject(new Error('the processor ran')));
    await expect(handler.process({ currency: 7 }, context)).rejects.toThrow(
      /payload of price\.fetch does not fit its contract \(currency: /,
    );
    await expect(handler.process({}, context)).rejects.toBeInstanceOf(HopelessJob);
  });
});

describe('getHandler', () => {
  it('refuses a job that this version does not know', () => {
    expect(() => getHandler([], 'price.fetch')).toThrow('no processor for price.fetch in this version');
  });
});
