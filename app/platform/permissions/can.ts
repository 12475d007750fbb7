// Decides whether an actor may do something, from the table and nothing else. Pure: grants are read by `grants.server.ts`.
import type { Actor } from './actor.ts';
import { findReach, type Permission, type Reach } from './permissions.ts';

/** A site or a client that was granted to a person. A person with grants acts on them only, whatever the role. */
export type Grant = { kind: 'site' | 'client'; id: string };

/** One text for one grant, for maps. */
export const toGrantKey = ({ kind, id }: Grant): string => `${kind} ${id}`;

/** What is acted on. `tenantId` where it comes from a row and not from the actor. */
export type Scope = { tenantId?: string; siteId?: string; clientId?: string };

export type Decision =
  | { kind: 'allowed'; reach: Reach }
  /** `sign-in`: a guest asks for what people with an account may do. The others: known, and not allowed. `token`: its scopes leave it out. */
  | { kind: 'refused'; because: 'sign-in' | 'role' | 'token' | 'workspace' | 'scope' };

const GUEST_AREAS = new Set(['calculator', 'batch', 'shed', 'plan', 'risk', 'api']);

/** Permissions that concern no row of any workspace: they need none and are not narrowed by grants. */
function isComputing(permission: Permission): boolean {
  return GUEST_AREAS.has(permission.slice(0, permission.indexOf('.')));
}

/**
 * With `reach: 'own'` and no `scope` the caller may ask, and must be shown only what the grants name. With a scope the grants have
 * been compared with it.
 */
export function decide(actor: Actor, permission: Permission, scope: Scope = {}, grants: readonly Grant[] = []): Decision {
  const held = findReach(actor.role, permission);
  const reach = held === 'alone' ? (actor.isAlone ? 'workspace' : null) : held;
  const isGuest = actor.userId === null;
  if (reach === null) return { kind: 'refused', because: isGuest ? 'sign-in' : 'role' };
  if (actor.scopes !== null && !actor.scopes.includes(permission)) return { kind: 'refused', because: 'token' };
  if (isComputing(permission)) return { kind: 'allowed', reach };
  if (isGuest) return { kind: 'refused', because: 'sign-in' };
  if (actor.tenantId === null || (scope.tenantId !== undefined && scope.tenantId !== actor.tenantId)) {
    return { kind: 'refused', because: 'workspace' };
  }
  const isNarrow = reach === 'own' || grants.length > 0;
  if (isNarrow && !isGranted(scope, grants)) return { kind: 'refused', because: 'scope' };
  return { kind: 'allowed', reach: isNarrow ? 'own' : 'workspace' };
}

/**
 * Of what the scope names, everything that the person holds grants for must be granted, and there must be something: a site granted
 * to one person says nothing about a client, and a client's grant does not open the whole site that its machines stand on.
 */
function isGranted(scope: Scope, grants: readonly Grant[]): boolean {
  const named: Grant[] = [];
  if (scope.siteId !== undefined) named.push({ kind: 'site', id: scope.siteId });
  if (scope.clientId !== undefined) named.push({ kind: 'client', id: scope.clientId });
  if (named.length === 0) return true;
  const checkable = named.filter(({ kind }) => grants.some((grant) => grant.kind === kind));
  return checkable.length > 0 && checkable.every(({ kind, id }) => grants.some((grant) => grant.kind === kind && grant.id === id));
}

export function can(actor: Actor, permission: Permission, scope: Scope = {}, grants: readonly Grant[] = []): boolean {
  return decide(actor, permission, scope, grants).kind === 'allowed';
}
