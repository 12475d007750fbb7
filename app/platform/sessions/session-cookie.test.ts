import { describe, expect, it } from 'vitest';
import { findSessionToken, serializeNoSessionCookie, serializeSessionCookie } from './session-cookie.ts';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789_-ABCDE';

describe('session cookie', () => {
  it('is bound to the host and unreadable for scripts, and Secure over https', () => {
    expect(serializeSessionCookie(TOKEN, true)).toBe(`__Host-session=${TOKEN}; Path=/; HttpOnly; SameSite=Lax; Secure`);
    expect(serializeSessionCookie(TOKEN, false)).toBe(`session=${TOKEN}; Path=/; HttpOnly; SameSite=Lax`);
    expect(serializeNoSessionCookie(true)).toBe('__Host-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure');
  });

  it('is found among others, by its exact name', () => {
    expect(findSessionToken(`lng=zh; session=${TOKEN}; x=1`, false)).toBe(TOKEN);
    expect(findSessionToken(`xsession=${TOKEN}`, false)).toBeNull();
    expect(findSessionToken(null, false)).toBeNull();
  });

  it('counts in production only under the name that no other host can set', () => {
    expect(findSessionToken(`session=${TOKEN}`, true)).toBeNull();
    expect(findSessionToken(`__Host-session=${TOKEN}`, true)).toBe(TOKEN);
  });

  it('is ignored when it is not of our making', () => {
    for (const value of ['', 'short', `${TOKEN}x`, '../../etc/passwd', `${TOKEN.slice(1)}*`]) {
      expect(findSessionToken(`session=${value}`, false), value).toBeNull();
    }
  });
});
