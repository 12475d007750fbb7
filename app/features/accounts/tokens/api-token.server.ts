// POST /api/v1/token: a personal token for a token that lives ten minutes. DELETE: ends the short-lived token that is shown.

import { getAccountDeps } from '#app/features/accounts/account-deps.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { toProblemText, wordRefusal } from '#app/platform/http/refuse.server.ts';
import type { Refusal } from '#app/platform/http/request-guard.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { HTML_LANG } from '#app/platform/i18n/languages.ts';
import { createAccessToken, findAccessToken, revokeAccessToken } from '#app/platform/tokens/access-token.server.ts';
import { findPersonalToken } from '#app/platform/tokens/personal-token.server.ts';

const BEARER = /^Bearer +(\S+)$/i;
const ALLOWED = 'POST, DELETE';

export async function answerToken(request: Request): Promise<Response> {
  const { db, redis, now } = getAccountDeps();
  const deps = { db, redis, secret: getEnv().SESSION_SECRET };
  const shown = BEARER.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '';
  if (request.method === 'POST') {
    const grant = await findPersonalToken(db, shown, now());
    if (grant === null)
      return refuse(request, { status: 401, text: 'signInNeeded', values: {}, headers: { 'WWW-Authenticate': 'Bearer' } });
    const { token, expiresInS } = await createAccessToken(deps, grant, now());
    return Response.json(
      { accessToken: token, tokenType: 'Bearer', expiresInS, scopes: grant.scopes },
      { headers: { 'Cache-Control': 'no-store' } },
    );
  }
  if (request.method === 'DELETE') {
    const grant = await findAccessToken(deps, shown, now());
    if (grant === null)
      return refuse(request, { status: 401, text: 'signInNeeded', values: {}, headers: { 'WWW-Authenticate': 'Bearer' } });
    await revokeAccessToken(deps, grant, now());
    return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
  }
  return refuse(request, { status: 405, text: 'methodNotAllowed', values: { method: request.method }, headers: { Allow: ALLOWED } });
}

function refuse(request: Request, refusal: Refusal): Response {
  const language = detectLanguage(request);
  const headers = {
    ...refusal.headers,
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Content-Language': HTML_LANG[language],
  };
  return new Response(toProblemText(refusal, wordRefusal(refusal, language)), { status: refusal.status, headers });
}
