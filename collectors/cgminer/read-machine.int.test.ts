import { afterEach, describe, expect, it } from 'vitest';
import { type FakeBehaviour, type FakeMachine, startFakeMachine } from './fake-machine.ts';
import { FIXTURE_NAMES, type FixtureName, readFixture } from './fixtures.ts';
import type { Replies } from './parsing/replies.ts';
import { createReadMachine, type ReadMachineOptions } from './read-machine.ts';
import type { MachineReading } from './reading.ts';
import { findBrokenPromises } from './snapshot-promises.ts';
import type { Framing } from './transport/reading-commands.ts';
import { READING_COMMANDS } from './transport/reading-commands.ts';

const NOW_MS = 1_793_000_000_000;
const never = new AbortController().signal;
const HASTY = { connectMs: 5_000, idleMs: 600, totalMs: 10_000 };

const machines: FakeMachine[] = [];
afterEach(async () => {
  await Promise.all(machines.splice(0).map((machine) => machine.close()));
});

async function start(behaviour: FakeBehaviour, framing: Framing = 'text') {
  const machine = await startFakeMachine(behaviour, framing);
  machines.push(machine);
  return machine;
}

const framingOf = (name: FixtureName): Framing => (name === 'whatsminer-v3' ? 'length-prefixed' : 'text');
const reader = (options: ReadMachineOptions = {}) => createReadMachine({ nowMs: () => NOW_MS, ...options });
const plays = (name: FixtureName, more: Partial<Extract<FakeBehaviour, { kind: 'plays' }>> = {}): FakeBehaviour => ({
  kind: 'plays',
  replies: readFixture(name),
  ...more,
});

