import { expect, it } from 'vitest';
import type { MachineAddress, ReadMachine } from '#collectors/cgminer/reading.ts';
import { readAt } from '../../../tests/support/telemetry-site.ts';
import { askInTurn } from './ask-in-turn.server.ts';
import { guardRead } from './guarded-read.server.ts';

const ADDRESS = { host: '10.0.0.7', port: 4028 };
const never = () => new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A reader whose questions end when they are told to. */
function aReader() {
  const open: { address: MachineAddress; end: (error?: Error) => void }[] = [];
  const read: ReadMachine = (address, signal) =>
    new Promise((resolve, reject) => {
      open.push({ address, end: (error) => (error ? reject(error) : resolve(readAt(1_000))) });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { open, read: askInTurn(read) };
}

it('asks a machine on two sites once at a time, in the order they came, whatever becomes of the first', async () => {
  const { open, read } = aReader();
  const first = read(ADDRESS, never());
  const second = read(ADDRESS, never());
  const third = read(ADDRESS, never());
  await settle();
  expect(open).toHaveLength(1);
  open[0]!.end(new Error('a mistake'));
  await expect(first).rejects.toThrow('a mistake');
  await settle();
  expect(open).toHaveLength(2);
  open[1]!.end();
  expect(await second).toMatchObject({ kind: 'read' });
  await settle();
  expect(open).toHaveLength(3);
  open[2]!.end();
  expect(await third).toMatchObject({ kind: 'read' });
});

it('asks other addresses and other ports meanwhile', async () => {
  const { open, read } = aReader();
  void read(ADDRESS, never());
  void read({ ...ADDRESS, port: 4029 }, never());
  void read({ ...ADDRESS, host: '10.0.0.8' }, never());
  await settle();
  expect(open).toHaveLength(3);
});

it('knows a machine that is entered by its name on one site and by its address on the other', async () => {
  const { open, read } = aReader();
  const guarded = guardRead(read, { allowsLoopback: false, resolve: async () => ADDRESS.host });
  void guarded(ADDRESS, never());
  void guarded({ host: 'miner-7.site', port: ADDRESS.port }, never());
  await settle();
  expect(open).toHaveLength(1);
});

it('lets whoever waits go when it is told to stop, and keeps the order of the others', async () => {
  const { open, read } = aReader();
  const stop = new AbortController();
  const first = read(ADDRESS, never());
  const second = read(ADDRESS, stop.signal);
  const third = read(ADDRESS, never());
  stop.abort(new Error('the worker ends'));
  await expect(second).rejects.toThrow('the worker ends');
  await settle();
  expect(open).toHaveLength(1);
  open[0]!.end();
  await first;
  await settle();
  expect(open).toHaveLength(2);
  open[1]!.end();
  expect(await third).toMatchObject({ kind: 'read' });
  await settle();
  void read(ADDRESS, never());
  await settle();
  expect(open).toHaveLength(3);
});
