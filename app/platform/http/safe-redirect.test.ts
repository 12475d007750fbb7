import { describe, expect, it } from 'vitest';
import { toSafePath } from './safe-redirect.ts';

describe('toSafePath', () => {
  it('keeps paths of this site with their parameters', () => {
    for (const path of ['/', '/audit?action=session.sign-in#e7', '/%E7%9F%BF', '/a/b', '/?next=https://evil.example']) {
      expect(toSafePath(path, '/home')).toBe(path);
    }
  });

  it('gives the fallback for everything that could lead elsewhere', () => {
    const hostile = [
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
    ];
    hostile.push(
      '/\t/evil.example',
      '/\n/evil.example',
      ' /audit',
      'audit',
      '',
      '/.//evil.example',
      '/..//evil.example',
      '/a\r\nSet-Cookie: a=b',
    );
    hostile.push('http:/evil.example', '/\u0000', '/ ', '//user@evil.example', '/%5cevil.example/..//evil.example');
    for (const target of hostile) expect(toSafePath(target, '/home'), JSON.stringify(target)).toBe('/home');
    expect(toSafePath(null, '/home')).toBe('/home');
    expect(toSafePath(undefined, '/home')).toBe('/home');
  });
});
