import { describe, expect, it } from 'vitest';
import { AUDIT_ACTION_NAMES, AUDIT_ACTIONS } from './actions.ts';
import { redactSnapshot } from './redact-snapshot.ts';

describe('redactSnapshot', () => {
  it('drops every field that the action does not name', () => {
    const row = { role: 'admin', userId: 'u1', passwordHash: '$argon2id$...', totpSecretSealed: 'x' };
    expect(redactSnapshot('member.change-role', row)).toEqual({ role: 'admin', userId: 'u1' });
  });

  it('masks addresses and hides secrets, but says that something was there', () => {
    expect(redactSnapshot('account.create', { email: 'anna@mine.example', name: 'Anna' })).toEqual({
      email: 'a***@mine.example',
      name: 'Anna',
    });
    expect(redactSnapshot('account.change-password', { password: 'correct horse' })).toEqual({ password: '[redacted]' });
    expect(redactSnapshot('settings.change', { name: 'smtp', secret: null })).toEqual({ name: 'smtp', secret: null });
  });

  it('keeps texts and lists within bounds', () => {
    const after = redactSnapshot('workspace.enter', { reason: '因'.repeat(10_000) });
    expect(String(after?.reason)).toHaveLength(501);
    const scopes = Array.from({ length: 1_000 }, (_, index) => `s${index}`);
    expect(redactSnapshot('token.create', { scopes })?.scopes).toHaveLength(100);
  });

  it('tells no snapshot from an empty one', () => {
    expect(redactSnapshot('session.sign-out', undefined)).toBeNull();
    expect(redactSnapshot('session.sign-out', {})).toEqual({});
  });
});

describe('the table of actions', () => {
  it('names no field plainly that sounds like a secret', () => {
    for (const action of AUDIT_ACTION_NAMES) {
      for (const [field, rule] of Object.entries(AUDIT_ACTIONS[action].fields)) {
        if (/password|secret|token|code|hash|key/i.test(field)) expect(rule, `${action} ${field}`).toBe('hidden');
        if (/email|phone/i.test(field)) expect(rule, `${action} ${field}`).toBe('masked');
      }
    }
  });
});
