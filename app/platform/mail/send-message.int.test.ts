import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderMessage } from './message.ts';
import { listOutbox } from './outbox.server.ts';
import { deliver } from './send-message.server.ts';

const message = renderMessage({
  to: 'lin@example.org',
  language: 'zh',
  subject: '确认邮箱',
  paragraphs: ['请确认您的邮箱。'],
  action: { label: '确认', url: 'https://example.org/verify?token=abc' },
  footer: 'HashInsight',
});

/** A mail server of a dozen lines: takes what it is given, or refuses every recipient. */
function startSmtp({ refuses }: { refuses: boolean }): Promise<{ server: Server; url: string; received: () => string }> {
  let received = '';
  const server = createServer((socket) => {
    let isData = false;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString('utf8');
      received += text;
      if (isData) {
        if (text.endsWith('\r\n.\r\n')) {
          isData = false;
          socket.write('250 taken\r\n');
        }
      } else if (text.startsWith('EHLO')) socket.write('250 here\r\n');
      else if (text.startsWith('RCPT') && refuses) socket.write('550 nobody here\r\n');
      else if (text.startsWith('DATA')) {
        isData = true;
        socket.write('354 go on\r\n');
      } else if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    });
    socket.on('error', () => undefined);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received: () => received }),
    );
  });
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  vi.stubEnv('HASHINSIGHT_MODE', 'test');
  vi.stubEnv('DATABASE_URL', 'postgresql://app@127.0.0.1/none');
  vi.stubEnv('REDIS_URL', 'redis://127.0.0.1:1');
  vi.stubEnv('LOG_LEVEL', 'error');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const env = (url?: string) => ({
  MAIL_SMTP_URL: url,
  MAIL_FROM: 'HashInsight <no-reply@example.org>',
  MAIL_OUTBOX_DIR: join(folder, 'box'),
});

describe('deliver', () => {
  it('hands the message to the mail server, in both forms', async () => {
    const smtp = await startSmtp({ refuses: false });
    await deliver(env(smtp.url), randomUUID(), message, 0);
    smtp.server.close();
    expect(smtp.received()).toContain('RCPT TO:<lin@example.org>');
    expect(smtp.received()).toContain('From: HashInsight <no-reply@example.org>');
    expect(smtp.received()).toContain('text/plain; charset=utf-8');
    expect(smtp.received()).toContain('text/html; charset=utf-8');
    expect(await listOutbox(folder)).toEqual([]);
  });

  it('fails when the mail server refuses, so that the queue tries again', async () => {
    const smtp = await startSmtp({ refuses: true });
    await expect(deliver(env(smtp.url), randomUUID(), message, 0)).rejects.toThrow('nobody here');
    smtp.server.close();
  });

  it('keeps messages without a mail server in a folder for its user only, the latest first', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await deliver(env(), first, message, 1_000);
    await deliver(env(), second, message, 2_000);
    const kept = await listOutbox(env().MAIL_OUTBOX_DIR);
    expect(kept.map(({ id, sentAtMs, to }) => ({ id, sentAtMs, to }))).toEqual([
      { id: second, sentAtMs: 2_000, to: 'lin@example.org' },
      { id: first, sentAtMs: 1_000, to: 'lin@example.org' },
    ]);
    const [name = ''] = await readdir(env().MAIL_OUTBOX_DIR);
    expect((await stat(join(env().MAIL_OUTBOX_DIR, name))).mode & 0o077).toBe(0);
  });
});
