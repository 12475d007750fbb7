/**
 * Whether the time of a refused sign-in tells if an address has an account: known and unknown addresses in turns, over HTTP against the production build.
 * Reports medians and how often a known one took longer than an unknown one (50 %: nobody can tell), with the interval that chance alone would give.
 */
import { randomUUID } from 'node:crypto';
import { hashPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { forgetAttempts } from '../tests/support/forget-attempts.ts';
import { HttpBrowser } from '../tests/support/http-browser.ts';
import { asDatabaseOwner, seedWorkspace } from '../tests/support/seeded-workspace.ts';

const PAIRS = 80;

const { people } = await seedWorkspace();
const { userId } = people.customer;
const passwordHash = await hashPassword('quiet harbour at dawn');
await asDatabaseOwner((owner) => owner.query('UPDATE user_credentials SET password_hash = $2 WHERE user_id = $1', [userId, passwordHash]));

async function timeOf(email: string): Promise<number> {
  // The limits are met long before so many attempts; forgotten each time, every answer is the one that looks at the password.
  await forgetAttempts('all');
  const browser = new HttpBrowser();
  const csrf = await browser.openForm('/sign-in');
  const startedMs = performance.now();
  const { status } = await browser.post('/sign-in', { csrf, email, password: 'a wrong harbour' });
  const tookMs = performance.now() - startedMs;
  if (status !== 422) throw new Error(`signing in was answered with ${status}, not with the refusal that is measured`);
  return tookMs;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const known: number[] = [];
const unknown: number[] = [];
for (let pair = 0; pair < PAIRS; pair += 1) {
  const isKnownFirst = pair % 2 === 0;
  // In turns, so that a busy moment of the machine hits both alike.
  for (const isKnown of [isKnownFirst, !isKnownFirst]) {
    const tookMs = await timeOf(isKnown ? `${userId}@mine.example` : `${randomUUID()}@mine.example`);
    (isKnown ? known : unknown).push(tookMs);
  }
}
const longer = known.flatMap((one) => unknown.map((other) => Number(one > other)));
const share = longer.reduce((sum, value) => sum + value, 0) / longer.length;
// Standard error of the rank statistic when both come from one distribution (Mann and Whitney).
const error = Math.sqrt((2 * PAIRS + 1) / (12 * PAIRS * PAIRS));
console.log(
  `${PAIRS} pairs: median known ${median(known).toFixed(1)} ms, unknown ${median(unknown).toFixed(1)} ms; known longer in ${(100 * share).toFixed(1)} % ` +
    `of comparisons (chance alone: ${(100 * (0.5 - 1.96 * error)).toFixed(1)} to ${(100 * (0.5 + 1.96 * error)).toFixed(1)} %)`,
);
