/**
 * Files of the same shape: equal headers in equal order, however they are spaced or capitalised. The key under which a user's mapping is
 * remembered. Two FNV-1a hashes (Fowler, Noll, Vo) with different starts, 64 bits in all: for telling shapes apart, not for secrecy.
 */
import { compactHeader } from './read-header.ts';

const PRIME = 0x01000193;
const STARTS = [0x811c9dc5, 0x050c5d1f] as const;
const HEX_DIGITS = 8;

function hash(text: string, start: number): string {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), PRIME);
  return (value >>> 0).toString(16).padStart(HEX_DIGITS, '0');
}

/** Sixteen hexadecimal digits. Units in the header are part of the shape; `width` tells tables without a header apart. */
export function toShapeKey(headers: readonly string[], width: number): string {
  const text = [...headers.map(compactHeader), String(width)].join('\u001f');
  return STARTS.map((start) => hash(text, start)).join('');
}
