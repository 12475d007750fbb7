// What the page of an invitation reads and does.
import { data, redirect } from '@remix-run/node';
import { toEmailKey } from '#app/features/accounts/email-address.ts';
import { findPersonById } from '#app/features/accounts/entry/find-person.server.ts';
import { type RouteArgs, readCaller, requirePerson, toSessionHeaders } from '#app/features/accounts/visit.server.ts';
import { PATHS } from '#app/paths.ts';
import { acceptInvitation, findOffer } from './invitations.server.ts';

const REFUSED = 422;

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
