import { describe, expect, it } from 'vitest';
import { originFor, parsePort } from './ports.mjs';

describe('parsePort', () => {
  it('takes 3000 when nothing is set', () => {
    expect(parsePort(undefined)).toBe(3000);
    expect(parsePort(' ')).toBe(3000);
  });

  it('accepts 1 to 65535', () => {
    expect(parsePort('1')).toBe(1);
    expect(parsePort('65535')).toBe(65_535);
  });

  it.each(['0', '65536', '-1', '3000.5', '3e3', '0x50', 'web', '3000 3001'])('refuses "%s" and says how to choose', (text) => {
    expect(() => parsePort(text)).toThrow(`not "${text}": for example PORT=3001 npm start`);
  });
});

describe('originFor', () => {
  it('names localhost unless one address was chosen', () => {
    expect(originFor(3000, null)).toBe('http://localhost:3000');
    expect(originFor(3000, '0.0.0.0')).toBe('http://localhost:3000');
    expect(originFor(8080, '192.0.2.7')).toBe('http://192.0.2.7:8080');
    expect(originFor(8080, '::1')).toBe('http://[::1]:8080');
  });
});
