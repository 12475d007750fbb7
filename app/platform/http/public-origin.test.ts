import { describe, expect, it } from 'vitest';
import { findPublicOrigin } from './public-origin.ts';

describe('findPublicOrigin', () => {
  it('is the configured address, whatever the sender says', () => {
    for (const host of ['evil.example', 'localhost:3000', undefined]) {
      expect(findPublicOrigin('https://hashinsight.example', { protocol: 'http', host })).toBe('https://hashinsight.example');
    }
  });

  it('follows the request on this machine only', () => {
    for (const host of ['localhost:3000', '127.0.0.1:41234', '[::1]:3000', '127.8.9.1']) {
      expect(findPublicOrigin(undefined, { protocol: 'http', host })).toBe(`http://${host}`);
    }
  });

  it('repeats no other host, however it is dressed', () => {
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'localhost:80@evil.example',
      '[::2]',
      '',
      undefined,
    ]) {
      expect(findPublicOrigin(undefined, { protocol: 'http', host }), host).toBeNull();
    }
  });
});
