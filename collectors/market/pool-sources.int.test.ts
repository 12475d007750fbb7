// Two pools as sources of the network's figures, asked over a real connection of a server that answers well and badly.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { btcComPool } from './btc-com-pool.ts';
import { type FakeMarketServer, type FakeReply, startFakeMarketServer } from './fake-market-server.ts';
import { createFetchJson } from './fetch-json.ts';
import btcCom from './fixtures/btc-com-pool.json' with { type: 'json' };
import viabtc from './fixtures/viabtc-pool.json' with { type: 'json' };
import { viabtcPool } from './viabtc-pool.ts';

const NOW_MS = Date.parse('2025-12-20T12:00:00Z');
const POOLS = [
  { name: 'BTC.com', path: '/v1/pool/status/', make: btcComPool, good: btcCom },
  { name: 'ViaBTC', path: '/res/pool/BTC/state', make: viabtcPool, good: viabtc },
] as const;

let server: FakeMarketServer;
beforeEach(async () => {
  server = await startFakeMarketServer();
});
afterEach(() => server.close());

describe.each(POOLS)('$name', ({ path, make, good }) => {
  const read = (reply: FakeReply) => {
    server.answer(path, reply);
    return make(server.url).read({ fetchJson: createFetchJson({ timeoutMs: 300, maxBytes: 100_000 }), nowMs: () => NOW_MS });
  };

  it('gives the hash rate of the network in TH/s, as of the moment of asking', async () => {
    const outcomes = await read({ kind: 'json', body: good });
    const hashrate = outcomes.find(({ figure }) => figure === 'networkHashrateThs');
    // 1,049.31 EH/s
    expect(hashrate).toMatchObject({ kind: 'reading', value: expect.closeTo(1_049_310_000, 3), observedAtMs: NOW_MS });
  });
});

describe('figures that are not believed', () => {
  const read = async (pool: (typeof POOLS)[number], data: Record<string, unknown>) => {
    server.answer(pool.path, { kind: 'json', body: { ...pool.good, data: { ...pool.good.data, ...data } } });
    return pool.make(server.url).read({ fetchJson: createFetchJson(), nowMs: () => NOW_MS });
  };

  it('are those of another unit: TH/s of ViaBTC are out of range, ten times less contradicts the difficulty, PH/s of BTC.com are too few, a unit that BTC.com does not have is no unit', async () => {
    const kinds = async (hashrate: string) => (await read(POOLS[1], { network_hashrate: hashrate })).map(({ kind }) => kind);
    expect(await kinds('1049310000')).toEqual(['reading', 'refused']);
    expect(await kinds('104931000000000000000')).toEqual(['refused', 'refused']);
    expect(await read(POOLS[0], { network_hashrate_unit: 'P' })).toMatchObject([{ kind: 'refused' }]);
    expect(await read(POOLS[0], { network_hashrate_unit: 'EH/s' })).toMatchObject([{ kind: 'garbled' }]);
  });

  it('are absurd ones, and another coin', async () => {
    expect(await read(POOLS[0], { network_hashrate: '0' })).toMatchObject([{ kind: 'refused', figure: 'networkHashrateThs' }]);
    expect(await read(POOLS[1], { curr_diff: '0' })).toContainEqual(expect.objectContaining({ kind: 'refused', figure: 'difficulty' }));
    expect(await read(POOLS[1], { coin: 'BCH' })).toMatchObject([{ kind: 'garbled' }, { kind: 'garbled' }]);
  });
});
