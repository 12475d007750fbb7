// What a page shows once after a redirect: a form that changes the cookie cannot answer with a page itself, since the page would still belong to the old one.
import { z } from 'zod';
import { hashOpaqueToken } from '#app/platform/opaque-token.server.ts';
import { sealText, unsealText } from '#app/platform/sealed-text.server.ts';
import type { AccountDeps } from './account-deps.server.ts';

const LIFE_S = 300;

const FlashSchema = z.discriminatedUnion('kind', [
  z.object({ intent: z.enum(['password', 'factor-off']), kind: z.literal('done') }),
  /** Recovery codes, shown this once. */
  z.object({ intent: z.enum(['factor-confirm', 'factor-codes']), kind: z.literal('codes'), codes: z.array(z.string()) }),
]);
export type Flash = z.infer<typeof FlashSchema>;

const keyOf = ({ keyPrefix }: AccountDeps, tokenHash: string) => `${keyPrefix}flash:${tokenHash}`;

/** `token`: the new cookie. Sealed, since it may hold codes that open the account. */
export async function putFlash(deps: AccountDeps, token: string, flash: Flash): Promise<void> {
  const tokenHash = hashOpaqueToken(token);
  await deps.redis.set(keyOf(deps, tokenHash), sealText(deps.secret, 'second-factor', JSON.stringify(flash), tokenHash), 'EX', LIFE_S);
}

/** Null: nothing to show, or shown already. */
export async function takeFlash(deps: AccountDeps, token: string): Promise<Flash | null> {
  const tokenHash = hashOpaqueToken(token);
  const sealed = await deps.redis.getdel(keyOf(deps, tokenHash));
  return sealed === null ? null : FlashSchema.parse(JSON.parse(unsealText(deps.secret, 'second-factor', sealed, tokenHash)));
}