describe('a reading', () => {
  it.each(FIXTURE_NAMES)('%s: asked over a socket, with joined commands and without, gives what its driver reads', async (name) => {
    const framing = framingOf(name);
    const machine = await start(plays(name), framing);
    const joined = await reader({ framingOf: () => framing })(machine.address, never);
    machine.behave(plays(name, { canJoin: false, ending: 'close' }));
    const single = await reader({ framingOf: () => framing })(machine.address, never);
    if (joined.kind !== 'read' || single.kind !== 'read') throw new Error(`not read: ${JSON.stringify([joined, single])}`);
    expect(joined.snapshot).toEqual(single.snapshot);
    expect(joined.snapshot).toMatchObject({
      observedAtMs: NOW_MS,
      pools: name === 'whatsminer-v2-off' ? [] : expect.arrayContaining([expect.anything()]),
    });
    expect(joined.raw.length).toBeGreaterThan(0);
    expect(joined.latencyMs).toBeGreaterThan(0);
  });

  it.each(FIXTURE_NAMES)('%s: was sent nothing but reading commands', async (name) => {
    const machine = await start(plays(name, { canJoin: false }), framingOf(name));
    await reader({ framingOf: () => framingOf(name) })(machine.address, never);
    const sent = machine.commands.flatMap((command) => command.split('+'));
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.filter((command) => !READING_COMMANDS.some((reading) => reading === command))).toEqual([]);
  });

  it('asks one joined question once it knows the machine, and who it is again after a while', async () => {
    let nowMs = NOW_MS;
    const read = reader({ nowMs: () => nowMs });
    const machine = await start(plays('antminer-s19'));
    await read(machine.address, never);
    expect(machine.commands.splice(0)).toEqual(['version', 'summary+stats+pools']);
    const again = await read(machine.address, never);
    expect(machine.commands.splice(0)).toEqual(['summary+stats+pools']);
    expect(again).toMatchObject({ kind: 'read', snapshot: { model: 'Antminer S19' } });
    nowMs += 10 * 60_000;
    await read(machine.address, never);
    expect(machine.commands).toEqual(['version', 'summary+stats+pools']);
  });

  it('does not ask all machines that it met together who they are in one later cycle', async () => {
    let nowMs = NOW_MS;
    const read = reader({ nowMs: () => nowMs });
    const many = await Promise.all(Array.from({ length: 20 }, () => start(plays('antminer-s19'))));
    const cycle = async () => {
      for (const machine of many) machine.commands.splice(0);
      await Promise.all(many.map(({ address }) => read(address, never)));
      return many.filter(({ commands }) => commands.includes('version')).length;
    };
    expect(await cycle()).toBe(20);
    const met: number[] = [];
    for (let minute = 1; minute < 20; minute += 1) {
      nowMs += 60_000;
      met.push(await cycle());
    }
    expect(met).toEqual([...Array.from({ length: 9 }, () => 0), ...Array.from({ length: 10 }, () => 2)]);
  });

  it.each(['refused', 'closed'] as const)('keeps the version that it knows when asking anew is %s', async (fault) => {
    let nowMs = NOW_MS;
    const read = reader({ nowMs: () => nowMs });
    const { version, ...rest } = readFixture('luxos-s19');
    const machine = await start({ kind: 'plays', replies: { version, ...rest } });
    const first = await read(machine.address, never);
    if (first.kind !== 'read' || first.snapshot.firmwareVersion === null) throw new Error('not read');
    nowMs += 20 * 60_000;
    machine.behave({ kind: 'plays', replies: rest, faults: fault === 'closed' ? { version: 'closes' } : {} });
    const { firmwareVersion } = first.snapshot;
    expect(await read(machine.address, never)).toMatchObject({ kind: 'read', snapshot: { dialect: 'luxos', firmwareVersion } });
    expect(await read(machine.address, never)).toMatchObject({ kind: 'read', snapshot: { dialect: 'luxos', firmwareVersion } });
  });

  it('judges the clock by the replies of the reading, not by those it remembers', async () => {
    const read = reader();
    const machine = await start(plays('antminer-s19'));
    await read(machine.address, never);
    const anHourAgo = Object.fromEntries(
      Object.entries(readFixture('antminer-s19')).map(([command, reply]) => [
        command,
        { ...reply, STATUS: [{ STATUS: 'S', When: NOW_MS / 1000 - 3600 }] },
      ]),
    );
    machine.behave(plays('antminer-s19', { replies: anHourAgo }));
    expect(await read(machine.address, never)).toMatchObject({ kind: 'read', snapshot: { clockSkewS: -3600, model: 'Antminer S19' } });
  });

  it('does not ask again for what a machine refused for good, nor join where that was refused', async () => {
    const read = reader();
    const machine = await start(plays('whatsminer-v1', { canJoin: false }));
    await read(machine.address, never);
    expect(machine.commands.splice(0)).toEqual(expect.arrayContaining(['summary', 'get_error_code', 'get_miner_info']));
    await read(machine.address, never);
    expect(machine.commands.splice(0).sort()).toEqual(['devs', 'get_psu', 'pools', 'status', 'summary']);
    const braiins = await start(plays('braiins-s9', { canJoin: false }));
    await read(braiins.address, never);
    braiins.commands.splice(0);
    await read(braiins.address, never);
    expect(braiins.commands).toEqual(['summary', 'devs', 'pools', 'temps', 'fans', 'tunerstatus']);
  });

  it('notices another machine at the same address', async () => {
    const read = reader();
    const machine = await start(plays('antminer-s19'));
    await read(machine.address, never);
    machine.behave(plays('whatsminer-v1', { canJoin: false }));
    expect(await read(machine.address, never)).toMatchObject({ kind: 'failed', trouble: 'denied' });
    expect(await read(machine.address, never)).toMatchObject({ kind: 'read', snapshot: { dialect: 'whatsminer' } });
  });

  it('reads firmware that neither closes nor sends a NUL', async () => {
    const machine = await start(plays('cgminer-plain', { ending: 'none' }));
    expect(await reader({ limits: HASTY })(machine.address, never)).toMatchObject({ kind: 'read', snapshot: { dialect: 'cgminer' } });
  });

  it('reads replies with the malformations of firmware', async () => {
    const broken =
      '{"STATUS":[{"STATUS":"S","When":1793000000,"Description":"cgminer 4.9.0"}],"STATS":[{"Type":"Antminer L3+"}{"GHS 5s":"504.56","chain_acn1":72,"temp1":nan,}],"id":1}\0';
    const machine = await start({ kind: 'bytes', bytes: Buffer.from(broken) });
    expect(await reader()(machine.address, never)).toMatchObject({
      kind: 'read',
      snapshot: { dialect: 'antminer', model: 'Antminer L3+', hashrateThs: expect.closeTo(0.50456, 10) },
    });
  });
});

