/** The invented replies of `fixtures/`, for tests of drivers and for the machine that plays them. */
import { readFileSync } from 'node:fs';
import type { Replies } from './parsing/replies.ts';

export const FIXTURE_NAMES = [
  'antminer-s19',
  'vnish-s19',
  'whatsminer-v1',
  'whatsminer-v2-off',
  'whatsminer-v3',
  'avalon-a12',
  'avalon-a8-modules',
  'braiins-s9',
  'luxos-s19',
  'cgminer-plain',
] as const;
export type FixtureName = (typeof FIXTURE_NAMES)[number];

export function readFixture(name: FixtureName): Replies {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as Replies;
}
