import { describe, expect, it } from 'vitest';
import { readName, readSignUp } from './account-form.ts';

function aForm(changes: Record<string, string> = {}): FormData {
  const form = new FormData();
  const values = { email: 'lin@example.org', name: '林 卫', password: 'quiet harbour at dawn', purpose: 'own', ...changes };
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

const read = (changes?: Record<string, string>) => readSignUp(aForm(changes), 'zh', () => false);

describe('readSignUp', () => {
  it('takes what it needs and nothing else: no role, no id, no date can be slipped in', () => {
    expect(read({ role: 'owner', id: 'x', emailVerifiedAt: '2026-01-01', workspace: 'ignored' })).toEqual({
      kind: 'read',
      values: { email: 'lin@example.org', name: '林 卫', password: 'quiet harbour at dawn', purpose: 'own', workspace: null, locale: 'zh' },
    });
  });

  it('names every field that is wrong at once', () => {
    expect(read({ email: 'lin', name: ' ', password: 'short', purpose: 'admin' })).toEqual({
      kind: 'refused',
      faults: {
        email: { kind: 'email-unreadable' },
        name: { kind: 'name-missing' },
        password: { kind: 'password-too-short', characters: 5 },
        purpose: { kind: 'choice-missing' },
      },
    });
  });

  it('asks for the name of a company workspace', () => {
    expect(read({ purpose: 'company' })).toMatchObject({ faults: { workspace: { kind: 'name-missing' } } });
    expect(read({ purpose: 'company', workspace: '北方水电矿场' })).toMatchObject({ values: { workspace: '北方水电矿场' } });
  });
});

describe('readName', () => {
  it('keeps names on one line and without characters that turn text around', () => {
    expect(readName(' Lin\r\n\u202eWei ')).toEqual({ name: 'Lin Wei' });
    expect(readName('矿'.repeat(81))).toEqual({ fault: { kind: 'name-too-long', characters: 81, max: 80 } });
  });
});
