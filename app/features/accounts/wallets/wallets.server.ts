// Signing in with, and linking, an Ethereum wallet. The server makes the message with a nonce of its own; the nonce works once, for ten minutes, for what it
// was made for, so a signature that was seen or talked out of somebody opens nothing.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { findPersonById } from '#app/features/accounts/entry/find-person.server.ts';
import { admit, type SignInOutcome } from '#app/features/accounts/entry/sign-in.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { PATHS } from '#app/paths.ts';
import { actAsUser } from '#app/platform/tenancy.server.ts';
import { findSiweRefusal, formatSiweMessage, parseSiweMessage, type SiweRefusal } from './siwe-message.ts';
import { hasAddressChecksum, recoverSigner, toChecksumAddress } from './siwe-signature.server.ts';

const CHALLENGE_LIFE_MS = 600_000;
/** Ethereum's main chain: the account is the same on every chain, and one that wallets always know is enough to prove it. */
const CHAIN_ID = 1;
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const MAX_WALLETS = 5;

/** What a nonce was made for (`userId` null: for signing in), and in which browser: a signature that was caught elsewhere is worth nothing here. */
const ChallengeSchema = z.object({ userId: z.uuid().nullable(), browserId: z.string() });

export type WalletChallenge =
  | { kind: 'message'; message: string }
  | { kind: 'address-unreadable' }
  | { kind: 'no-origin' }
  | { kind: 'wait'; seconds: number };

const nonceKey = ({ keyPrefix }: AccountDeps, nonce: string) => `${keyPrefix}siwe-nonce:${nonce}`;

/** The text for the wallet. `statement` says in the reader's language what signing does; only plain ASCII is allowed in such a message. */
export async function createWalletChallenge(
  deps: AccountDeps,
  visit: Visit,
  { address, userId }: { address: string; userId: string | null },
): Promise<WalletChallenge> {
  if (!ADDRESS.test(address.trim())) return { kind: 'address-unreadable' };
  if (visit.origin === null || visit.browserId === null) return { kind: 'no-origin' };
  const seconds = await takeAttempt(deps, 'sign-in-address', visit.address, deps.now());
  if (seconds !== null) return { kind: 'wait', seconds };
  const now = deps.now();
  const nonce = randomBytes(16).toString('hex');
  await deps.redis.set(nonceKey(deps, nonce), JSON.stringify({ userId, browserId: visit.browserId }), 'PX', CHALLENGE_LIFE_MS);
  const message = formatSiweMessage({
    scheme: null,
    domain: new URL(visit.origin).host,
    address: toChecksumAddress(address.trim()),
    statement:
      userId === null
        ? 'Sign in to HashInsight. This costs nothing and moves nothing.'
        : 'Link this wallet to my HashInsight account. This costs nothing and moves nothing.',
    uri: `${visit.origin}${userId === null ? PATHS.signInWallet : PATHS.securityWallet}`,
    version: '1',
    chainId: CHAIN_ID,
    nonce,
    issuedAt: now.toISOString(),
    expirationTime: new Date(now.getTime() + CHALLENGE_LIFE_MS).toISOString(),
    notBefore: null,
    requestId: null,
    resources: null,
  });
  return { kind: 'message', message };
}

export type SignatureRefusal = { kind: 'signature-refused'; because: SiweRefusal | 'message' | 'signature' };

/** The signed address in lower case; spends the nonce whatever comes of it. `userId` as for the challenge. */
async function verifySignature(
  deps: AccountDeps,
  visit: Visit,
  signed: { message: string; signature: string },
  userId: string | null,
): Promise<{ address: string } | SignatureRefusal> {
  // Browsers send the line ends of a text area as CR LF.
  const text = signed.message.replaceAll('\r\n', '\n');
  const message = parseSiweMessage(text, hasAddressChecksum);
  if (message === null || visit.origin === null) return { kind: 'signature-refused', because: 'message' };
  const stored = await deps.redis.getdel(nonceKey(deps, message.nonce));
  const challenge = stored === null ? null : ChallengeSchema.parse(JSON.parse(stored));
  if (challenge?.userId !== userId || challenge.browserId !== visit.browserId) return { kind: 'signature-refused', because: 'nonce' };
  const expected = { domain: new URL(visit.origin).host, nonce: message.nonce, chainIds: [CHAIN_ID], now: deps.now() };
  const because = findSiweRefusal(message, expected);
  if (because !== null) return { kind: 'signature-refused', because };
  if (recoverSigner(text, signed.signature.trim()) !== message.address) return { kind: 'signature-refused', because: 'signature' };
  return { address: message.address.toLowerCase() };
}

export type WalletSignInOutcome = SignInOutcome | SignatureRefusal | { kind: 'unknown-wallet' };

/** The second factor is asked for as after a password. */
export async function signInWithWallet(
  deps: AccountDeps,
  visit: Visit,
  signed: { message: string; signature: string },
): Promise<WalletSignInOutcome> {
  const verified = await verifySignature(deps, visit, signed, null);
  if ('kind' in verified) return verified;
  const userId = await deps.db.$withLookup(verified.address, async (tx) => {
    const wallet = await tx.wallet.findUnique({ where: { address: verified.address } });
    if (wallet === null) return null;
    await actAsUser(tx, wallet.userId);
    await tx.wallet.updateMany({ where: { id: wallet.id }, data: { lastUsedAt: deps.now() } });
    return wallet.userId;
  });
  const person = userId === null ? null : await findPersonById(deps.db, userId);
  return person === null ? { kind: 'unknown-wallet' } : admit(deps, visit, person, 'wallet');
}

export type LinkOutcome = { kind: 'linked' } | SignatureRefusal | { kind: 'taken' } | { kind: 'too-many'; max: number };

export async function linkWallet(
  deps: AccountDeps,
  visit: Visit,
  userId: string,
  signed: { message: string; signature: string },
): Promise<LinkOutcome> {
  const verified = await verifySignature(deps, visit, signed, userId);
  if ('kind' in verified) return verified;
  const { address } = verified;
  return deps.db.$withUser(userId, async (tx) => {
    if ((await tx.wallet.count({ where: { userId } })) >= MAX_WALLETS) return { kind: 'too-many', max: MAX_WALLETS };
    // A wallet of somebody else is not visible here; the unique index knows it.
    const rows = await tx.$queryRaw<unknown[]>`
      INSERT INTO wallets (user_id, address) VALUES (${userId}::uuid, ${address}) ON CONFLICT (address) DO NOTHING RETURNING id`;
    if (rows.length === 0) return { kind: 'taken' };
    await recordAccountEvent(tx, { action: 'wallet.link', userId, address }, visit);
    return { kind: 'linked' };
  });
}

/** False: the person has no such wallet. */
export async function unlinkWallet(deps: AccountDeps, visit: Visit, userId: string, id: string): Promise<boolean> {
  return deps.db.$withUser(userId, async (tx) => {
    const [wallet] = await tx.wallet.findMany({ where: { id, userId } });
    if (wallet === undefined) return false;
    await tx.wallet.deleteMany({ where: { id, userId } });
    await recordAccountEvent(tx, { action: 'wallet.unlink', userId, address: wallet.address }, visit);
    return true;
  });
}
