// What a member can be limited to, as a form sends it. Pure.
import { isUuid } from '#app/platform/identifiers.ts';
import type { Grant } from '#app/platform/permissions/can.ts';

export const GRANT_KINDS = ['site', 'client'] as const satisfies readonly Grant['kind'][];

/** More is a group of its own; every request of the member reads them all. */
export const MAX_GRANTS_PER_MEMBER = 100;

/** What a form asks to grant: a site or client by its name, as the page shows it. */
export type NamedGrant = { kind: Grant['kind']; name: string };

/** Null: not a kind that there is, or no name. */
export function readNamedGrant(kindText: string, nameText: string): NamedGrant | null {
  const kind = GRANT_KINDS.find((one) => one === kindText);
  const name = nameText.trim();
  return kind === undefined || name === '' ? null : { kind, name };
}

/** A grant that is to be withdrawn. Null: not a kind that there is, or no number of a site or a client. */
export function readGrant(kindText: string, idText: string): Grant | null {
  const kind = GRANT_KINDS.find((one) => one === kindText);
  const id = idText.trim().toLowerCase();
  return kind === undefined || !isUuid(id) ? null : { kind, id };
}
