/** Finds the one thing that many machines have in common when they fail together. Pure. */

/** From wide to narrow. */
export const SCOPES = ['site', 'building', 'container', 'rack', 'subnet'] as const;
export type GroupScope = (typeof SCOPES)[number];
/** What an alert is about. */
export type AlertScope = 'machine' | GroupScope;

/** `key`: id of the place, the network of the addresses, or the site's number. */
export type Group = { scope: GroupScope; key: string };

/** Fewer machines than this are no group. */
export const MIN_MEMBERS = 5;
/** Share of a place's machines that must have failed. */
const PLACE_SHARE_RATIO = 0.6;
/** A site has many rooms: a third of it has a common cause. */
const SITE_SHARE_RATIO = 0.3;
/** A wider place is named only when so many more have failed in it: one more machine elsewhere does not make a rack's trouble the site's. */
const WIDER_FACTOR = 1.5;

export const toGroupId = ({ scope, key }: Group): string => `${scope} ${key}`;

/** Have enough of the group's machines failed to have one cause? */
export function isCommon(group: Group, failed: ReadonlyMap<string, number>, all: ReadonlyMap<string, number>): boolean {
  const id = toGroupId(group);
  const failedHere = failed.get(id) ?? 0;
  const share = failedHere / Math.max(1, all.get(id) ?? 0);
  return failedHere >= MIN_MEMBERS && share >= (group.scope === 'site' ? SITE_SHARE_RATIO : PLACE_SHARE_RATIO);
}

/** The group of the machine in which enough have failed; null: it stands alone. The narrowest, unless a wider one has clearly more failures. */
export function findCommonCause(
  groups: readonly Group[],
  failed: ReadonlyMap<string, number>,
  all: ReadonlyMap<string, number>,
): Group | null {
  let found: Group | null = null;
  let foundFailed = 0;
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index];
    if (group === undefined) continue;
    if (!isCommon(group, failed, all)) continue;
    const failedHere = failed.get(toGroupId(group)) ?? 0;
    if (found === null || failedHere >= foundFailed * WIDER_FACTOR) {
      found = group;
      foundFailed = failedHere;
    }
  }
  return found;
}

/** The /24 of an IPv4 address: what one switch usually serves. Null for names and anything else. */
export function toSubnet(host: string | null): string | null {
  const match = host === null ? null : /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(host);
  return match?.[1] === undefined ? null : `${match[1]}.0/24`;
}
