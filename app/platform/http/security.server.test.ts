import { describe, expect, it } from 'vitest';
import { createNonce, listSecurityHeaders, toContentSecurityPolicy } from './security.server.ts';

describe('createNonce', () => {
  it('gives a different value of 128 bits each time', () => {
    const nonces = Array.from({ length: 100 }, createNonce);
    expect(new Set(nonces).size).toBe(100);
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true);
  });
});

describe('toContentSecurityPolicy', () => {
  it('allows nothing inline and no other origin in production', () => {
    const policy = toContentSecurityPolicy('abc', false);
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('report-to csp; report-uri /csp-report');
  });
});

describe('listSecurityHeaders', () => {
  it('names the address of reports that the policy refers to, and refuses what no page here asks of a device', () => {
    const headers = listSecurityHeaders({ nonce: 'abc', forVite: false, secure: false });
    expect(headers['Reporting-Endpoints']).toBe('csp="/csp-report"');
    for (const feature of ['camera', 'geolocation', 'usb', 'serial']) expect(headers['Permissions-Policy']).toContain(`${feature}=()`);
  });

  it('asks the browser to insist on https only when the reader came by https', () => {
    const options = { nonce: 'abc', forVite: false };
    expect(listSecurityHeaders({ ...options, secure: false })).not.toHaveProperty('Strict-Transport-Security');
    expect(listSecurityHeaders({ ...options, secure: true })).toHaveProperty(
      'Strict-Transport-Security',
      'max-age=31536000; includeSubDomains',
    );
  });
});
