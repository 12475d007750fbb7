import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { completeSignIn, signIn } from '#app/features/accounts/entry/sign-in.server.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { type AccountStack, aVisit, openAccount, startAccountStack } from '../../../../tests/support/account-stack.ts';
import { PASSWORD } from '../../../../tests/support/password.ts';
import {
  beginSecondFactor,
  checkSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  findSecondFactorSetup,
  renewRecoveryCodes,
} from './second-factor.server.ts';

let stack: AccountStack;
beforeAll(async () => {
  vi.stubEnv('HASHINSIGHT_MODE', 'test');
  vi.stubEnv('DATABASE_URL', 'postgresql://app@127.0.0.1/none');
  vi.stubEnv('REDIS_URL', 'redis://127.0.0.1:1');
  vi.stubEnv('LOG_LEVEL', 'error');
  stack = await startAccountStack();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stack?.stop();
});

/** The phone: what it shows at the clock of the test, `steps` of 30 s away. */
function codeOf(secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  return totp.generate({ timestamp: stack.deps.now().getTime() + steps * 30_000 });
}

async function anAccountWithPhone() {
  const account = await openAccount(stack);
  await beginSecondFactor(stack.deps, account.userId);
  const { secret } = (await findSecondFactorSetup(stack.deps, account.userId))!;
  const codes = (await confirmSecondFactor(stack.deps, aVisit(), account.userId, codeOf(secret)))!;
  stack.passMinutes(1);
  return { ...account, secret, codes };
}

async function passwordStep(account: { email: string }) {
  const outcome = await signIn(stack.deps, aVisit({ address: account.email }), { email: account.email, password: PASSWORD });
  if (outcome.kind !== 'second-factor-due') throw new Error(outcome.kind);
  const record = (await stack.deps.sessions.find(outcome.token, stack.deps.now().getTime()))!;
  return { record, visit: aVisit({ sessionToken: outcome.token }), token: outcome.token };
}

describe('switching the second factor on', () => {
  it('needs a first code from the phone, and asks for none before', async () => {
    const account = await openAccount(stack);
    expect(await findSecondFactorSetup(stack.deps, account.userId)).toBeNull();
    expect(await beginSecondFactor(stack.deps, account.userId)).toBe(true);
    const setup = (await findSecondFactorSetup(stack.deps, account.userId))!;
    expect(setup.uri).toMatch(/^otpauth:\/\/totp\/HashInsight:.*secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/);
    expect((await signIn(stack.deps, aVisit(), account)).kind).toBe('signed-in');
    expect(await confirmSecondFactor(stack.deps, aVisit(), account.userId, '000000')).toBeNull();
    const typed = codeOf(setup.secret).replace(/(...)/, '$1 ');
    expect(await confirmSecondFactor(stack.deps, aVisit(), account.userId, typed)).toHaveLength(10);
    expect((await signIn(stack.deps, aVisit(), account)).kind).toBe('second-factor-due');
    expect(await findSecondFactorSetup(stack.deps, account.userId)).toBeNull();
  });

  it('cannot replace one that is in use', async () => {
    const account = await anAccountWithPhone();
    expect(await beginSecondFactor(stack.deps, account.userId)).toBe(false);
    expect(await checkSecondFactor(stack.deps, account.userId, codeOf(account.secret))).toBe('code');
  });

  it('keeps the secret sealed and the paper codes hashed', async () => {
    const account = await anAccountWithPhone();
    const stored = await withClient(stack.ownerUrl, async (client) => {
      const credential = await client.query('SELECT * FROM user_credentials WHERE user_id = $1', [account.userId]);
      const codes = await client.query('SELECT code_hash FROM recovery_codes WHERE user_id = $1', [account.userId]);
      return JSON.stringify([credential.rows, codes.rows], (_key, value) => (typeof value === 'bigint' ? String(value) : value));
    });
    expect(stored).not.toContain(account.secret.replaceAll(' ', ''));
    for (const code of account.codes) expect(stored).not.toContain(code);
  });
});

