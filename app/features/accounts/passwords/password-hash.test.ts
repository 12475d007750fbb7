import { describe, expect, it } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './password-hash.server.ts';

describe('passwords', () => {
  it('are kept as argon2id with their parameters, differently each time', async () => {
    const [one, two] = await Promise.all([hashPassword('quiet harbour'), hashPassword('quiet harbour')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword(one, 'quiet harbour')).toBe(true);
    expect(await verifyPassword(one, 'quiet harbouR')).toBe(false);
    expect(await verifyPassword(one, '')).toBe(false);
  });

  it('of nobody are never right', async () => {
    expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
  });

  it('typed as one or as two code points are the same', async () => {
    // e with acute: U+00E9, or e and U+0301
    expect(await verifyPassword(await hashPassword('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
  });

  it('are told apart to the last of 128 characters', async () => {
    const long = '矿'.repeat(127);
    expect(await verifyPassword(await hashPassword(`${long}a`), `${long}b`)).toBe(false);
  });

  it('hashed with older parameters are hashed anew', () => {
    expect(needsRehash('$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true);
    expect(needsRehash('$argon2id$v=19$m=47104,t=1,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(false);
  });

  it('take turns when many sign in at once', async () => {
    const hashed = await hashPassword('quiet harbour');
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => verifyPassword(hashed, index % 2 === 0 ? 'quiet harbour' : 'wrong one')),
    );
    expect(answers).toEqual(Array.from({ length: 12 }, (_, index) => index % 2 === 0));
  });
});
