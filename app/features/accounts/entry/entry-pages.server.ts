// What the pages before sign-in read and do: sign-up, sign-in and its second step, confirming an address, a new password.
import { data, redirect } from '@remix-run/node';
import { Authenticator } from 'remix-auth';
import { FormStrategy } from 'remix-auth-form';
import { type Faults, readSignUp, readText, type SignUpField } from '#app/features/accounts/account-form.ts';
import { parseEmail } from '#app/features/accounts/email-address.ts';
import { findOneTimeToken } from '#app/features/accounts/one-time-tokens.server.ts';
import { isCommonPassword } from '#app/features/accounts/passwords/common-passwords.server.ts';
import { type Caller, hasDevMail, type RouteArgs, readCaller, readNext, toSessionHeaders } from '#app/features/accounts/visit.server.ts';
import { PATHS } from '#app/paths.ts';
import { requestReset, resetPassword } from './reset-password.server.ts';
import { completeSignIn, type SignInOutcome, signIn } from './sign-in.server.ts';
import { signUp } from './sign-up.server.ts';
import { confirmNewEmail, verifyEmail } from './verify-email.server.ts';

/** The input was not taken; what was typed is shown again. */
const REFUSED = 422;
const TOO_MANY = 429;

const waiting = (seconds: number) =>
  data({ kind: 'wait', seconds } as const, { status: TOO_MANY, headers: { 'Retry-After': String(seconds) } });

export function readEntryPage({ request, context }: RouteArgs) {
  return { csrfToken: context.getCsrfToken(), next: readNext(request), hasDevMail: hasDevMail() };
}

export async function actSignUp(args: RouteArgs) {
  const form = await args.request.formData();
  const { deps, visit } = await readCaller(args);
  const typed = {
    email: readText(form, 'email'),
    name: readText(form, 'name'),
    purpose: readText(form, 'purpose'),
    workspace: readText(form, 'workspace'),
  };
  const read = readSignUp(form, visit.language, isCommonPassword);
  if (read.kind === 'refused')
    return data({ kind: 'faults', faults: read.faults as Faults<SignUpField>, typed } as const, { status: REFUSED });
  const outcome = await signUp(deps, visit, read.values);
  if (outcome.kind === 'wait') return waiting(outcome.seconds);
  return data({ kind: outcome.kind, email: read.values.email } as const);
}

/** One strategy a way of signing in (remix-auth); each ends in an outcome, never in an error. */
function createAuthenticator({ deps, visit }: Caller): Authenticator<SignInOutcome> {
  return new Authenticator<SignInOutcome>().use(
    new FormStrategy(({ form }) => signIn(deps, visit, { email: readText(form, 'email'), password: readText(form, 'password') })),
    'password',
  );
}

export async function actSignIn(args: RouteArgs) {
  const caller = await readCaller(args);
  const form = await args.request.clone().formData();
  const outcome = await createAuthenticator(caller).authenticate('password', args.request);
  return answerSignIn(args, outcome, { email: readText(form, 'email'), next: readNext(args.request, form) });
}

/** The page after an attempt to sign in, whichever way. */
export function answerSignIn({ context }: RouteArgs, outcome: SignInOutcome, { email, next }: { email: string; next: string }) {
  switch (outcome.kind) {
    case 'signed-in':
      throw redirect(next, { headers: toSessionHeaders(context, outcome.token) });
    case 'second-factor-due':
      throw redirect(`${PATHS.signInCode}?${new URLSearchParams({ next })}`, { headers: toSessionHeaders(context, outcome.token) });
    case 'wait':
      return waiting(outcome.seconds);
    default:
      return data({ kind: outcome.kind, email } as const, { status: REFUSED });
  }
}

export async function readCodePage(args: RouteArgs) {
  const { session } = await readCaller(args);
  if (session?.record.stage !== 'second-factor-due') throw redirect(session === null ? PATHS.signIn : PATHS.profile);
  return readEntryPage(args);
}

export async function actCode(args: RouteArgs) {
  const form = await args.request.formData();
  const { deps, visit, session } = await readCaller(args);
  if (session === null) throw redirect(PATHS.signIn);
  const outcome = await completeSignIn(deps, visit, session.record, readText(form, 'code').slice(0, 100));
  if (outcome.kind === 'over') throw redirect(PATHS.signIn);
  if (outcome.kind === 'wait') return waiting(outcome.seconds);
  if (outcome.kind === 'refused') return data({ kind: 'refused' } as const, { status: REFUSED });
  const next = outcome.usedRecoveryCode ? PATHS.security : readNext(args.request, form);
  throw redirect(next, { headers: toSessionHeaders(args.context, outcome.token) });
}

export type VerifyState = 'confirm' | 'change' | 'over';

export async function readVerifyPage(args: RouteArgs) {
  const { deps } = await readCaller(args);
  const { searchParams } = new URL(args.request.url);
  const change = searchParams.get('change');
  const purpose = change === null ? 'verify-email' : 'change-email';
  const found = await findOneTimeToken(deps.db, change ?? searchParams.get('token') ?? '', purpose, deps.now());
  const state: VerifyState = found === null ? 'over' : change === null ? 'confirm' : 'change';
  return { ...readEntryPage(args), state, email: found?.email ?? null };
}

export async function actVerify(args: RouteArgs) {
  const form = await args.request.formData();
  const { deps, visit } = await readCaller(args);
  const { searchParams } = new URL(args.request.url);
  const change = searchParams.get('change');
  if (change !== null) return data(await confirmNewEmail(deps, visit, change));
  const outcome = await verifyEmail(deps, visit, { token: searchParams.get('token') ?? '', password: readText(form, 'password') });
  if (outcome.kind === 'over') return data({ kind: 'over' } as const, { status: REFUSED });
  return answerSignIn(args, outcome, { email: '', next: readNext(args.request, form) });
}

export async function readResetPage(args: RouteArgs) {
  const { deps } = await readCaller(args);
  const token = new URL(args.request.url).searchParams.get('token');
  const found = token === null ? null : await findOneTimeToken(deps.db, token, 'reset-password', deps.now());
  const state = token === null ? ('ask' as const) : found === null ? ('over' as const) : ('choose' as const);
  return { ...readEntryPage(args), state, email: found?.email ?? null };
}

export async function actReset(args: RouteArgs) {
  const form = await args.request.formData();
  const { deps, visit } = await readCaller(args);
  const token = new URL(args.request.url).searchParams.get('token');
  if (token !== null) {
    const outcome = await resetPassword(deps, visit, { token, password: readText(form, 'password') });
    if (outcome.kind === 'refused') return data({ kind: 'password-fault', fault: outcome.fault } as const, { status: REFUSED });
    return data({ kind: outcome.kind } as const);
  }
  const typed = readText(form, 'email');
  const email = parseEmail(typed);
  if (email === null) return data({ kind: 'email-fault', typed } as const, { status: REFUSED });
  const outcome = await requestReset(deps, visit, email);
  return outcome.kind === 'wait' ? waiting(outcome.seconds) : data({ kind: outcome.kind, email } as const);
}
