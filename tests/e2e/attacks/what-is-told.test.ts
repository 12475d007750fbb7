// What answers tell to those who may not know: caches, foreign names of the host, and whether somebody has an account.
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROUTE_RULES } from '../../../app/platform/permissions/route-rules.ts';
import { emailOf } from '../../support/attacker.ts';
import { getTestOrigin } from '../../support/chromium.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { PASSWORD, withPassword } from '../../support/password.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';

let ours: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

describe('pages of one’s own', () => {
  const privatePaths = Object.entries(ROUTE_RULES)
    .filter(([, { read }]) => read !== null && !['everyone', 'staff', 'calculator.use', 'plan.use', 'batch.use'].includes(read))
    .map(
      ([name]) =>
        `/${name.replaceAll('_.', '/').replaceAll('[.]', '\u0000').replaceAll('.', '/').replaceAll('\u0000', '.').replaceAll(/[[\]]/g, '')}`,
    );

  it.each([
    ...privatePaths,
    '/sign-in',
    '/sign-up',
    '/reset',
    '/verify?token=x',
    '/invitation?token=x',
    '/dev/mail',
  ])('%s is kept by no cache', async (path) => {
    for (const cookie of [ours.people.owner.cookie, '']) {
      const { headers, status } = await new HttpBrowser(cookie).get(path);
      if (status !== 302) expect(headers.get('Cache-Control'), cookie).toMatch(/no-store/);
      else expect(headers.get('Cache-Control') ?? 'no-store', cookie).not.toMatch(/public|max-age=[1-9]/);
    }
  });

  it('are answered under no name that is not ours', async () => {
    const { port } = new URL(getTestOrigin());
    for (const Host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`]) {
      // fetch does not let a caller name the host, so the socket is spoken to by node:http.
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(`${getTestOrigin()}/reset`, { headers: { Host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status, Host).toBe(421);
    }
  });
});

describe('whether an address has an account', () => {
  it('is told by no answer: signing in, signing up and asking for a new password', async () => {
    const known = emailOf(await withPassword(ours.people.client));
    const unknown = `${randomUUID()}@mine.example`;
    // What differs by itself: the address that is given back, tokens, nonces and the numbers React makes.
    const plain = (text: string, email: string) =>
      text
        .replaceAll(email, 'EMAIL')
        .replaceAll(/nonce="[^"]+"/g, '')
        .replaceAll(/[\w-]{22,}={0,2}/g, 'RANDOM');
    const attempts: [string, Record<string, string>][] = [
      ['/sign-in', { password: 'wrong harbour' }],
      ['/reset', {}],
      ['/sign-up', { name: 'Lin', password: PASSWORD, purpose: 'own' }],
    ];
    for (const [path, fields] of attempts) {
      const [one, other] = await Promise.all([known, unknown].map((email) => new HttpBrowser().submit(path, { email, ...fields })));
      expect(one?.status, path).toBe(other?.status);
      expect(plain(one?.text ?? '', known), path).toBe(plain(other?.text ?? '', unknown));
    }
  });
});
