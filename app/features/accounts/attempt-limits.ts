// How often what may be tried: one table. Each counts within a sliding window; from `slowAfter` on the wait between two tries doubles. Pure.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type AttemptLimit = {
  windowMs: number;
  /** With so many in the window nothing more is looked at until the oldest has left it. */
  max: number;
  /** With so many in the window the next one has to wait 1 s, then 2 s, 4 s, at most a minute. */
  slowAfter: number;
};

export const ATTEMPT_LIMITS = {
  /** Wrong passwords of one account, from wherever they come. */
  'sign-in-account': { windowMs: 15 * MINUTE_MS, max: 10, slowAfter: 4 },
  /** From one address, whichever accounts: a whole office may sit behind it. */
  'sign-in-address': { windowMs: 15 * MINUTE_MS, max: 100, slowAfter: 50 },
  /** Codes of one account: six digits are soon guessed without a limit. */
  'second-factor': { windowMs: 15 * MINUTE_MS, max: 8, slowAfter: 4 },
  /** Passwords that a signed-in person repeats before a change. */
  'confirm-password': { windowMs: 15 * MINUTE_MS, max: 10, slowAfter: 5 },
  /** Messages to one address of a person: nobody's mailbox is filled through us. */
  'letter-account': { windowMs: HOUR_MS, max: 5, slowAfter: 5 },
  /** Sign-ups and requests for messages from one network address. */
  'letter-address': { windowMs: HOUR_MS, max: 100, slowAfter: 100 },
} as const satisfies Record<string, AttemptLimit>;

export type AttemptKind = keyof typeof ATTEMPT_LIMITS;
