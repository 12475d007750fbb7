// Codes on paper that stand in for the second factor: 16 characters in four groups, 80 random bits, from an alphabet without letters that look alike.
import { createHash } from 'node:crypto';

export const RECOVERY_CODE_COUNT = 10;
const ALPHABET = '0abcdefghjkmnpqrstuvwxyz23456789';
const BITS = 5;

/** `random`: ten bytes. */
export function toRecoveryCode(random: Uint8Array): string {
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from(
    { length: bits.length / BITS },
    (_, index) => ALPHABET[Number.parseInt(bits.slice(index * BITS, (index + 1) * BITS), 2)],
  );
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** As people type codes: with or without blanks and hyphens, in any capitals. */
export function normaliseCode(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0');
}

/** A plain hash is enough for 80 random bits; bound to the person, so that equal codes of two people do not look equal. */
export function hashRecoveryCode(userId: string, normalised: string): string {
  return createHash('sha256').update(`${userId}/${normalised}`).digest('hex');
}
