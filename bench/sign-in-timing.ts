/**
 * Whether the time of a refused sign-in tells if an address has an account: known and unknown addresses in turns, each from an address of its own.
 * Reports medians and how often a known one took longer than an unknown one (0.5: nobody can tell), with the interval that chance alone would give.
 */
import { randomUUID } from 'node:crypto';
import { signIn } from '../app/features/accounts/sign-in.server.ts';
import { signUp } from '../app/features/accounts/sign-up.server.ts';
import { aSignUp, aVisit, startAccountStack } from '../tests/support/account-stack.ts';

const PAIRS = 60;
/** As the product answers, and without the least time, which shows what it hides. */
const LEAST_ANSWERS_MS = [400, 0];

const stack = await startAccountStack();

async function timeOf(email: string, leastAnswerMs: number): Promise<number> {
  const startedMs = performance.now();
  await signIn({ ...stack.deps, leastAnswerMs }, aVisit({ address: randomUUID() }), { email, password: 'a wrong harbour' });
  return performance.now() - startedMs;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

try {
  for (const leastAnswerMs of LEAST_ANSWERS_MS) {
    const known: number[] = [];
    const unknown: number[] = [];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const account = aSignUp();
      await signUp(stack.deps, aVisit({ address: randomUUID() }), account);
      const nobody = `${randomUUID()}@example.org`;
      // In turns, so that a busy moment of the machine hits both alike.
      const order = pair % 2 === 0 ? [account.email, nobody] : [nobody, account.email];
      for (const email of order) (email === nobody ? unknown : known).push(await timeOf(email, leastAnswerMs));
    }
    const longer = known.flatMap((one) => unknown.map((other) => (one > other ? 1 : one === other ? 0.5 : 0) as number));
    const share = longer.reduce((sum, value) => sum + value, 0) / longer.length;
    // Standard error of the rank statistic when both come from one distribution (Mann and Whitney).
    const error = Math.sqrt((2 * PAIRS + 1) / (12 * PAIRS * PAIRS));
    console.log(
      `answers of at least ${leastAnswerMs} ms: median known ${median(known).toFixed(1)} ms, unknown ${median(unknown).toFixed(1)} ms; ` +
        `known longer in ${(100 * share).toFixed(1)} % of comparisons (chance alone: ${(100 * (0.5 - 1.96 * error)).toFixed(1)} to ${(100 * (0.5 + 1.96 * error)).toFixed(1)} %)`,
    );
  }
} finally {
  await stack.stop();
}
