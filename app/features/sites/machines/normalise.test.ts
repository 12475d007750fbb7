import { describe, expect, it } from 'vitest';
import { normaliseDay, normaliseHost, normaliseMac, normaliseSerial, normaliseTags } from './normalise.ts';

describe('normaliseMac', () => {
  it.each([
    '50:74:68:61:44:69',
    '50-74-68-61-44-69',
    '5074.6861.4469',
    ' 507468614469 ',
    '50:74:68:61:44:69'.toUpperCase(),
  ])('writes %s one way', (text) => expect(normaliseMac(text)).toBe('50:74:68:61:44:69'));

  it.each(['50:74:68:61:44', '50:74:68:61:44:6g', '', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff'])('takes no %s', (text) =>
    expect(normaliseMac(text)).toBeNull());
});

describe('normaliseHost', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5'],
    [' Miner-7.Local ', 'miner-7.local'],
    ['fe80::1', 'fe80::1'],
  ])('takes %s', (text, host) => expect(normaliseHost(text)).toBe(host));

  it.each(['10.0.0.256', '10.0.0', '10.0.0.5:4028', '-miner', 'a b', '', '10.0.0.5.'])('takes no “%s”', (text) =>
    expect(normaliseHost(text)).toBeNull());
});

describe('the other spellings', () => {
  it('writes letters of serial numbers in capitals, and knows an empty one', () => {
    expect(normaliseSerial(' sn  12ab ')).toBe('SN 12AB');
    expect(normaliseSerial('  ')).toBeNull();
  });

  it('takes days that there are', () => {
    expect(normaliseDay('2024-02-29')).toBe('2024-02-29');
    for (const text of ['2023-02-29', '2024-2-1', '29.02.2024', '']) expect(normaliseDay(text), text).toBeNull();
  });

  it('keeps each tag once', () => expect(normaliseTags([' hall 1', 'hall 1', '', 'lot 7'])).toEqual(['hall 1', 'lot 7']));
});