describe('a machine that answers one command badly', () => {
  const unansweredOf = (reading: MachineReading) => {
    if (reading.kind !== 'read') throw new Error(`not read: ${JSON.stringify(reading)}`);
    return reading.snapshot.notes.filter(({ reason }) => reason === 'unanswered').map(({ field, value }) => [field, value]);
  };

  it.each([
    ['whatsminer-v1', 'get_psu', 'closes', 'closed without an answer'],
    ['whatsminer-v1', 'get_miner_info', 'garbles', 'not JSON, and beyond repair'],
    ['whatsminer-v1', 'devdetails', 'hangs', 'nothing came for 600 ms'],
    ['luxos-s19', 'events', 'closes', 'closed without an answer'],
    ['antminer-s19', 'pools', 'garbles', 'not JSON, and beyond repair'],
    ['cgminer-plain', 'version', 'closes', 'closed without an answer'],
  ] as const)('%s whose %s %s is read all the same, and says what is missing', async (name, command, fault, detail) => {
    const machine = await start(plays(name, { canJoin: false, faults: { [command]: fault } }));
    const read = reader({ limits: HASTY });
    const whole = await reader()((await start(plays(name, { canJoin: false }))).address, never);
    const reading = await read(machine.address, never);
    expect(unansweredOf(reading)).toEqual([[command, `${command}: ${detail}`]]);
    if (reading.kind !== 'read' || whole.kind !== 'read') throw new Error('not read');
    expect(reading.snapshot).toMatchObject({ dialect: whole.snapshot.dialect, hashrateThs: whole.snapshot.hashrateThs });
    expect(findBrokenPromises(reading.snapshot)).toEqual([]);
  });

  it('asks it once more, then not again before it asks who the machine is, and goes on saying so', async () => {
    let nowMs = NOW_MS;
    const read = reader({ nowMs: () => nowMs, limits: HASTY });
    const machine = await start(plays('luxos-s19', { canJoin: false, faults: { events: 'closes' } }));
    const timesAsked = async () => {
      machine.commands.splice(0);
      expect(unansweredOf(await read(machine.address, never))).toEqual([['events', 'events: closed without an answer']]);
      return machine.commands.filter((command) => command === 'events').length;
    };
    expect([await timesAsked(), await timesAsked(), await timesAsked(), await timesAsked()]).toEqual([1, 1, 0, 0]);
    nowMs += 20 * 60_000;
    expect(await timesAsked()).toBe(1);
    machine.behave(plays('luxos-s19', { canJoin: false }));
    expect(unansweredOf(await read(machine.address, never))).toEqual([]);
  });

  it('asks one by one when a joined answer is nonsense, and joins again the next time', async () => {
    const read = reader();
    const machine = await start(plays('antminer-s19'));
    await read(machine.address, never);
    machine.behave(plays('antminer-s19', { faults: { pools: 'garbles' } }));
    expect(await read(machine.address, never)).toMatchObject({
      kind: 'read',
      snapshot: { hashrateThs: 95.2505, pools: [], activePool: null },
    });
    machine.behave(plays('antminer-s19'));
    machine.commands.splice(0);
    expect(await read(machine.address, never)).toMatchObject({ kind: 'read', snapshot: { activePool: 0 } });
    expect(machine.commands).toEqual(['summary+stats+pools']);
  });

  it('fails when it is the needed one, without asking the rest of a machine that hangs', async () => {
    const read = reader({ limits: HASTY });
    const machine = await start(plays('luxos-s19', { canJoin: false }));
    await read(machine.address, never);
    machine.behave({ kind: 'hangs' });
    machine.commands.splice(0);
    expect(await read(machine.address, never)).toMatchObject({
      kind: 'failed',
      trouble: 'silent',
      detail: 'summary: nothing came for 600 ms',
    });
    expect(machine.commands).toEqual(['summary']);
  });
});

