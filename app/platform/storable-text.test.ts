import { expect, it } from 'vitest';
import { isStorable } from './storable-text.ts';

it('takes every text but NUL and half a pair', () => {
  for (const text of ['', 'S21', '矿机 🚀', '\u202e<script>', '\n\t']) expect(isStorable(text)).toBe(true);
  for (const text of ['\0', 'a\0b', '\ud83d', '\ude80x']) expect(isStorable(text)).toBe(false);
});
