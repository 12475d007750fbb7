// What the page of API tokens reads and does.
import { data } from '@remix-run/node';
import { z } from 'zod';
import { type Faults, readName, readText } from '#app/features/accounts/account-form.ts';
import { type RouteArgs, requirePerson, type SignedInCaller } from '#app/features/accounts/visit.server.ts';
import { requirePermission } from '#app/platform/permissions/require-permission.ts';
import { createToken, listPersonalTokens, type Member, revokeToken } from './personal-tokens.server.ts';
import { readLifeDays, readScopes } from './token-scopes.ts';

const REFUSED = 422;

/** Somebody who works in a workspace; null: no workspace is entered, or the second factor is missing. */
function toMember({ actor }: SignedInCaller): Member | null {
  return actor.tenantId === null ? null : { ...actor, tenantId: actor.tenantId };
}

export async function readTokensPage(args: RouteArgs) {
  const caller = await requirePerson(args);
  const member = toMember(caller);
  const tokens = member === null ? [] : await listPersonalTokens(caller.deps, member);
  return {
    csrfToken: args.context.getCsrfToken(),
    hasWorkspace: member !== null,
    tokens: tokens.map(({ createdAt, expiresAt, lastUsedAt, ...token }) => ({
      ...token,
      createdAtMs: createdAt.getTime(),
      expiresAtMs: expiresAt.getTime(),
      lastUsedAtMs: lastUsedAt?.getTime() ?? null,
    })),
  };
}

export async function actTokens(args: RouteArgs) {
  const caller = await requirePerson(args);
  const { deps, visit } = caller;
  requirePermission(caller.actor, 'tokens.write');
  const member = toMember(caller);
  if (member === null) throw new Response(null, { status: 403 });
  const form = await args.request.formData();
  if (readText(form, 'intent') === 'revoke') {
    const id = z.uuid().safeParse(readText(form, 'id')).data ?? null;
    if (id === null || !(await revokeToken(deps, visit, member, id))) throw new Response(null, { status: 404 });
    return data({ intent: 'revoke', kind: 'done' } as const);
  }
  const name = readName(readText(form, 'name'));
  const scopes = readScopes(form.getAll('scope'));
  const lifeDays = readLifeDays(readText(form, 'life'));
  const faults: Faults<string> = {
    ...('fault' in name ? { name: name.fault } : {}),
    ...(scopes.length === 0 ? { scope: { kind: 'choice-missing' } } : {}),
    ...(lifeDays === null ? { life: { kind: 'choice-missing' } } : {}),
  };
  if ('fault' in name || scopes.length === 0 || lifeDays === null)
    return data({ intent: 'create', kind: 'faults', faults } as const, { status: REFUSED });
  const outcome = await createToken(deps, visit, member, { name: name.name, scopes, lifeDays });
  return data({ intent: 'create', ...outcome } as const);
}
