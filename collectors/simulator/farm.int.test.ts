import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createReadMachine } from '#collectors/cgminer/read-machine.ts';
import type { MachineAddress } from '#collectors/cgminer/reading.ts';
import { DIALECTS } from '#collectors/cgminer/snapshot.ts';
import { startControl } from './control.ts';
import { type Farm, type FarmOptions, startFarm } from './farm.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function farmOf(options: Partial<FarmOptions>): Promise<Farm> {
  const farm = await startFarm({ miners: 7, basePort: 0, troublesPerDay: 0, ...options });
  closers.push(farm.close);
  return farm;
}

/** What comes until the machine closes; rejects when connecting fails. */
function ask({ host, port }: MachineAddress, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let text = '';
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

const read = createReadMachine({ limits: { connectMs: 400, idleMs: 400, totalMs: 10_000 } });
const readAt = (farm: Farm, index: number) => read(farm.machines[index]!.address, new AbortController().signal);

test('each dialect is recognised over the wire and says what the machine is really doing', async () => {
  const farm = await farmOf({ miners: 35 });
  for (const { index, dialect, worker } of farm.machines) {
    const reading = await readAt(farm, index);
    const truth = farm.observe(index);
    if (reading.kind !== 'read') throw new Error(`${dialect} ${reading.trouble}: ${reading.detail}`);
    const { snapshot } = reading;
    expect(snapshot.dialect).toBe(dialect);
    expect(snapshot.state).toBe('hashing');
    expect(snapshot.hashrateThs! / truth.hashrate5sThs).toBeCloseTo(1, 1);
    expect(snapshot.acceptedShares).toBeLessThanOrEqual(truth.accepted);
    expect(snapshot.acceptedShares).toBeGreaterThan(truth.accepted - 5);
    expect(snapshot.boards).toHaveLength(3);
    expect(snapshot.pools.filter(({ isDeveloperFee }) => !isDeveloperFee).map((pool) => pool.worker)).toEqual([worker, worker, worker]);
    expect(snapshot.activePool).toBe(0);
  }
});

test('machines have an address each at one port, or a port each at one address', async () => {
  const apart = await farmOf({ miners: 600 });
  expect(new Set(apart.machines.map(({ address }) => address.host)).size).toBe(600);
  expect(new Set(apart.machines.map(({ address }) => address.port)).size).toBe(1);
  await expect(startFarm({ miners: 3, layout: 'port', basePort: 65_534 })).rejects.toThrow(
    'base port 65534 with 3 machines leaves the range',
  );
});

test('a dead machine takes no connection and refuses none, a refused one fails at once, and both can be healed', async () => {
  const farm = await farmOf({});
  await farm.setFault([0, 1], 'dead');
  await farm.setFault([2], 'refused');
  const caller = connect(farm.machines[0]!.address);
  closers.push(async () => void caller.destroy());
  caller.on('error', () => {});
  await expect(ask(farm.machines[2]!.address, '{"command":"summary"}')).rejects.toThrow('ECONNREFUSED');
  expect(await ask(farm.machines[3]!.address, '{"command":"summary"}')).toContain('SUMMARY');
  expect(await readAt(farm, 1)).toMatchObject({ kind: 'failed', trouble: 'unreachable' });
  // By now two other machines have answered or refused, and this one has done neither.
  expect(caller.connecting).toBe(true);
  await farm.setFault([0, 1, 2], null);
  for (const index of [0, 1, 2]) expect((await readAt(farm, index)).kind).toBe('read');
});

test('faults after the connection show as what they are', async () => {
  const farm = await farmOf({});
  await farm.setFault([0], 'hang');
  await farm.setFault([1], 'half');
  await farm.setFault([2], 'garbled');
  await farm.setFault([3], 'skew');
  await farm.setFault([4], 'board');
  expect(await readAt(farm, 0)).toMatchObject({ kind: 'failed', trouble: 'silent' });
  expect(await readAt(farm, 1)).toMatchObject({ kind: 'failed', trouble: 'garbled' });
  expect(await readAt(farm, 2)).toMatchObject({ kind: 'failed', trouble: 'garbled' });
  const skewed = await readAt(farm, 3);
  expect(skewed.kind === 'read' && Math.abs(skewed.snapshot.clockSkewS!)).toBeGreaterThan(290);
  expect(farm.observe(4).boards[0]!.isAlive).toBe(false);
  expect(farm.faultOf(4)).toBe('board');
  await farm.setFault([4], null);
  expect(farm.observe(4).boards[0]!.isAlive).toBe(true);
});

test('a request may come in pieces, a machine that restarts is off the network, and a half-closed caller gets its answer', async () => {
  const farm = await farmOf({ dialects: ['cgminer'] });
  const socket = connect({ ...farm.machines[0]!.address, allowHalfOpen: true });
  const whole = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => resolve(text));
  });
  await new Promise<void>((resolve) => socket.write('{"comm', () => resolve()));
  await new Promise<void>((resolve) => socket.write('and":"version"}', () => resolve()));
  socket.end();
  expect(await whole).toContain('"CGMiner":"4.12.0"');
  expect(farm.perform(1, { kind: 'restart' })).toBeNull();
  expect(await ask(farm.machines[1]!.address, '{"command":"summary"}').catch((error: NodeJS.ErrnoException) => error.code)).toMatch(
    /^(|ECONNRESET)$/,
  );
});

test('the control port sets faults, carries acts out and answers nonsense with what is possible', async () => {
  const farm = await farmOf({ dialects: DIALECTS });
  const control = await startControl(farm, 0);
  closers.push(control.close);
  const socket = connect({ host: '127.0.0.1', port: control.port });
  closers.push(async () => void socket.destroy());
  const orders = [
    { do: 'fault', machines: [1, 2], fault: 'hang' },
    { do: 'fault', machines: [99], fault: 'hang' },
    { do: 'fault', machines: [1], fault: 'explode' },
    { do: 'act', machine: 0, act: { kind: 'sleep' } },
    { do: 'act', machine: 0, act: { kind: 'limit', ratio: 3 } },
    { do: 'dance' },
    { do: 'machines' },
  ];
  const answers = await new Promise<Record<string, unknown>[]>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const lines = text.split('\n').slice(0, -1);
      if (lines.length === orders.length) resolve(lines.map((line) => JSON.parse(line)));
    });
    socket.write(orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
  });
  expect(answers.slice(0, 6)).toEqual([
    { ok: true, machines: 2 },
    { ok: false, error: 'machine 99 is outside 0 to 6.' },
    { ok: false, error: expect.stringMatching(/^fault: null or one of dead, refused/) },
    { ok: true },
    { ok: false, error: 'ratio 3 is outside 0.4 to 1' },
    { ok: false, error: 'do: one of fault, act, counters, machines is needed.' },
  ]);
  expect((answers[6]!.machines as { fault: string | null }[]).map(({ fault }) => fault)).toEqual([
    null,
    'hang',
    'hang',
    null,
    null,
    null,
    null,
  ]);
  expect(farm.observe(0).phase).toBe('sleeping');
});
