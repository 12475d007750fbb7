/**
 * Every refusal of the API: `application/problem+json` (RFC 9457) in the caller's language (`?lng=`, cookie, Accept-Language).
 * Routes throw or return what this module makes and never write a status of their own.
 */
import { PATHS } from '#app/paths.ts';
import { discardBody } from '#app/platform/http/discard-body.server.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { HTML_LANG } from '#app/platform/i18n/languages.ts';
import { getLog } from '#app/platform/log.server.ts';
import { isPermissionError } from '#app/platform/permissions/require-permission.ts';
import { cutText } from './echo-value.ts';
import { type Fault, MAX_FAULTS_PER_REQUEST } from './fault.ts';
import { PROBLEM_STATUS } from './problem-kinds.ts';
import { type ApiError, type ApiErrorTexts, wordFaults } from './word-faults.ts';

/** Why a request is refused as a whole. */
export type Refusal =
  | { kind: 'invalid-request'; faults: readonly Fault[] }
  | { kind: 'malformed-body'; faults: readonly Fault[] }
  | { kind: 'not-found' }
  | { kind: 'method-not-allowed'; allowed: readonly string[] }
  | { kind: 'body-too-large'; maxBytes: number }
  | { kind: 'unsupported-media-type'; because: 'type' | 'encoding' }
  | { kind: 'internal' }
  | { kind: 'busy'; retryAfterS: number };

export type Problem = { type: string; title: string; status: number; detail: string; errors: ApiError[] };

export function getApiErrorTexts(request: Request): Promise<ApiErrorTexts> {
  return i18nServer.getFixedT(request, 'api-errors');
}

/** The document that says why a request is refused. */
export function toProblem(refusal: Refusal, asked: { method: string; pathname: string }, t: ApiErrorTexts): Problem {
  const { title, detail } = wordRefusal(refusal, asked, t);
  return {
    // Relative to the API's own address (RFC 9457, 3.1.1): the page says what each kind means and what to do.
    type: `${PATHS.developers}#${refusal.kind}`,
    title,
    status: PROBLEM_STATUS[refusal.kind],
    detail,
    errors: 'faults' in refusal ? wordFaults(refusal.faults.slice(0, MAX_FAULTS_PER_REQUEST), t) : [],
  };
}

/** The response that refuses a request. Never cached: the same address may answer another request well. */
export async function toProblemResponse(request: Request, refusal: Refusal): Promise<Response> {
  const asked = { method: request.method, pathname: new URL(request.url).pathname };
  const problem = toProblem(refusal, asked, await getApiErrorTexts(request));
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Content-Language': HTML_LANG[detectLanguage(request)],
  });
  if (refusal.kind === 'method-not-allowed') headers.set('Allow', refusal.allowed.join(', '));
  if (refusal.kind === 'busy') headers.set('Retry-After', String(refusal.retryAfterS));
  // RFC 9110, 15.5.16: says that the encoding, not the type, was the reason.
  if (refusal.kind === 'unsupported-media-type' && refusal.because === 'encoding') headers.set('Accept-Encoding', 'identity');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/**
 * Runs a route's work and turns a defect or an outage into a logged `500` problem: an API caller cannot read an HTML error page.
 * Responses that were thrown pass. What was not read of the body is dropped.
 */
export async function answerOrProblem(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (thrown) {
    // Who may do this is answered, and put on record, in one place for every route.
    if (isPermissionError(thrown)) throw thrown;
    if (thrown instanceof Response) return thrown;
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    getLog().error('api.failed', { method: request.method, path: new URL(request.url).pathname, error });
    return await toProblemResponse(request, { kind: 'internal' });
  } finally {
    // Not awaited: the answer goes out while the rest of a refused body still comes in.
    void discardBody(request);
  }
}

function wordRefusal(refusal: Refusal, asked: { method: string; pathname: string }, t: ApiErrorTexts): { title: string; detail: string } {
  switch (refusal.kind) {
    case 'invalid-request': {
      const count = refusal.faults.length;
      const detail =
        count < MAX_FAULTS_PER_REQUEST
          ? t('problem.invalidRequest.detail', { count })
          : t('problem.invalidRequest.detailAtLeast', { count: MAX_FAULTS_PER_REQUEST });
      return { title: t('problem.invalidRequest.title'), detail };
    }
    case 'malformed-body':
      return { title: t('problem.malformedBody.title'), detail: t('problem.malformedBody.detail') };
    case 'not-found':
      return { title: t('problem.notFound.title'), detail: t('problem.notFound.detail', { path: cutText(asked.pathname) }) };
    case 'method-not-allowed':
      return {
        title: t('problem.methodNotAllowed.title'),
        detail: t('problem.methodNotAllowed.detail', { method: cutText(asked.method), allowed: refusal.allowed.join(', ') }),
      };
    case 'body-too-large':
      return { title: t('problem.bodyTooLarge.title'), detail: t('problem.bodyTooLarge.detail', { max: refusal.maxBytes }) };
    case 'unsupported-media-type':
      return {
        title: t('problem.unsupportedMediaType.title'),
        detail: refusal.because === 'type' ? t('problem.unsupportedMediaType.detail') : t('problem.unsupportedMediaType.detailEncoding'),
      };
    case 'internal':
      return { title: t('problem.internal.title'), detail: t('problem.internal.detail') };
    case 'busy':
      return { title: t('problem.busy.title'), detail: t('problem.busy.detail', { seconds: refusal.retryAfterS }) };
  }
}
