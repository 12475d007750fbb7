import { describe, expect, it } from 'vitest';
import type { HostRules } from './allowed-host.ts';
import { findRefusal, MAX_BODY_BYTES, MAX_URL_CHARACTERS, type RequestLine } from './request-guard.ts';

const LOCAL: HostRules = { configured: ['example.org'], allowsLoopback: true };

function aRequestLine(differences: Partial<RequestLine> = {}): RequestLine {
  return { method: 'GET', url: '/', hosts: ['localhost:3000'], contentLength: undefined, hostRules: LOCAL, ...differences };
}

describe('findRefusal', () => {
  it('lets ordinary requests through', () => {
    for (const url of ['/', '/?model=S21%20Pro&note=%ff', '/a%20b', '/%E7%9F%BF', '/assets/x.js?v=1', '/a//b']) {
      expect(findRefusal(aRequestLine({ url }))).toBeNull();
    }
    for (const host of ['localhost:3000', '[::1]:3000', 'example.org'])
      expect(findRefusal(aRequestLine({ hosts: ['localhost:3000', host] }))).toBeNull();
  });

  it('refuses addresses that lead to another site, hold control characters or cannot be decoded', () => {
    for (const url of ['//evil.example', '/\\evil.example', '/%00', '/a%0d%0ab', '/%ff', '/%', 'http://evil.example/', '*']) {
      expect(findRefusal(aRequestLine({ url }))?.status, url).toBe(400);
    }
  });

  it('refuses a host that is no host', () => {
    for (const host of [undefined, '', 'a b', 'localhost:99999', 'x/../y z']) {
      expect(findRefusal(aRequestLine({ hosts: ['localhost:3000', host] }))?.status, String(host)).toBe(400);
    }
  });

  it('refuses a name that is not ours, but for the health of the process', () => {
    expect(findRefusal(aRequestLine({ hosts: ['evil.example'] }))).toMatchObject({ status: 421, values: { host: 'evil.example' } });
    expect(findRefusal(aRequestLine({ hosts: ['localhost:3000', 'evil.example'] }))?.status).toBe(421);
    for (const url of ['/healthz', '/readyz?x=1']) expect(findRefusal(aRequestLine({ hosts: ['10.0.0.7:3000'], url })), url).toBeNull();
  });

  it('refuses an address above the limit and takes one at the limit', () => {
    expect(findRefusal(aRequestLine({ url: `/${'a'.repeat(MAX_URL_CHARACTERS - 1)}` }))).toBeNull();
    expect(findRefusal(aRequestLine({ url: `/${'a'.repeat(MAX_URL_CHARACTERS)}` }))?.status).toBe(414);
  });

  it('refuses a declared body above the limit and takes one at the limit', () => {
    const post = (bytes: number) => findRefusal(aRequestLine({ method: 'POST', contentLength: String(bytes) }));
    expect(post(MAX_BODY_BYTES)).toBeNull();
    expect(post(MAX_BODY_BYTES + 1)?.status).toBe(413);
  });

  it('refuses methods that nothing answers and says which ones are known', () => {
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'BREW']) {
      const refusal = findRefusal(aRequestLine({ method }));
      expect(refusal?.status).toBe(405);
      expect(refusal?.headers.Allow).toContain('GET');
    }
  });
});
