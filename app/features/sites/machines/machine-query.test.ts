import { describe, expect, it } from 'vitest';
import { hasTrigram, toLikePattern, toSearchWords } from './machine-query.ts';

describe('toSearchWords', () => {
  it('looks for every word by itself, in lower case', () => expect(toSearchWords('  S19  Pro ')).toEqual(['s19', 'pro']));

  it('leaves numbers and short words with what they belong to', () =>
    expect(toSearchWords('Rack 17 S19 XP 7')).toEqual(['rack 17', 's19 xp 7']));

  it.each(['50:74:68', '50-74-68', '5074.68'])('looks for %s as a part of a MAC address', (q) =>
    expect(toSearchWords(q)).toEqual(['507468']));

  it.each(['192.168.12.121', '10.20.30.40', '10.10.10.11', '10.10.10', '10.20'])('takes the address %s for what it is', (q) =>
    expect(toSearchWords(q)).toEqual([q]));

  it('looks for nothing when nothing is asked', () => expect(toSearchWords('   ')).toEqual([]));
});

describe('hasTrigram', () => {
  it.each(['s19', 'rack 17', '10.20.30.40', '矿机架', '12 号'])('has the index look for %s', (word) => expect(hasTrigram(word)).toBe(true));
  it.each(['s', '12', '广州', 's-', '--'])('does not have the index look for %s', (word) => expect(hasTrigram(word)).toBe(false));
});

describe('toLikePattern', () => {
  it('takes the marks of patterns as they are', () => expect(toLikePattern('50%_\\')).toBe('%50\\%\\_\\\\%'));
});
