// The second factor: codes from an app on the person's phone (TOTP, RFC 6238: SHA-1, six digits, 30 s, which is what every such app speaks), and ten codes on
// paper for the day the phone is lost.
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { sealText, unsealText } from '#app/platform/sealed-text.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { hashRecoveryCode, normaliseCode, RECOVERY_CODE_COUNT, toRecoveryCode } from './recovery-codes.server.ts';

const ISSUER = 'HashInsight';
const SECRET_BYTES = 20;
const PERIOD_S = 30;
/** Clocks of phones differ: the code before and the code after count too. */
const WINDOW_STEPS = 1;
const SIX_DIGITS = /^\d{6}$/;

function toTotp(secretBase32: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: Secret.fromBase32(secretBase32) });
}

/** The 30-second step that the code belongs to; null when it is none of those that count now. */
function findStep(secretBase32: string, code: string, nowMs: number): number | null {
  if (!SIX_DIGITS.test(code)) return null;
  const delta = toTotp(secretBase32, ISSUER).validate({ token: code, timestamp: nowMs, window: WINDOW_STEPS });
  return delta === null ? null : Math.floor(nowMs / 1000 / PERIOD_S) + delta;
}

export type SecondFactorSetup = {
  /** What the QR code says. */
  uri: string;
  /** For typing, in groups of four. */
  secret: string;
};

/** A new secret, waiting for its first code; one that is in use stays in use until then. Null: there is one in use already. */
export async function beginSecondFactor(deps: AccountDeps, userId: string): Promise<boolean> {
  const secret = new Secret({ size: SECRET_BYTES }).base32;
  const { count } = await deps.db.$withUser(userId, (tx) =>
    tx.userCredential.updateMany({
      where: { userId, totpConfirmedAt: null },
      data: { totpSecretSealed: sealText(deps.secret, 'second-factor', secret, userId), totpLastStep: null },
    }),
  );
  return count === 1;
}

/** What the page shows while the first code is awaited; null when nothing was begun. */
export async function findSecondFactorSetup(deps: AccountDeps, userId: string): Promise<SecondFactorSetup | null> {
  const person = await deps.db.$withUser(userId, (tx) => tx.user.findUnique({ where: { id: userId }, include: { credential: true } }));
  const credential = person?.credential;
  if (!person || !credential?.totpSecretSealed || credential.totpConfirmedAt !== null) return null;
  const secret = unsealText(deps.secret, 'second-factor', credential.totpSecretSealed, userId);
  return { uri: toTotp(secret, person.email).toString(), secret: secret.replace(/(.{4})(?=.)/g, '$1 ') };
}

/** The first code was right: from now on it is asked for. Returns the codes for paper, shown this once; null when the code was wrong. */
export async function confirmSecondFactor(deps: AccountDeps, visit: Visit, userId: string, code: string): Promise<string[] | null> {
  return deps.db.$withUser(userId, async (tx) => {
    if ((await spendTotpCode(deps, tx, userId, normaliseCode(code), { isConfirmed: false })) === null) return null;
    await tx.userCredential.updateMany({ where: { userId }, data: { totpConfirmedAt: deps.now() } });
    const codes = await replaceRecoveryCodes(tx, userId);
    await recordAccountEvent(tx, { action: 'second-factor.enable', userId }, visit);
    return codes;
  });
}

/** Which of the two was used; null when neither fits. A code counts once. */
export async function checkSecondFactor(deps: AccountDeps, userId: string, typed: string): Promise<'code' | 'recovery-code' | null> {
  const code = normaliseCode(typed);
  return deps.db.$withUser(userId, async (tx) => {
    if (SIX_DIGITS.test(code)) return (await spendTotpCode(deps, tx, userId, code, { isConfirmed: true })) === null ? null : 'code';
    const { count } = await tx.recoveryCode.updateMany({
      where: { userId, codeHash: hashRecoveryCode(userId, code), usedAt: null },
      data: { usedAt: deps.now() },
    });
    return count === 1 ? 'recovery-code' : null;
  });
}

/** Notes the step in the same statement that asks whether it is newer: of two requests with one code, one succeeds. */
async function spendTotpCode(
  deps: AccountDeps,
  tx: TenantClient,
  userId: string,
  code: string,
  { isConfirmed }: { isConfirmed: boolean },
): Promise<number | null> {
  const credential = await tx.userCredential.findUnique({ where: { userId } });
  if (!credential?.totpSecretSealed || (credential.totpConfirmedAt !== null) !== isConfirmed) return null;
  const step = findStep(unsealText(deps.secret, 'second-factor', credential.totpSecretSealed, userId), code, deps.now().getTime());
  if (step === null) return null;
  const { count } = await tx.userCredential.updateMany({
    where: { userId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count === 1 ? step : null;
}

/** Ten new codes; the old ones stop working. Null: there is no second factor. */
export async function renewRecoveryCodes(deps: AccountDeps, visit: Visit, userId: string): Promise<string[] | null> {
  return deps.db.$withUser(userId, async (tx) => {
    const inUse = await tx.userCredential.count({ where: { userId, totpConfirmedAt: { not: null } } });
    if (inUse === 0) return null;
    const codes = await replaceRecoveryCodes(tx, userId);
    await recordAccountEvent(tx, { action: 'second-factor.renew-codes', userId }, visit);
    return codes;
  });
}

async function replaceRecoveryCodes(tx: TenantClient, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, () => toRecoveryCode(randomBytes(10)));
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashRecoveryCode(userId, normaliseCode(code)) })) });
  return codes;
}

export async function disableSecondFactor(deps: AccountDeps, visit: Visit, userId: string): Promise<void> {
  await deps.db.$withUser(userId, async (tx) => {
    await tx.userCredential.updateMany({ where: { userId }, data: { totpSecretSealed: null, totpConfirmedAt: null, totpLastStep: null } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await recordAccountEvent(tx, { action: 'second-factor.disable', userId }, visit);
  });
}
