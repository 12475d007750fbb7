import { expect, it } from 'vitest';
import { MarketAnswerSchema } from '#app/features/api/economics/roi-answer.ts';
import { aSnapshot } from '#app/features/api/economics/sample-context.ts';
import { toMarketAnswer } from './to-market-answer.ts';

const AT_MS = Date.parse('2026-11-20T12:00:00Z');
const HOUR_MS = 3_600_000;

it('says of every figure whether it is live, only the last known one, or not known at all', () => {
  const at = new Date(AT_MS).toISOString();
  const price = { value: 90_000, source: 'example', sourceUrl: null, at, origin: 'live' } as const;
  const snapshot = { ...aSnapshot({ feesBtcPerBlock: null }), priceUsdPerBtc: price };
  const fresh = toMarketAnswer(snapshot, AT_MS + 60_000);
  expect(MarketAnswerSchema.safeParse(fresh).error).toBeUndefined();
  expect(fresh.priceUsdPerBtc).toMatchObject({ value: 90_000, isLastKnown: false });
  const old = toMarketAnswer(snapshot, AT_MS + HOUR_MS);
  expect(old.priceUsdPerBtc.isLastKnown).toBe(true);
  expect(old.feesBtcPerBlock.isLastKnown).toBe(false);
});
