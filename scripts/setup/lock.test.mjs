import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryTakeLock, withLock } from './lock.mjs';
import { describeProcess } from './process-identity.mjs';

/** Larger than any pid the kernel gives out. */
const NO_SUCH_PID = 2 ** 30;

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hashinsight-lock-'));
  file = join(folder, 'setup.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('tryTakeLock', () => {
  it('is held by the living process that took it, until it is released', () => {
    const first = tryTakeLock(file, { command: 'npm start' });
    expect(first.kind).toBe('taken');
    expect(tryTakeLock(file)).toMatchObject({ kind: 'held', holder: { command: 'npm start', pid: process.pid } });
    first.release();
    expect(existsSync(file)).toBe(false);
    expect(tryTakeLock(file).kind).toBe('taken');
  });

  it('takes over the lock of a dead process', () => {
    writeFileSync(file, JSON.stringify({ pid: NO_SUCH_PID, identity: 'boot:1' }));
    expect(tryTakeLock(file).kind).toBe('taken');
    expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  });

  it('takes over when the number of the dead holder now belongs to another process', () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'an-earlier-boot:1' }));
    expect(tryTakeLock(file).kind).toBe('taken');
  });

  it('waits for a holder that has not written its name yet, but not for ever', () => {
    writeFileSync(file, '');
    expect(tryTakeLock(file)).toEqual({ kind: 'held', holder: null });
    const longAgoS = Date.now() / 1000 - 60;
    utimesSync(file, longAgoS, longAgoS);
    expect(tryTakeLock(file).kind).toBe('taken');
  });

  it('leaves an abandoned lock alone while another process is taking it away', () => {
    writeFileSync(file, JSON.stringify({ pid: NO_SUCH_PID, identity: 'boot:1' }));
    writeFileSync(`${file}.guard`, '');
    expect(tryTakeLock(file).kind).toBe('held');
  });

  it('does not remove a lock that somebody else holds by now', () => {
    const mine = tryTakeLock(file);
    writeFileSync(file, JSON.stringify({ pid: NO_SUCH_PID, identity: 'boot:1' }));
    mine.release();
    expect(existsSync(file)).toBe(true);
  });
});

describe('withLock', () => {
  it('runs one task after the other and says that it waits', async () => {
    const events = [];
    const holder = tryTakeLock(file, { command: 'npm test' });
    const waiting = withLock(
      file,
      {
        onWait: ({ command }) => {
          events.push(`waits for ${command}`);
          holder.release();
        },
      },
      async () => {
        events.push('runs');
        return 'result';
      },
    );
    expect(await waiting).toBe('result');
    expect(events).toEqual(['waits for npm test', 'runs']);
    expect(existsSync(file)).toBe(false);
  });

  it('releases the lock when the task fails', async () => {
    await expect(
      withLock(file, {}, async () => {
        throw new Error('no disk left');
      }),
    ).rejects.toThrow('no disk left');
    expect(existsSync(file)).toBe(false);
  });
});

it('names this process the same way every time', () => {
  expect(describeProcess(process.pid)).toEqual(describeProcess(process.pid));
  expect(describeProcess(NO_SUCH_PID).identity).toBeNull();
});
