import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCoinbasePrice } from './coinbase-price.ts';
import spot from './fixtures/coinbase-spot.json' with { type: 'json' };
import epoch from './fixtures/difficulty-adjustment.json' with { type: 'json' };
import fx from './fixtures/frankfurter-latest.json' with { type: 'json' };
import hashrate from './fixtures/hashrate-3d.json' with { type: 'json' };
import manifest from './fixtures/manifest.json' with { type: 'json' };
import rewards from './fixtures/reward-stats-144.json' with { type: 'json' };
import { parseFrankfurterRate } from './frankfurter-rate.ts';
import { createMarketSources } from './market-sources.ts';
import { parseMempoolEpoch } from './mempool-epoch.ts';
import { parseMempoolFees } from './mempool-fees.ts';
import { parseMempoolHashrate } from './mempool-hashrate.ts';
import { MARKET_FIGURES } from './source.ts';

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');
const reading = (figure: string, value: number, observedAtMs = ASKED_AT_MS) => ({ kind: 'reading', figure, value, observedAtMs });

describe('the market sources', () => {
  it('give each figure exactly once', () => {
    const sources = createMarketSources({ networkUrl: 'http://127.0.0.1:1', priceUrl: 'http://127.0.0.1:2', fxUrl: 'http://127.0.0.1:3' });
    expect(sources.flatMap((source) => source.figures).sort()).toEqual([...MARKET_FIGURES].sort());
  });

  it('ask a mirror behind a prefix', () => {
    const [first] = createMarketSources({
      networkUrl: 'http://127.0.0.1:1/mempool/',
      priceUrl: 'http://127.0.0.1:2',
      fxUrl: 'http://127.0.0.1:3',
    });
    expect(first?.url).toBe('http://127.0.0.1:1/mempool/api/v1/difficulty-adjustment');
  });

  it('have a manifest that names every fixture', () => {
    const files = readdirSync(new URL('./fixtures', import.meta.url)).filter((file) => file !== 'manifest.json');
    expect(Object.keys(manifest.files).sort()).toEqual(files.sort());
  });

  // Every parser against the same kinds of nonsense.
  it.each([
    ['mempool epoch', parseMempoolEpoch],
    ['mempool hash rate', parseMempoolHashrate],
    ['mempool fees', parseMempoolFees],
    ['coinbase', parseCoinbasePrice],
    ['frankfurter', parseFrankfurterRate],
  ])('%s takes nothing from a reply of another shape', (_, parse) => {
    for (const body of [null, 42, 'text', [], {}, { error: 'rate limited' }, { data: null }, { data: { amount: null } }]) {
      expect(parse(body, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    }
  });
});

describe('parseMempoolEpoch', () => {
  it('reads the next block’s height and the age of the epoch', () => {
    // tip 931,392 - 1,045 = 930,347; next 930,348. Epoch began 2025-12-25T00:00:00Z: 6.75 days = 583,200 s
    expect(parseMempoolEpoch(epoch, ASKED_AT_MS)).toEqual([reading('height', 930_348), reading('epochElapsedS', 583_200)]);
  });

  it('refuses to pair the first block of an epoch with the difficulty of the last', () => {
    expect(parseMempoolEpoch({ ...epoch, remainingBlocks: 1 }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
  });

  it('takes the whole epoch as remaining right after a retarget', () => {
    expect(parseMempoolEpoch({ ...epoch, remainingBlocks: 2016 }, ASKED_AT_MS)).toMatchObject([reading('height', 929_377), {}]);
  });

  it('does not take milliseconds for seconds', () => {
    expect(parseMempoolEpoch({ ...epoch, previousTime: epoch.previousTime * 1000 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('allows a block stamped up to two hours ahead, and no more', () => {
    const ahead = (s: number) => parseMempoolEpoch({ ...epoch, previousTime: ASKED_AT_MS / 1000 + s }, ASKED_AT_MS);
    expect(ahead(7200)).toMatchObject([{}, reading('epochElapsedS', 0)]);
    expect(ahead(7201)).toMatchObject([{ kind: 'reading' }, { kind: 'refused', figure: 'epochElapsedS' }]);
  });

  it.each([
    { nextRetargetHeight: 931_391 },
    { remainingBlocks: 0 },
    { remainingBlocks: 2017 },
    { remainingBlocks: 10.5 },
  ])('takes nothing from %o', (change) => {
    expect(parseMempoolEpoch({ ...epoch, ...change }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });
});

describe('parseMempoolHashrate', () => {
  it('converts H/s to TH/s', () => {
    expect(parseMempoolHashrate(hashrate, ASKED_AT_MS)).toEqual([
      reading('difficulty', 148_200_000_000_000),
      reading('networkHashrateThs', 1_052_000_000),
    ]);
  });

  it('refuses a pair that cannot belong together, as when a unit changed', () => {
    expect(parseMempoolHashrate({ ...hashrate, currentHashrate: 1_052_000_000 }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
  });

  it('refuses a difficulty of zero and keeps the other figure’s own verdict', () => {
    expect(parseMempoolHashrate({ ...hashrate, currentDifficulty: 0 }, ASKED_AT_MS)).toMatchObject([
      { kind: 'refused', figure: 'difficulty' },
      { kind: 'reading', figure: 'networkHashrateThs' },
    ]);
  });
});

describe('parseMempoolFees', () => {
  it('spreads the fees over the blocks of the window', () => {
    // 249,120,000 sat / 1e8 / 144 blocks = 0.0173 BTC
    expect(parseMempoolFees(rewards, ASKED_AT_MS)).toEqual([reading('feesBtcPerBlock', 0.0173)]);
    expect(parseMempoolFees({ ...rewards, totalFee: 249_120_000 }, ASKED_AT_MS)).toEqual([reading('feesBtcPerBlock', 0.0173)]);
  });

  it('believes fees of zero', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: '0' }, ASKED_AT_MS)).toEqual([reading('feesBtcPerBlock', 0)]);
  });

  it.each([
    { totalFee: '12 sat' },
    { totalFee: '' },
    { totalFee: '-1' },
    { endBlock: 930_203 },
    { startBlock: 0 },
  ])('takes nothing from %o', (change) => {
    expect(parseMempoolFees({ ...rewards, ...change }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });

  it('refuses more fees than there are coins', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: '9999999999999999' }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('parseCoinbasePrice', () => {
  it('reads the amount', () => {
    expect(parseCoinbasePrice(spot, ASKED_AT_MS)).toEqual([reading('priceUsdPerBtc', 87_508.83)]);
  });

  it('takes no other pair and no other writing of a number', () => {
    for (const data of [
      { ...spot.data, currency: 'EUR' },
      { ...spot.data, base: 'ETH' },
      { ...spot.data, amount: '87,508.83' },
      { ...spot.data, amount: 'NaN' },
      { ...spot.data, amount: '1e5' },
      { ...spot.data, amount: 87_508.83 },
    ]) {
      expect(parseCoinbasePrice({ data }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    }
  });

  it('refuses a price of zero', () => {
    expect(parseCoinbasePrice({ data: { ...spot.data, amount: '0' } }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('parseFrankfurterRate', () => {
  it('reads the rate, dated to the day it was fixed', () => {
    expect(parseFrankfurterRate(fx, ASKED_AT_MS)).toEqual([reading('cnyPerUsd', 6.9931, Date.parse('2025-12-31T00:00:00Z'))]);
  });

  it('refuses a rate turned upside down, and one from the future', () => {
    expect(parseFrankfurterRate({ ...fx, rates: { CNY: 0.143 } }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
    expect(parseFrankfurterRate({ ...fx, date: '2026-02-01' }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
  });

  it('takes nothing for another base or amount', () => {
    expect(parseFrankfurterRate({ ...fx, base: 'EUR' }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
    expect(parseFrankfurterRate({ ...fx, amount: 100 }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });
});
