// Who is asking: the one thing that permission checks and audit events know about a caller.

/** What a person is in one workspace; `guest` is whoever has not signed in. From most to least. */
export const ROLES = ['owner', 'admin', 'mining_site_owner', 'operator', 'accountant', 'client', 'customer', 'guest'] as const;
export type Role = (typeof ROLES)[number];

export type Actor = {
  /** `null`: not signed in. */
  userId: string | null;
  /** The workspace that is worked in; `null`: none. */
  tenantId: string | null;
  role: Role;
  /** Nobody else is a member of the workspace: it is the person's own. Looked up for customers only; everybody else: false. */
  isAlone: boolean;
  /** Set when a browser's session vouches for the actor: only then can another site forge the request. */
  sessionId: string | null;
  /** The personal token that was shown instead of a session, itself or through a short-lived token made from it. */
  tokenId: string | null;
  /** Permissions that the token allows; `null`: everything the role allows. */
  scopes: readonly string[] | null;
  /** One of the people who run the installation. Says nothing about any workspace: they enter one, with a reason, for a while. */
  isStaff: boolean;
  /** End of the stay by which platform staff are in the workspace, ms since 1970 UTC; `null`: in it as a member, or in none. */
  stayEndsAtMs: number | null;
};

export const GUEST: Actor = {
  userId: null,
  tenantId: null,
  role: 'guest',
  isAlone: false,
  sessionId: null,
  tokenId: null,
  scopes: null,
  isStaff: false,
  stayEndsAtMs: null,
};
