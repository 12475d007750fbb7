// Whether a request that changes something was sent by a page of ours. Pure.

export type SenderHeaders = { fetchSite: string | null; origin: string | null; referer: string | null };

/**
 * `same`: a page of this origin sent it. `other`: some other page did. `unknown`: no browser of the last years sends an unsafe request
 * without saying where it comes from; a program may.
 */
export function findSender({ fetchSite, origin, referer }: SenderHeaders, ownOrigin: string): 'same' | 'other' | 'unknown' {
  // Browsers do not let pages write this header. `same-site` is a sub-domain of somebody else, `none` is not how forms are sent.
  // No browser says "same origin" and names another host; by host only, since a proxy may hide that the reader came by https.
  if (fetchSite !== null) return fetchSite === 'same-origin' && (origin === null || hasHostOf(origin, ownOrigin)) ? 'same' : 'other';
  // "null" stands for sandboxed frames and privacy redirects: not a page of ours.
  if (origin !== null) return origin === ownOrigin ? 'same' : 'other';
  if (referer !== null) return URL.canParse(referer) && new URL(referer).origin === ownOrigin ? 'same' : 'other';
  return 'unknown';
}

function hasHostOf(origin: string, ownOrigin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(ownOrigin).host;
}
