import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBehaviour, type FakeMachine, startFakeMachine } from '../fake-machine.ts';
import type { Replies } from '../parsing/replies.ts';
import { type Exchange, type ExchangeLimits, exchange } from './exchange.ts';

/** Long enough for loopback on a busy machine. */
const PATIENT: ExchangeLimits = { connectMs: 5_000, idleMs: 5_000, totalMs: 10_000, maxBytes: 4_096 };
/** Short enough to wait for. */
const HASTY: ExchangeLimits = { ...PATIENT, idleMs: 600, totalMs: 5_000 };
const REPLIES: Replies = { summary: { STATUS: [{ STATUS: 'S' }], SUMMARY: [{ Elapsed: 7 }] } };
const never = new AbortController().signal;

let machine: FakeMachine;
beforeEach(async () => {
  machine = await startFakeMachine({ kind: 'hangs' });
});
afterEach(() => machine.close());

const ask = (behaviour: FakeBehaviour, limits = PATIENT, signal = never) => {
  machine.behave(behaviour);
  return exchange(machine.address, ['summary'], 'text', limits, signal);
};
const textOf = (outcome: Exchange) => (outcome.kind === 'unreachable' ? '' : new TextDecoder().decode(outcome.bytes));

describe('one exchange', () => {
  it.each(['nul', 'nul-and-close', 'close', 'half-close'] as const)('takes an answer that ends by %s as whole', async (ending) => {
    const outcome = await ask({ kind: 'plays', replies: REPLIES, ending });
    expect(outcome.kind).toBe('complete');
    expect(outcome.kind === 'complete' && new TextDecoder().decode(outcome.body)).toBe(JSON.stringify(REPLIES.summary));
    // What was on the wire is kept with its NUL.
    expect(textOf(outcome).endsWith('\0')).toBe(ending.startsWith('nul'));
    expect(machine.commands).toEqual(['summary']);
  });

  it('skips NULs before the answer and leaves out what comes after its end', async () => {
    const outcome = await ask({ kind: 'bytes', bytes: Buffer.from('\0\0{"a":1}\0{"b":2}') });
    expect(outcome.kind === 'complete' && new TextDecoder().decode(outcome.body)).toBe('{"a":1}');
  });

  it('says unreachable when nobody listens', async () => {
    await machine.close();
    expect(await ask({ kind: 'hangs' })).toEqual({ kind: 'unreachable', detail: 'connection refused' });
    machine = await startFakeMachine({ kind: 'hangs' });
  });

  it('waits for a connection no longer than it may', async () => {
    // A process that listens and is stopped: the kernel lets connections wait in its queue of one, and further ones before it.
    const script =
      "const s = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(s.address().port));";
    const sleeper = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(sleeper.stdout, 'data')) as [Buffer];
    sleeper.kill('SIGSTOP');
    const address = { host: '127.0.0.1', port: Number(line.toString()) };
    const waiting = Array.from({ length: 8 }, () => connect(address).on('error', () => {}));
    const outcome = await exchange(address, ['summary'], 'text', { ...PATIENT, connectMs: 300, idleMs: 300 }, never);
    for (const socket of waiting) socket.destroy();
    sleeper.kill('SIGKILL');
    expect(outcome).toEqual({ kind: 'unreachable', detail: 'no connection within 300 ms' });
  });

  it('waits for an answer no longer than it may', async () => {
    expect(await ask({ kind: 'hangs' }, HASTY)).toMatchObject({ kind: 'cut', detail: 'nothing came for 600 ms', bytes: Buffer.alloc(0) });
  });

  it('keeps the half of an answer that stops', async () => {
    const outcome = await ask({ kind: 'sticks', replies: REPLIES }, HASTY);
    expect(outcome).toMatchObject({ kind: 'cut', detail: 'nothing came for 600 ms' });
    expect(JSON.stringify(REPLIES.summary).startsWith(textOf(outcome))).toBe(true);
    expect(textOf(outcome).length).toBeGreaterThan(5);
  });

  it('does not take an end without an answer for an answer', async () => {
    const nothing = { kind: 'cut', detail: 'closed without an answer' };
    expect(await ask({ kind: 'bytes', bytes: new Uint8Array() })).toMatchObject(nothing);
    expect(await ask({ kind: 'bytes', bytes: Buffer.from('\0\0') })).toMatchObject(nothing);
  });

  it('stops reading an endless answer at its limit', async () => {
    const outcome = await ask({ kind: 'streams' });
    expect(outcome).toMatchObject({ kind: 'too-long', detail: 'longer than 4096 bytes' });
    expect(textOf(outcome)).toHaveLength(4_096);
  });

  it('ends a drip that never pauses long enough to be idle', async () => {
    const dripper = createServer((socket) => {
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer)).on('error', () => {});
    });
    await new Promise<void>((resolve) => dripper.listen(0, '127.0.0.1', resolve));
    const { port } = dripper.address() as { port: number };
    const limits = { ...PATIENT, idleMs: 5_000, totalMs: 300 };
    const outcome = await exchange({ host: '127.0.0.1', port }, ['summary'], 'text', limits, never);
    expect(outcome).toMatchObject({ kind: 'cut', detail: 'no complete answer within 300 ms' });
    await new Promise((resolve) => dripper.close(resolve));
  });

  it('rejects with the reason when it is stopped, before and while it waits', async () => {
    const controller = new AbortController();
    const answer = ask({ kind: 'hangs' }, PATIENT, controller.signal);
    controller.abort(new Error('the site was removed'));
    await expect(answer).rejects.toThrow('the site was removed');
    await expect(ask({ kind: 'hangs' }, PATIENT, controller.signal)).rejects.toThrow('the site was removed');
  });

  it('lets one signal stop many without a warning, and forgets it afterwards', async () => {
    const controller = new AbortController();
    const warnings: unknown[] = [];
    const listen = (warning: unknown) => warnings.push(warning);
    process.on('warning', listen);
    machine.behave({ kind: 'plays', replies: REPLIES });
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () => exchange(machine.address, ['summary'], 'text', PATIENT, controller.signal)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'complete'));
    expect(warnings).toEqual([]);
  });
});

