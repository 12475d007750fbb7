import { expect, it } from 'vitest';
import { toPublicPool } from './pool-address.ts';

it('names a public pool without port, path and worker', () => {
  expect(toPublicPool('stratum+tcp://btc.pool.example:3333')).toBe('btc.pool.example');
  expect(toPublicPool('user.rig:x@Pool.Example:3333/path')).toBe('pool.example');
});

it('says nothing of an address inside the site', () => {
  for (const url of ['stratum+tcp://10.7.0.2:3333', '[fd00::2]:3333', 'proxy:3333', 'pool.proxy.lan', 'stratum://farm.internal:1', ''])
    expect(toPublicPool(url), url).toBeNull();
});
