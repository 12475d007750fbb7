import { describe, expect, it } from 'vitest';
import { isAllowedHost, toHostRules } from './allowed-host.ts';

const demo = toHostRules({ HASHINSIGHT_MODE: 'demo', ALLOWED_HOSTS: [] });
const production = toHostRules({
  HASHINSIGHT_MODE: 'production',
  PUBLIC_ORIGIN: 'https://hashinsight.example',
  ALLOWED_HOSTS: ['intranet.example:8443'],
});

describe('isAllowedHost', () => {
  it('answers this machine under any port in demonstration', () => {
    for (const host of ['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1:41234', '127.8.9.1', '[::1]:3000']) {
      expect(isAllowedHost(host, demo), host).toBe(true);
    }
  });

  it('answers no other name, however it is dressed', () => {
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'localhost:80:80',
      'localhost:x',
      '0.0.0.0',
      '[::2]',
      '',
    ]) {
      expect(isAllowedHost(host, demo), host).toBe(false);
    }
  });

  it('answers in production under the configured names only', () => {
    expect(isAllowedHost('hashinsight.example', production)).toBe(true);
    expect(isAllowedHost('HashInsight.Example', production)).toBe(true);
    expect(isAllowedHost('intranet.example:8443', production)).toBe(true);
    for (const host of ['hashinsight.example:8080', 'intranet.example', 'www.hashinsight.example', 'localhost:3000']) {
      expect(isAllowedHost(host, production), host).toBe(false);
    }
  });

  it('answers this machine in production while no name is configured', () => {
    const rules = toHostRules({ HASHINSIGHT_MODE: 'production', ALLOWED_HOSTS: [] });
    expect(isAllowedHost('127.0.0.1:3000', rules)).toBe(true);
    expect(isAllowedHost('hashinsight.example', rules)).toBe(false);
  });
});
