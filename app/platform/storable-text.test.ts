import { expect, it } from 'vitest';
import { isStorable, reviveStorable, toStorable } from './storable-text.ts';

it('takes every text but NUL and half a pair', () => {
  for (const text of ['', 'S21', '矿机 🚀', '\u202e<script>', '\n\t']) expect(isStorable(text)).toBe(true);
  for (const text of ['\0', 'a\0b', '\ud83d', '\ude80x']) expect(isStorable(text)).toBe(false);
});

it('puts a replacement character for what is not taken, and leaves whole pairs', () => {
  expect(toStorable('S19\0 \ud800 \udc00x 😀 蚂蚁')).toBe('S19\ufffd \ufffd \ufffdx 😀 蚂蚁');
  expect(JSON.parse('{"a":["\\u0000b",1,null]}', reviveStorable)).toEqual({ a: ['\ufffdb', 1, null] });
});
