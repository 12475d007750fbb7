// The cookie of a signed-in browser. Over https its name begins with `__Host-`: browsers then take it only with Secure, for the whole host and from the
// host itself, so no other site and no sub-domain can plant one. Over plain http (development, demonstration) browsers refuse that name. Pure.

const SECURE_NAME = '__Host-session';
const PLAIN_NAME = 'session';
const TOKEN = /^[\w-]{43}$/;

/** `mustBeSecure`: production, where a cookie that travelled in the clear counts for nothing. */
export function findSessionToken(cookieHeader: string | null, mustBeSecure: boolean): string | null {
  const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim().split('='));
  for (const name of mustBeSecure ? [SECURE_NAME] : [SECURE_NAME, PLAIN_NAME]) {
    const value = pairs.find(([key]) => key === name)?.[1];
    if (value !== undefined && TOKEN.test(value)) return value;
  }
  return null;
}

const attributes = (isSecure: boolean) => `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** Ends with the browser; how long the session lives is the server's decision. */
export function serializeSessionCookie(token: string, isSecure: boolean): string {
  return `${isSecure ? SECURE_NAME : PLAIN_NAME}=${token}; ${attributes(isSecure)}`;
}

export function serializeNoSessionCookie(isSecure: boolean): string {
  return `${isSecure ? SECURE_NAME : PLAIN_NAME}=; Max-Age=0; ${attributes(isSecure)}`;
}
