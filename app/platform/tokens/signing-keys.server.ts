// The keys that sign short-lived API tokens (ES256). A key signs for a month, then a new one does, and the old one still verifies what it signed. The
// private half is sealed: the database alone signs nothing.
import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Db } from '../db.server.ts';
import { sealText, unsealText } from '../sealed-text.server.ts';

export const SIGNING_ALGORITHM = 'ES256';
const DAY_MS = 24 * 3_600_000;
const SIGNS_FOR_MS = 30 * DAY_MS;
/** Longer than any token lives. */
const VERIFIES_AFTERWARDS_MS = DAY_MS;
/** Two processes that find no key at the same time make one key. Any number nobody else uses. */
const ROTATION_LOCK = 72_707_370;

export type KeyDeps = { db: Db; secret: string };

/** The key that signs now; made when there is none or the last one is too old. */
export async function getSigningKey({ db, secret }: KeyDeps, now: Date): Promise<{ kid: string; key: CryptoKey }> {
  const row = (await db.signingKey.findFirst(currentKey(now))) ?? (await rotate(db, secret, now));
  return { kid: row.id, key: await toKey(JSON.parse(unsealText(secret, 'signing-key', row.privateJwkSealed, row.id)) as JWK) };
}

/** Null: no such key, or it verifies no longer. */
export async function findVerifyingKey(db: Db, kid: string, now: Date): Promise<CryptoKey | null> {
  const row = await db.signingKey.findUnique({ where: { id: kid } });
  return row === null || row.verifiesUntil <= now ? null : toKey(row.publicJwk as JWK);
}

function currentKey(now: Date) {
  return { where: { signsUntil: { gt: now } }, orderBy: { createdAt: 'desc' } } as const;
}

async function rotate(db: Db, secret: string, now: Date) {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ROTATION_LOCK})`;
    const already = await tx.signingKey.findFirst(currentKey(now));
    if (already !== null) return already;
    const id = randomUUID();
    const { publicKey, privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
    const signsUntil = new Date(now.getTime() + SIGNS_FOR_MS);
    await tx.signingKey.deleteMany({ where: { verifiesUntil: { lte: now } } });
    return tx.signingKey.create({
      data: {
        id,
        publicJwk: { ...(await exportJWK(publicKey)) },
        privateJwkSealed: sealText(secret, 'signing-key', JSON.stringify(await exportJWK(privateKey)), id),
        createdAt: now,
        signsUntil,
        verifiesUntil: new Date(signsUntil.getTime() + VERIFIES_AFTERWARDS_MS),
      },
    });
  });
}

async function toKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('a signing key is not a key pair');
  return key;
}