describe('a reading that fails', () => {
  const failed = async (behaviour: FakeBehaviour, options: ReadMachineOptions = { limits: HASTY }) =>
    reader(options)((await start(behaviour)).address, never);

  it('says unreachable when nobody listens', async () => {
    const machine = await start({ kind: 'hangs' });
    await machine.close();
    machines.length = 0;
    expect(await reader()(machine.address, never)).toMatchObject({
      kind: 'failed',
      trouble: 'unreachable',
      detail: 'connection refused',
      raw: [],
      observedAtMs: NOW_MS,
    });
  });

  it('says silent for a machine that hangs, and for one that breaks off', async () => {
    expect(await failed({ kind: 'hangs' })).toMatchObject({
      kind: 'failed',
      trouble: 'silent',
      detail: 'version: nothing came for 600 ms',
    });
    const replies: Replies = readFixture('antminer-s19');
    // A reset reaches us as an error or as an end, by the kernel; half an answer is read in neither case.
    expect(await failed({ kind: 'breaks', replies })).toMatchObject({
      kind: 'failed',
      trouble: expect.stringMatching(/^(?:silent|garbled)$/),
      raw: [{ command: 'version' }, { command: 'stats' }, { command: 'summary' }],
    });
    expect(await failed({ kind: 'sticks', replies })).toMatchObject({ trouble: 'silent', raw: [{ command: 'version' }] });
  });

  it('says garbled and keeps the bytes, of nonsense and of too much', async () => {
    const reading = await failed({ kind: 'bytes', bytes: Buffer.from('{"STATUS":[{"STATUS":"S"') });
    expect(reading).toMatchObject({ kind: 'failed', trouble: 'garbled', detail: 'version: not JSON, and beyond repair' });
    expect(reading.raw.map(({ command, bytes }) => [command, Buffer.from(bytes).toString()])).toEqual(
      ['version', 'stats', 'summary'].map((command) => [command, '{"STATUS":[{"STATUS":"S"']),
    );
    expect(await failed({ kind: 'streams' }, { limits: { maxBytes: 1000 } })).toMatchObject({
      trouble: 'garbled',
      detail: 'version: longer than 1000 bytes',
    });
  });

  it('says denied, by whom and why, when nothing needed is told', async () => {
    expect(await failed({ kind: 'plays', replies: {} })).toMatchObject({
      kind: 'failed',
      trouble: 'denied',
      detail: 'Invalid command (code 14)',
    });
  });

  it('ends within its time, however many questions are open', async () => {
    const { devs, ...rest } = readFixture('braiins-s9');
    const machine = await start({ kind: 'plays', replies: { ...rest, devs }, canJoin: false, ending: 'none' });
    const reading = await reader({ limits: { connectMs: 5_000, idleMs: 400, totalMs: 500 } })(machine.address, never);
    expect(reading).toMatchObject({ kind: 'failed', trouble: 'silent', detail: 'summary: no complete reading within 500 ms' });
    expect(reading.latencyMs).toBeGreaterThanOrEqual(400);
  });

  it('rejects only when it is told to stop', async () => {
    const controller = new AbortController();
    const machine = await start({ kind: 'hangs' });
    const reading = reader()(machine.address, controller.signal);
    controller.abort(new Error('the worker ends'));
    await expect(reading).rejects.toThrow('the worker ends');
  });
});
