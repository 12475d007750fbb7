// Addresses as people type them. Pure.
import { z } from 'zod';

/** RFC 5321: 64 for the part before the @, 255 behind it; 254 in all is what a mail server takes. */
export const MAX_EMAIL_CHARACTERS = 254;

const Email = z.email().max(MAX_EMAIL_CHARACTERS);

/** The address without what a form or a paste puts around it; null when no message could be sent there. */
export function parseEmail(text: string): string | null {
  const email = text.trim();
  return Email.safeParse(email).success ? email : null;
}

/**
 * What two spellings of one address have in common, for looking up and for being unique: compatibility forms folded, lower case. Nothing cleverer: whether
 * `a.b+x@` and `ab@` are one person is known to their mail server only.
 */
export function toEmailKey(email: string): string {
  return email.normalize('NFKC').toLowerCase();
}

/** Enough to recognise one's own address, not enough to learn another's: `li***@example.org`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email.slice(0, at)].slice(0, 2).join('')}***${email.slice(at)}`;
}
