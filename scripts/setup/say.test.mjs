import { expect, it } from 'vitest';
import { isSupportedNode } from './node-version.mjs';
import { formatElapsed, lastLines } from './say.mjs';

it('shows a duration in the unit that fits', () => {
  expect([400, 9_940, 58_400, 125_000, 119_700].map(formatElapsed)).toEqual(['0.4 s', '9.9 s', '58 s', '2 min 5 s', '2 min 0 s']);
});

it('keeps the end of a long output', () => {
  expect(lastLines('a\nb\nc\n', 2)).toBe('b\nc');
});

it('accepts the Node releases named in package.json', () => {
  expect(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v24.0.0'].filter((version) => !isSupportedNode(version))).toEqual([]);
  expect(['v18.20.4', 'v20.18.3', 'v21.7.0', 'v22.11.0'].filter((version) => isSupportedNode(version))).toEqual([]);
});
