// Passwords as argon2id hashes (decision 0070). Each hash names its parameters, so that raising them re-hashes a password at its next sign-in.
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 46 MiB, one pass, one lane; about 35 ms on one core of the machine we measure on. */
const PARAMETERS = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Each takes 46 MiB: this many at once, the others wait. More would be a way to fill the machine's memory from outside. */
const MAX_AT_ONCE = 4;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The place passes on without becoming free, so nobody slips in between.
    if (next) next();
    else running -= 1;
  }
}

/** NFC, so that one password typed on two keyboards is one password. */
const toBytes = (password: string) => Buffer.from(password.normalize('NFC'), 'utf8');

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(toBytes(password), PARAMETERS));
}

/** Hash of a password that nobody has: an address without an account costs as much time as one with. */
let nobodysHash: Promise<string> | undefined;

/** `hashed` null: no such account; takes the same time and is never right. */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password');
  const against = hashed ?? (await nobodysHash);
  const isRight = await inTurn(() => verify(against, toBytes(password)));
  return hashed !== null && isRight;
}

/** The hash was made with other parameters than today's. */
export function needsRehash(hashed: string): boolean {
  return !hashed.startsWith(CURRENT);
}
