import { expect, it } from 'vitest';
import { FIXTURE_NAMES, type FixtureName, readFixture } from './fixtures.ts';
import { identify } from './identify.ts';
import type { Dialect } from './snapshot.ts';

const DIALECT_OF: Record<FixtureName, Dialect | null> = {
  'antminer-s19': 'antminer',
  'vnish-s19': 'vnish',
  'whatsminer-v1': 'whatsminer',
  'whatsminer-v2-off': 'whatsminer',
  'whatsminer-v3': 'whatsminer',
  'avalon-a12': 'avalon',
  'avalon-a8-modules': 'avalon',
  'braiins-s9': 'braiins',
  'luxos-s19': 'luxos',
  'cgminer-plain': null,
};

it.each(FIXTURE_NAMES)('%s is known by its replies', (name) => {
  expect(identify(readFixture(name))).toBe(DIALECT_OF[name]);
});

it.each(FIXTURE_NAMES.filter((name) => readFixture(name).version !== undefined))('%s: one reply is enough, where it has a name', (name) => {
  const { version } = readFixture(name);
  expect(identify({ version })).toBe(DIALECT_OF[name]);
});

it('knows a Whatsminer by how it refuses', () => {
  const refusal = { STATUS: 'E', When: 1, Code: 14, Msg: 'invalid cmd', Description: 'whatsminer v1.1' };
  expect(identify({ version: refusal })).toBe('whatsminer');
  expect(identify({ version: { ...refusal, Description: '' } })).toBe('whatsminer');
});

it('knows nothing of a refusal by cgminer, of nothing, or of nonsense', () => {
  expect(identify({ version: { STATUS: [{ STATUS: 'E', Code: 45, Msg: 'Access denied', Description: 'cgminer 4.9.0' }] } })).toBeNull();
  expect(identify({})).toBeNull();
  expect(identify({ version: { VERSION: 7 }, stats: { STATS: [[1]], INFO: [] } })).toBeNull();
});
