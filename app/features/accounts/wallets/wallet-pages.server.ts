// What the two pages of wallets read and do: signing in with one, and linking one.
import { data } from '@remix-run/node';
import { readText } from '#app/features/accounts/account-form.ts';
import { answerSignIn } from '#app/features/accounts/entry/entry-pages.server.ts';
import { confirmPassword } from '#app/features/accounts/own/change-account.server.ts';
import { type Caller, type RouteArgs, readCaller, readNext, requirePerson } from '#app/features/accounts/visit.server.ts';
import { createWalletChallenge, linkWallet, signInWithWallet } from './wallets.server.ts';

const REFUSED = 422;

export function readWalletPage({ request, context }: RouteArgs) {
  return { csrfToken: context.getCsrfToken(), next: readNext(request) };
}

const readSigned = (form: FormData) => ({ message: readText(form, 'message'), signature: readText(form, 'signature') });

/** The first form: an address; answered with the message to sign. A wallet that is linked lets somebody in from then on, so the password is asked for. */
async function challenge({ deps, visit }: Caller, form: FormData, userId: string | null) {
  const address = readText(form, 'address');
  if (userId !== null) {
    const confirmation = await confirmPassword(deps, userId, readText(form, 'current'));
    if (confirmation.kind === 'wrong') return data({ kind: 'password-wrong', address } as const, { status: REFUSED });
    if (confirmation.kind === 'wait') return data({ kind: 'wait', seconds: confirmation.seconds } as const, { status: 429 });
  }
  const outcome = await createWalletChallenge(deps, visit, { address, userId });
  if (outcome.kind === 'address-unreadable') return data({ kind: outcome.kind, address } as const, { status: REFUSED });
  return data(outcome, { status: outcome.kind === 'message' ? 200 : outcome.kind === 'wait' ? 429 : REFUSED });
}

export async function actWalletSignIn(args: RouteArgs) {
  const caller = await readCaller(args);
  const form = await args.request.formData();
  if (readText(form, 'intent') !== 'signature') return challenge(caller, form, null);
  const outcome = await signInWithWallet(caller.deps, caller.visit, readSigned(form));
  if (outcome.kind === 'signature-refused' || outcome.kind === 'unknown-wallet') return data(outcome, { status: REFUSED });
  return answerSignIn(args, outcome, { email: '', next: readNext(args.request, form) });
}

export async function actWalletLink(args: RouteArgs) {
  const caller = await requirePerson(args);
  const form = await args.request.formData();
  const { userId } = caller.actor;
  if (readText(form, 'intent') !== 'signature') return challenge(caller, form, userId);
  const outcome = await linkWallet(caller.deps, caller.visit, userId, readSigned(form));
  return data(outcome, { status: outcome.kind === 'linked' ? 200 : REFUSED });
}
