// What use cases call before they do anything. The error becomes 401 or 403, as a problem document or as a page, where requests are answered.
import type { Actor } from './actor.ts';
import { type Decision, decide, type Grant, type Scope } from './can.ts';
import type { Permission, Reach } from './permissions.ts';

export type RefusalReason = Extract<Decision, { kind: 'refused' }>['because'];

/** The caller may not do this. Thrown by use cases, answered once by `guard-build.server.ts` (pages) and the API. */
export class PermissionError extends Error {
  override readonly name = 'PermissionError';
  constructor(
    readonly permission: Permission | null,
    readonly because: RefusalReason,
  ) {
    super(`${permission ?? 'a signed-in session'} refused: ${because}`);
  }

  /** 401 asks the caller to sign in; 403 says that signing in again would not help. */
  get status(): 401 | 403 {
    return this.because === 'sign-in' ? 401 : 403;
  }
}

/** By name, not by class: the web entry and the pages are bundled apart, and each carries a class of its own. */
export function isPermissionError(error: unknown): error is PermissionError {
  return error instanceof Error && error.name === 'PermissionError';
}

/** Gives how far the permission reaches: with `own` the use case shows only what the grants name. Throws PermissionError. */
export function requirePermission(actor: Actor, permission: Permission, scope: Scope = {}, grants: readonly Grant[] = []): Reach {
  const decision = decide(actor, permission, scope, grants);
  if (decision.kind === 'refused') throw new PermissionError(permission, decision.because);
  return decision.reach;
}

/** An actor whose person is known. */
export type SignedInActor = Actor & { userId: string };

/** Throws PermissionError for a guest. */
export function requireSignedIn(actor: Actor): asserts actor is SignedInActor {
  if (actor.userId === null) throw new PermissionError(null, 'sign-in');
}

/** A token of a program is not a person with a reason. Throws PermissionError for everybody but platform staff at a browser. */
export function requireStaff(actor: Actor): asserts actor is SignedInActor {
  requireSignedIn(actor);
  if (!actor.isStaff || actor.sessionId === null) throw new PermissionError(null, 'role');
}