describe('signing in with the second factor', () => {
  it('gives a session only after the code, under another cookie', async () => {
    const account = await anAccountWithPhone();
    const { record, visit, token } = await passwordStep(account);
    expect(record.stage).toBe('second-factor-due');
    const outcome = await completeSignIn(stack.deps, visit, record, codeOf(account.secret));
    if (outcome.kind !== 'signed-in') throw new Error(outcome.kind);
    expect(outcome.token).not.toBe(token);
    expect(await stack.deps.sessions.find(token, stack.deps.now().getTime())).toBeNull();
    expect((await stack.deps.sessions.find(outcome.token, stack.deps.now().getTime()))?.stage).toBe('complete');
  });

  it('takes the code before and the code after, for clocks that differ, and none farther away', async () => {
    for (const [steps, expected] of [
      [-1, 'code'],
      [1, 'code'],
      [-2, null],
      [2, null],
    ] as const) {
      const account = await anAccountWithPhone();
      stack.passMinutes(2);
      expect(await checkSecondFactor(stack.deps, account.userId, codeOf(account.secret, steps)), String(steps)).toBe(expected);
    }
  });

  it('takes each code once, also when it comes twice at the same moment, and none older than the last', async () => {
    const account = await anAccountWithPhone();
    const code = codeOf(account.secret);
    const answers = await Promise.all([1, 2, 3].map(() => checkSecondFactor(stack.deps, account.userId, code)));
    expect(answers.filter((answer) => answer === 'code')).toHaveLength(1);
    expect(await checkSecondFactor(stack.deps, account.userId, codeOf(account.secret, -1))).toBeNull();
  });

  it('takes each code on paper once, however it is typed', async () => {
    const account = await anAccountWithPhone();
    const [first = '', second = ''] = account.codes;
    expect(await checkSecondFactor(stack.deps, account.userId, ` ${first.toUpperCase().replaceAll('-', ' ')} `)).toBe('recovery-code');
    expect(await checkSecondFactor(stack.deps, account.userId, first)).toBeNull();
    const stranger = await anAccountWithPhone();
    expect(await checkSecondFactor(stack.deps, stranger.userId, second)).toBeNull();
    await renewRecoveryCodes(stack.deps, aVisit(), account.userId);
    expect(await checkSecondFactor(stack.deps, account.userId, second)).toBeNull();
  });

  it('stops guessing after eight codes, for the right one too', async () => {
    const account = await anAccountWithPhone();
    const { record, visit } = await passwordStep(account);
    const kinds = [];
    for (let count = 0; count < 8; count += 1) {
      kinds.push((await completeSignIn(stack.deps, visit, record, '000000')).kind);
      stack.passMinutes(0.5);
    }
    expect(kinds).toEqual(Array(8).fill('refused'));
    expect((await completeSignIn(stack.deps, visit, record, codeOf(account.secret))).kind).toBe('wait');
  });

  it('is over when ten minutes have passed, and for a session that is complete already', async () => {
    const account = await anAccountWithPhone();
    const { record, visit } = await passwordStep(account);
    stack.passMinutes(10);
    expect((await completeSignIn(stack.deps, visit, record, codeOf(account.secret))).kind).toBe('over');
    expect((await completeSignIn(stack.deps, visit, { ...record, stage: 'complete' }, codeOf(account.secret))).kind).toBe('over');
  });

  it('is asked for no longer once it was switched off', async () => {
    const account = await anAccountWithPhone();
    await disableSecondFactor(stack.deps, aVisit(), account.userId);
    expect((await signIn(stack.deps, aVisit({ address: 'c1' }), account)).kind).toBe('signed-in');
    expect(await checkSecondFactor(stack.deps, account.userId, account.codes[0]!)).toBeNull();
  });
});
