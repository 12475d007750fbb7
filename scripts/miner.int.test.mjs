/** The technician's command as a technician runs it: a process of its own against machines on loopback. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeMachine } from '../collectors/cgminer/fake-machine.ts';
import { readFixture } from '../collectors/cgminer/fixtures.ts';

const SCRIPT = fileURLToPath(new URL('./miner.mjs', import.meta.url));

/** @type {import('../collectors/cgminer/fake-machine.ts').FakeMachine} */
let machine;
beforeEach(async () => {
  machine = await startFakeMachine({ kind: 'plays', replies: readFixture('luxos-s19') });
});
afterEach(() => machine.close());

const run = (...args) =>
  new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
const target = () => `${machine.address.host}:${machine.address.port}`;

it('prints the snapshot as JSON and nothing else', async () => {
  const { code, stdout, stderr } = await run('read', target());
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ dialect: 'luxos', model: 'Antminer S19k Pro', powerW: 1051 });
});

it('prints what was on the wire, byte for byte', async () => {
  const { code, stdout, stderr } = await run('read', target(), '--raw');
  expect(code).toBe(0);
  const [version, joined] = stdout.split('\0\n');
  expect(JSON.parse(version)).toEqual(readFixture('luxos-s19').version);
  expect(JSON.parse(joined)).toHaveProperty('power');
  expect(stderr).toMatch(/^version: \d+ bytes\nsummary\+devs\+/);
});

it('says in one line what went wrong, and keeps what came', async () => {
  machine.behave({ kind: 'bytes', bytes: Buffer.from('{"STATUS":') });
  expect(await run('read', target(), '--raw')).toEqual({
    code: 1,
    // A machine that answers one question badly may answer another well.
    stdout: '{"STATUS":\n'.repeat(3),
    stderr: `version: 10 bytes\nstats: 10 bytes\nsummary: 10 bytes\n${target()}: garbled: version: not JSON, and beyond repair\n`,
  });
});

it('waits as long as it is told', async () => {
  machine.behave({ kind: 'hangs' });
  const { code, stderr } = await run('read', target(), '--timeout', '1');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/: silent: version: (?:nothing came for|no complete answer within) \d+ ms\n$/)]);
});

it('says unreachable when nobody listens', async () => {
  const address = target();
  await machine.close();
  expect(await run('read', address)).toEqual({ code: 1, stdout: '', stderr: `${address}: unreachable: connection refused\n` });
  machine = await startFakeMachine({ kind: 'hangs' });
});

it.each([
  [[], /^Usage: /],
  [['write', '127.0.0.1'], /^Usage: /],
  [['read'], /^Usage: /],
  [['read', '127.0.0.1', 'again'], /^Usage: /],
  [['read', 'http://127.0.0.1'], /^"http:\/\/127.0.0.1" is no address\. Usage: /],
  [['read', '127.0.0.1:99999'], /^Port 99999 is outside 1 to 65535\. Usage: /],
  [['read', '127.0.0.1', '--timeout', 'soon'], /^--timeout soon is outside 0 to 300 seconds\. Usage: /],
  [['read', '127.0.0.1', '--reboot'], /--reboot/],
])('refuses %j with the way it is used', async (args, sentence) => {
  const { code, stdout, stderr } = await run(...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(sentence);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
