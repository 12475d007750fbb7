import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatLogLine, redactUrls } from './log-line.ts';

const at = new Date('2026-05-01T12:00:00Z');
const lineOf = (fields: Record<string, unknown>) => JSON.parse(formatLogLine(at, 'info', 'test.run', fields));

describe('formatLogLine', () => {
  it('is one line of JSON with time, level and event first', () => {
    const line = formatLogLine(at, 'warn', 'queue.stalled', { note: 'two\nlines' });
    expect(line).toBe('{"at":"2026-05-01T12:00:00.000Z","level":"warn","event":"queue.stalled","note":"two\\nlines"}');
  });

  it('hides fields whose name says that they are secret, at any depth', () => {
    expect(lineOf({ request: { headers: { Authorization: 'Bearer abc', cookie: 'sid=1', accept: '*/*' } } })).toMatchObject({
      request: { headers: { Authorization: '[redacted]', cookie: '[redacted]', accept: '*/*' } },
    });
  });

  it('takes passwords out of URLs inside messages, stacks and causes', () => {
    const error = new Error('cannot reach postgresql://app:hunter2@db/x', { cause: new Error('redis://:hunter2@cache refused') });
    const line = formatLogLine(at, 'error', 'db.failed', { error });
    expect(line).not.toContain('hunter2');
    expect(JSON.parse(line).error).toMatchObject({ message: 'cannot reach postgresql://app:[redacted]@db/x', cause: { name: 'Error' } });
  });

  it('keeps the code of a system error', () => {
    expect(lineOf({ error: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }).error.code).toBe('ECONNREFUSED');
  });

  it('stops at structures that refer to themselves', () => {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    expect(() => lineOf({ ring })).not.toThrow();
  });
});

describe('redaction by schema', () => {
  /** Every column of the model, as the code names it. */
  const columns = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^ {2}(\w+) +(?:String|Json)\b/gm)].map(
    ([, name = '']) => name,
  );
  /** Hashes and keys that are public by their nature. */
  const PUBLIC = new Set(['hash', 'previousHash', 'headHash', 'publicJwk', 'inputsHash']);
  const secrets = columns.filter((name) => /hash|sealed|secret|password|jwk/i.test(name) && !PUBLIC.has(name));

  it('finds the columns that hold secrets', () => {
    expect(secrets).toEqual(expect.arrayContaining(['passwordHash', 'totpSecretSealed', 'codeHash', 'tokenHash', 'privateJwkSealed']));
  });

  it('hides every one of them, wherever a row gets into the log', () => {
    for (const name of secrets) expect(lineOf({ row: { [name]: 'value-of-it' } }).row[name], name).toBe('[redacted]');
  });

  it('keeps of addresses what a person recognises', () => {
    for (const name of columns.filter((column) => /email/i.test(column))) {
      expect(lineOf({ user: { [name]: 'anna@mine.example' } }).user[name], name).toBe('a***@mine.example');
    }
  });
});

describe('redactUrls', () => {
  it('leaves a URL without credentials as it is', () => {
    expect(redactUrls('GET https://mempool.space/api/v1/fees at 12:00')).toBe('GET https://mempool.space/api/v1/fees at 12:00');
  });
});
