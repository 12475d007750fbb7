import { expect, it } from 'vitest';
import type { MachineAddress, ReadMachine } from '#collectors/cgminer/reading.ts';
import { readAt } from '../../../tests/support/telemetry-site.ts';
import { guardRead } from './guarded-read.server.ts';

function aReader() {
  const asked: MachineAddress[] = [];
  const read: ReadMachine = async (address) => {
    asked.push(address);
    return readAt(1_000);
  };
  return { asked, read };
}

const { signal } = new AbortController();

it('connects to the address that was judged, not to the name', async () => {
  const { asked, read } = aReader();
  const guarded = guardRead(read, { allowsLoopback: false, resolve: async () => '10.0.0.7' });
  expect(await guarded({ host: 'miner-7.site', port: 4028 }, signal)).toMatchObject({ kind: 'read' });
  expect(asked).toEqual([{ host: '10.0.0.7', port: 4028 }]);
});

it('asks nothing under a name that leads to a forbidden address, and says why', async () => {
  const { asked, read } = aReader();
  const guarded = guardRead(read, { allowsLoopback: false, resolve: async () => '169.254.169.254', nowMs: () => 5_000 });
  expect(await guarded({ host: 'metadata.site', port: 80 }, signal)).toMatchObject({
    kind: 'failed',
    trouble: 'unreachable',
    observedAtMs: 5_000,
    detail: '169.254.169.254 is not an address that a machine can have',
  });
  expect(asked).toEqual([]);
});

it('tells a name that leads nowhere from a machine that is silent', async () => {
  const { read } = aReader();
  const resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
  expect(await guardRead(read, { allowsLoopback: false, resolve })({ host: 'gone.site', port: 4028 }, signal)).toMatchObject({
    trouble: 'unreachable',
    detail: 'gone.site has no address: ENOTFOUND',
  });
});
