// Height, epoch, difficulty, hash rate and fees, as each source says them.
import { describe, expect, it } from 'vitest';
import { bitcoinRpc } from './bitcoin-rpc.ts';
import { parseBlockchainInfoStats } from './blockchain-info-stats.ts';
import { parseCoinwarz } from './coinwarz-network.ts';
import type { FetchJson } from './fetch-json.ts';
import rpc from './fixtures/bitcoin-rpc.json' with { type: 'json' };
import blockchainInfo from './fixtures/blockchain-info-stats.json' with { type: 'json' };
import coinwarz from './fixtures/coinwarz-coin.json' with { type: 'json' };
import epoch from './fixtures/difficulty-adjustment.json' with { type: 'json' };
import hashrate from './fixtures/hashrate-3d.json' with { type: 'json' };
import rewards from './fixtures/reward-stats-144.json' with { type: 'json' };
import { parseMempoolEpoch } from './mempool-epoch.ts';
import { parseMempoolFees } from './mempool-fees.ts';
import { parseMempoolHashrate } from './mempool-hashrate.ts';

const ASKED_AT_MS = Date.parse('2025-12-31T18:00:00Z');
const reading = (figure: string, value: number, observedAtMs = ASKED_AT_MS) => ({ kind: 'reading', figure, value, observedAtMs });

describe('parseMempoolEpoch', () => {
  it('reads the next block’s height and the age of the epoch', () => {
    // tip 931,392 - 1,045 = 930,347; next 930,348. Epoch began 2025-12-25T00:00:00Z: 6.75 days = 583,200 s
    expect(parseMempoolEpoch(epoch, ASKED_AT_MS)).toEqual([reading('height', 930_348), reading('epochElapsedS', 583_200)]);
  });

  it('refuses to pair the first block of an epoch with the difficulty of the last', () => {
    expect(parseMempoolEpoch({ ...epoch, remainingBlocks: 1 }, ASKED_AT_MS)).toMatchObject({ kind: 'not-yet' });
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
    expect(parseMempoolHashrate({ ...hashrate, currentHashrate: 1.052e20 }, ASKED_AT_MS)).toMatchObject({ kind: 'refused' });
    // TH/s for H/s: out of range by itself.
    expect(parseMempoolHashrate({ ...hashrate, currentHashrate: 1_052_000_000 }, ASKED_AT_MS)).toMatchObject([
      { kind: 'reading', figure: 'difficulty' },
      { kind: 'refused', figure: 'networkHashrateThs' },
    ]);
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

  it('refuses a sum that is in bitcoin, not satoshi', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: 2.4912 }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });

  it('refuses more fees than there are coins', () => {
    expect(parseMempoolFees({ ...rewards, totalFee: '9999999999999999' }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
  });
});

describe('the other sources of the network', () => {
  it('Blockchain.info: converts GH/s, and refuses the pair when the unit is another', () => {
    expect(parseBlockchainInfoStats(blockchainInfo, ASKED_AT_MS)).toEqual([
      reading('difficulty', 148_195_306_640_204.72, 1_767_203_400_000),
      reading('networkHashrateThs', 1_049_000_000, 1_767_203_400_000),
    ]);
    expect(parseBlockchainInfoStats({ ...blockchainInfo, hash_rate: 1.049e9 }, ASKED_AT_MS)).toMatchObject([{}, { kind: 'refused' }]);
  });

  it('CoinWarz: reads the difficulty, and its refusals', () => {
    expect(parseCoinwarz(coinwarz, ASKED_AT_MS)).toEqual([reading('difficulty', 148_195_306_640_204.72)]);
    // In units of 1e12, as its pages show it.
    expect(parseCoinwarz({ ...coinwarz, Data: { ...coinwarz.Data, Difficulty: 148.2 } }, ASKED_AT_MS)).toMatchObject([{ kind: 'refused' }]);
    expect(parseCoinwarz({ Success: false, Message: 'Invalid API key', Data: null }, ASKED_AT_MS)).toMatchObject({ kind: 'garbled' });
  });
});

describe('a node', () => {
  const node = bitcoinRpc({ name: 'Node', url: 'http://127.0.0.1:1/wallet/a', login: { user: 'u', password: 'p' } });
  type Replies = Record<keyof typeof rpc, unknown>;
  const ask = (change: Partial<Replies> = {}) => {
    const fetchJson: FetchJson = async (_, options) => {
      const { method } = options?.post as { method: keyof typeof rpc };
      expect(options?.headers).toEqual({ authorization: `Basic ${Buffer.from('u:p').toString('base64')}` });
      return { kind: 'json', body: { ...rpc, ...change }[method] };
    };
    return node.read({ fetchJson, nowMs: () => ASKED_AT_MS });
  };

  it('gives height, age of the epoch, difficulty and hash rate as the other sources do', async () => {
    expect(await ask()).toEqual([
      reading('height', 930_348),
      reading('epochElapsedS', 583_200),
      reading('difficulty', 148_195_306_640_204.7),
      reading('networkHashrateThs', 1_052_000_000),
    ]);
    expect(node.url).toBe('http://127.0.0.1:1');
  });

  it('is not believed while it catches up, on another chain, or right before a new epoch', async () => {
    const chain = (change: object) => ({
      getblockchaininfo: { ...rpc.getblockchaininfo, result: { ...rpc.getblockchaininfo.result, ...change } },
    });
    for (const outcome of await ask(chain({ initialblockdownload: true }))) expect(outcome.kind).toBe('not-yet');
    for (const outcome of await ask(chain({ chain: 'test' }))) expect(outcome.kind).toBe('garbled');
    for (const outcome of await ask(chain({ blocks: 931_391 }))) expect(outcome.kind).toBe('not-yet');
  });

  it('keeps the other figures when one call fails', async () => {
    const outcomes = await ask({ getblockheader: { result: null, error: { code: -5, message: 'Block not found' } } });
    expect(outcomes.map(({ figure, kind }) => `${figure} ${kind}`)).toEqual([
      'height reading',
      'epochElapsedS garbled',
      'difficulty reading',
      'networkHashrateThs reading',
    ]);
  });
});
