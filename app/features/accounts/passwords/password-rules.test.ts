import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.server.ts';
import { findPasswordWeakness } from './password-rules.ts';

const context = { email: 'lin.weiming@example.org', name: 'Lin Weiming', isCommon: isCommonPassword };
const kindOf = (password: string) => findPasswordWeakness(password, context)?.kind ?? 'taken';

describe('findPasswordWeakness', () => {
  it.each([
    ['nine characters', 'k3#Vq8!zP', 'too-short'],
    ['ten characters', 'k3#Vq8!zPw', 'taken'],
    ['128 characters', `${'correct horse '.repeat(9)}ok`, 'taken'],
    ['129 characters', `${'correct horse '.repeat(9)}oks`, 'too-long'],
  ])('counts %s', (_case, password, kind) => {
    expect(kindOf(password)).toBe(kind);
  });

  it('counts characters, not bytes or halves of them', () => {
    expect(kindOf('电价便宜矿机开满不关机')).toBe('taken');
    // 9 emoji are 18 UTF-16 units and 36 bytes.
    expect(kindOf('🐢🐇🐎🐖🐔🐕🐈🐁🐂')).toBe('too-short');
  });

  it('asks for no digits, signs or capitals', () => {
    expect(kindOf('quiet harbour at dawn')).toBe('taken');
    expect(kindOf('quietharbourdawn')).toBe('taken');
  });

  it.each([
    'qwertyuiop',
    '1q2w3e4r5t',
    'Password123',
    'basketball',
    'password2024!',
    '!iloveyou!!',
    'PRINCESS99',
  ])('refuses %s, which attackers try first', (password) => {
    expect(kindOf(password)).toBe('common');
  });

  it.each([
    'weiming2024',
    'linweiming88',
    'Lin.Weiming@example.org',
    'HashInsight1',
    'bitcoinbitcoin',
    'antminer!!',
  ])('refuses %s, which says only who or what it is for', (password) => {
    expect(kindOf(password)).toBe('own-word');
  });

  it.each([
    'aaaaaaaaaa',
    'abababababab',
    'abcdefghijkl',
    '9876543210',
    '一一一一一一一一一一',
  ])('refuses %s, which is a pattern', (password) => {
    expect(kindOf(password)).toBe('pattern');
  });
});

describe('the list of common passwords', () => {
  it('holds tens of thousands', () => {
    expect(['123456', 'password', 'iloveyou', 'dragon'].every(isCommonPassword)).toBe(true);
    expect(isCommonPassword('quiet harbour at dawn')).toBe(false);
  });
});
