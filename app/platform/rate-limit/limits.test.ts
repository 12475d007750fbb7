import { describe, expect, it } from 'vitest';
import { classifyRequest, RATE_CLASSES, RATE_LIMITS, toAddressSubject } from './limits.ts';

describe('the table of limits', () => {
  it('leaves an anonymous address at least 600 light and 60 heavy requests a minute', () => {
    expect(RATE_LIMITS.light.address).toBeGreaterThanOrEqual(600);
    expect(RATE_LIMITS.heavy.address).toBeGreaterThanOrEqual(60);
  });

  it('never gives one account more than its address has', () => {
    for (const one of RATE_CLASSES) expect(RATE_LIMITS[one].account).toBeLessThanOrEqual(RATE_LIMITS[one].address);
  });
});

describe('classifyRequest', () => {
  it.each([
    ['GET', '/', 'light'],
    ['HEAD', '/months.csv', 'light'],
    ['POST', '/api/v1/roi', 'light'],
    ['POST', '/api/v1/roi/batch', 'heavy'],
    ['POST', '/api/v1/risk', 'heavy'],
    ['POST', '/api/v1/forecasts', 'heavy'],
    ['GET', '/api/v1/forecasts/price', 'light'],
    ['POST', '/api/v1/power-prices/0b0e3b1c-5f0e-4a57-9d7f-1d8a2c0f7b11/files', 'heavy'],
    ['POST', '/api/v1/curtailment/shed', 'heavy'],
    ['POST', '/api/v1/power-prices/0198a000-0000-7000-8000-000000000000/files', 'heavy'],
    ['POST', '/api/v1/power-prices', 'light'],
    ['POST', '/sign-in', 'credentials'],
    ['POST', '/sign-in.data', 'credentials'],
    ['POST', '/api/v1/token', 'credentials'],
    ['POST', '/profile', 'credentials'],
    ['POST', '/workspaces/enter', 'credentials'],
    // Spellings that the router takes as the same address.
    ['POST', '/Sign-In', 'credentials'],
    ['POST', '/sign%2Din/', 'credentials'],
    ['POST', '/api/v1/risk/', 'heavy'],
    ['POST', '/API/v1/roi/batch', 'heavy'],
    ['POST', '/api/v1/curtailment%2Fplan', 'heavy'],
    ['POST', '/members', 'write'],
    ['DELETE', '/nowhere-yet', 'write'],
    ['POST', '/csp-report', 'report'],
    ['GET', '/readyz', 'light'],
    ['GET', '/healthz', null],
    ['GET', '/assets/index-1.css', null],
  ] as const)('counts %s %s as %s', (method, path, expected) => {
    expect(classifyRequest({ method, path })).toBe(expected);
  });
});

describe('toAddressSubject', () => {
  it('takes an IPv4 address as it is, also inside IPv6', () => {
    expect(toAddressSubject('192.0.2.7')).toBe('192.0.2.7');
    expect(toAddressSubject('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('counts the whole /64 of an IPv6 address, however it is written', () => {
    for (const address of ['2001:db8:1:2::1', '2001:db8:1:2:ffff:0:0:9', '2001:0DB8:0001:0002::', '2001:db8:1:2::1%eth0']) {
      expect(toAddressSubject(address), address).toBe('2001:db8:1:2::/64');
    }
    expect(toAddressSubject('::1')).toBe('0:0:0:0::/64');
    expect(toAddressSubject('2001:db8::1')).toBe('2001:db8:0:0::/64');
  });
});
