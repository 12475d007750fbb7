// The field that every form that changes something carries. Its token comes from the loader of a route on the page: `csrfToken: context.getCsrfToken()`.
import { useMatches } from '@remix-run/react';
import { CSRF_FIELD } from '../platform/http/csrf-names.ts';

/** The token of the innermost route that brought one. Throws when none did: the form would be refused. */
export function useCsrfToken(): string {
  const tokens = useMatches().flatMap(({ data }) => {
    const token = (data as { csrfToken?: unknown } | null | undefined)?.csrfToken;
    return typeof token === 'string' ? [token] : [];
  });
  const token = tokens.at(-1);
  if (token === undefined) throw new Error('A page with a form needs `csrfToken: context.getCsrfToken()` in its loader');
  return token;
}

export function CsrfField() {
  return <input type="hidden" name={CSRF_FIELD} value={useCsrfToken()} />;
}