describe('an exchange with lengths before its messages', () => {
  const replies: Replies = { 'get.device.info': { code: 0, msg: { miner: {} } } };
  const askV3 = async (behaviour: FakeBehaviour, limits = PATIENT) => {
    const v3 = await startFakeMachine(behaviour, 'length-prefixed');
    const outcome = await exchange(v3.address, ['get.device.info'], 'length-prefixed', limits, never);
    await v3.close();
    return outcome;
  };
  const announced = (length: number, body: string) => {
    const prefix = Buffer.alloc(4);
    prefix.writeUInt32LE(length);
    return Buffer.concat([prefix, Buffer.from(body)]);
  };

  it('reads as much as was announced, on a connection that stays open', async () => {
    const outcome = await askV3({ kind: 'plays', replies });
    expect(outcome.kind === 'complete' && new TextDecoder().decode(outcome.body)).toBe(JSON.stringify(replies['get.device.info']));
  });

  it.each<[string, Uint8Array, object]>([
    ['less than announced', announced(50, '{"code":0}'), { kind: 'cut', detail: 'closed before the announced end' }],
    ['half a length', Buffer.from([5, 0]), { kind: 'cut', detail: 'closed before the announced end' }],
    ['nothing', new Uint8Array(), { kind: 'cut', detail: 'closed without an answer' }],
    ['an announcement beyond the limit', announced(0xffff_ffff, '{'), { kind: 'too-long' }],
    ['text without a length', Buffer.from('{"STATUS":"E"}'), { kind: 'too-long' }],
  ])('says what is wrong with %s', async (_, bytes, expected) => {
    expect(await askV3({ kind: 'bytes', bytes })).toMatchObject(expected);
  });

  it('leaves out what comes after the announced end', async () => {
    const outcome = await askV3({ kind: 'bytes', bytes: announced(10, '{"code":0}rest') });
    expect(outcome.kind === 'complete' && new TextDecoder().decode(outcome.body)).toBe('{"code":0}');
  });
});
