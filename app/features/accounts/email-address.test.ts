import { describe, expect, it } from 'vitest';
import { maskEmail, parseEmail, toEmailKey } from './email-address.ts';

describe('parseEmail', () => {
  it('takes an address with the blanks of a paste around it', () => {
    expect(parseEmail('  Lin.Wei@Example.org ')).toBe('Lin.Wei@Example.org');
  });

  it.each([
    '',
    'lin',
    'lin@',
    '@example.org',
    'a b@example.org',
    'lin@example',
    'lin@example.org\nBcc: all@example.org',
    `${'a'.repeat(250)}@example.org`,
  ])('refuses %s', (text) => {
    expect(parseEmail(text)).toBeNull();
  });
});

describe('toEmailKey', () => {
  it('makes one key of two spellings, also of full-width letters from a Chinese keyboard', () => {
    expect(toEmailKey('Lin@Example.ORG')).toBe('lin@example.org');
    expect(toEmailKey('ｌｉｎ@example.org')).toBe('lin@example.org');
  });

  it('does not pretend to know which mail servers ignore dots and tags', () => {
    expect(toEmailKey('a.b+x@example.org')).not.toBe(toEmailKey('ab@example.org'));
  });
});

describe('maskEmail', () => {
  it('leaves two characters and the host', () => {
    expect(maskEmail('lin@example.org')).toBe('li***@example.org');
    expect(maskEmail('l@example.org')).toBe('l***@example.org');
  });
});
