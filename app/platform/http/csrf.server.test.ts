import { describe, expect, it } from 'vitest';
import { createCsrfToken, createSeed, deriveCsrfKey, findSeed, isCsrfToken, serializeSeed } from './csrf.server.ts';

const key = deriveCsrfKey('a secret of the installation, long enough');
const binding = { seed: createSeed(), session: 'session-one' };

describe('a form token', () => {
  it('is taken back by the browser and the session that it was made for, and differs each time', () => {
    const tokens = Array.from({ length: 20 }, () => createCsrfToken(key, binding));
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(isCsrfToken(key, binding, token)).toBe(true);
  });

  it('is worth nothing in another browser, after signing in, or under another secret', () => {
    const token = createCsrfToken(key, binding);
    expect(isCsrfToken(key, { ...binding, seed: createSeed() }, token)).toBe(false);
    expect(isCsrfToken(key, { ...binding, session: 'session-two' }, token)).toBe(false);
    expect(isCsrfToken(key, { ...binding, session: '' }, token)).toBe(false);
    expect(isCsrfToken(deriveCsrfKey('another secret'), binding, token)).toBe(false);
  });

  it('is refused when it is empty, cut, longer or nonsense', () => {
    const token = createCsrfToken(key, binding);
    for (const text of ['', 'null', token.slice(0, -2), `${token}AAAA`, '💥'.repeat(40), 'A'.repeat(86)]) {
      expect(isCsrfToken(key, binding, text), text).toBe(false);
    }
  });
});

describe('the seed', () => {
  it('is kept by the browser for this host only, unreadable for scripts', () => {
    expect(serializeSeed('s', true)).toBe('__Host-csrf=s; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(serializeSeed('s', false)).toBe('csrf=s; Path=/; HttpOnly; SameSite=Lax');
  });

  it('is found among other cookies under its exact name, and only when it is of our making', () => {
    const seed = createSeed();
    expect(findSeed(`lng=zh; csrf=${seed}`, false)).toBe(seed);
    expect(findSeed(`csrf=${seed}`, true)).toBeNull();
    expect(findSeed(`__Host-csrf=${seed}`, true)).toBe(seed);
    expect(findSeed(`xcsrf=${seed}`, false)).toBeNull();
    for (const value of ['', 'short', `${seed}x`]) expect(findSeed(`csrf=${value}`, false), value).toBeNull();
    expect(findSeed(null, false)).toBeNull();
  });
});
