// What the pages around the account read and do: wallets, invitations, the messages of a demonstration.
import { data, redirect } from '@remix-run/node';
import { PATHS } from '#app/paths.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { listOutbox } from '#app/platform/mail/outbox.server.ts';
import { readText } from './account-form.ts';
import { confirmPassword } from './change-account.server.ts';
import { toEmailKey } from './email-address.ts';
import { answerSignIn } from './entry-pages.server.ts';
import { findPersonById } from './find-person.server.ts';
import { acceptInvitation, findOffer } from './invitations.server.ts';
import { type Caller, hasDevMail, type RouteArgs, readCaller, readNext, requirePerson, toSessionHeaders } from './visit.server.ts';
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

export async function readInvitationPage(args: RouteArgs) {
  const { deps, visit } = await readCaller(args);
  const url = new URL(args.request.url);
  const offer = await findOffer(deps, url.searchParams.get('token') ?? '');
  const person = visit.actor.userId === null ? null : await findPersonById(deps.db, visit.actor.userId);
  const isForPerson = offer !== null && person !== null && toEmailKey(person.email) === offer.emailKey;
  return {
    csrfToken: args.context.getCsrfToken(),
    here: `${url.pathname}${url.search}`,
    offer: offer === null ? null : { workspace: offer.workspace, role: offer.role, email: offer.email },
    signedInAs: person?.email ?? null,
    isForPerson,
  };
}

export async function actInvitation(args: RouteArgs) {
  const { deps, visit, actor, session } = await requirePerson(args);
  const person = await findPersonById(deps.db, actor.userId);
  if (person === null) throw redirect(PATHS.signIn);
  const outcome = await acceptInvitation(deps, visit, person, new URL(args.request.url).searchParams.get('token') ?? '');
  if (outcome.kind !== 'joined') return data({ kind: outcome.kind } as const, { status: REFUSED });
  const rotated = await deps.sessions.rotate(session.token, { tenantId: outcome.tenantId }, deps.now().getTime());
  throw redirect(PATHS.profile, rotated === null ? {} : { headers: toSessionHeaders(args.context, rotated.token) });
}

/** Production has no such page: there are other people's messages in the folder. */
export async function readDevMailPage() {
  if (!hasDevMail()) throw new Response(null, { status: 404 });
  const messages = await listOutbox(getEnv().MAIL_OUTBOX_DIR);
  return { messages: messages.map(({ id, to, subject, text, sentAtMs, language }) => ({ id, to, subject, text, sentAtMs, language })) };
}
