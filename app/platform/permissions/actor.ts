// Who asks. Every use case receives one of these and never a request: the same rules hold for a page, an API call and a job.

/** From the most to the least a workspace entrusts to somebody; `guest` is everybody without an account. */
export const ROLES = ['owner', 'admin', 'mining_site_owner', 'operator', 'accountant', 'client', 'customer', 'guest'] as const;
export type Role = (typeof ROLES)[number];

/** What a membership may say: nobody is a member as a guest. */
export const MEMBER_ROLES = ROLES.filter((role) => role !== 'guest') as readonly Exclude<Role, 'guest'>[];
export type MemberRole = (typeof MEMBER_ROLES)[number];

export type Actor = {
  /** Null: nobody we know. */
  userId: string | null;
  /** The workspace the actor acts in; null: none, and every tenant table is empty. */
  tenantId: string | null;
  /** What the actor is in that workspace. */
  role: Role;
  /** Set when a browser's session vouches for the actor: only then is a request forgeable by another site. */
  sessionId: string | null;
  /** Set when an API token vouches for the actor. */
  tokenId: string | null;
  /** Actions that the token allows; null: everything the role allows. */
  scopes: readonly string[] | null;
};

export const GUEST: Actor = { userId: null, tenantId: null, role: 'guest', sessionId: null, tokenId: null, scopes: null };

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
