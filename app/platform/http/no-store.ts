// Headers of every page that is about a person or a workspace. Pure.
import type { HeadersFunction } from '@remix-run/node';

/** Kept nowhere, not even by the browser: after signing out, going back shows nothing. */
export const noStore: HeadersFunction = ({ actionHeaders }) => {
  const retryAfter = actionHeaders.get('Retry-After');
  return { 'Cache-Control': 'no-store', ...(retryAfter === null ? {} : { 'Retry-After': retryAfter }) };
};
