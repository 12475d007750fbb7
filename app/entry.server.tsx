// Renders pages to a stream: the shell, with the answer in it, leaves at once; what the page waits for follows.
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { NonceContext } from './platform/http/nonce-context.ts';
import { createHtmlStream } from './platform/http/without-nul.server.ts';
import { detectLanguage, serializeLanguageChoice } from './platform/i18n/detect-language.ts';
import { createServerI18n } from './platform/i18n/i18n.server.ts';
import { HTML_LANG } from './platform/i18n/languages.ts';
import { getLog } from './platform/log.server.ts';

/** What a page still waits for after this long is reported to it as failed. */
export const streamTimeout = 5_000;
/** Rendering itself ends a little later, so that those failures are still rendered. */
const ABORT_DELAY_MS = streamTimeout + 1_000;

/** Pages differ by reader and carry a nonce: no shared cache may keep them, and the reader's own must ask again. */
const PAGE_CACHE_CONTROL = 'private, no-cache';

/** Pages of errors leave their route's own headers behind: what one reader may not see, or is not there, is kept nowhere. */
function setPageHeaders(headers: Headers, status: number): void {
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', status >= 400 ? 'no-store' : PAGE_CACHE_CONTROL);
  headers.append('Vary', 'Accept-Language, Cookie');
}

export default async function handleRequest(
  request: Request,
  responseStatusCode: number,
  responseHeaders: Headers,
  remixContext: EntryContext,
  { cspNonce, secure }: AppLoadContext,
): Promise<Response> {
  const language = detectLanguage(request);
  const i18n = await createServerI18n(language);
  setPageHeaders(responseHeaders, responseStatusCode);
  responseHeaders.set('Content-Type', 'text/html; charset=utf-8');
  responseHeaders.set('Content-Language', HTML_LANG[language]);
  const choice = serializeLanguageChoice(request, secure);
  if (choice !== null) responseHeaders.append('Set-Cookie', choice);

  return new Promise((resolve, reject) => {
    let status = responseStatusCode;
    let isShellSent = false;
    const sendShell = () => {
      isShellSent = true;
      const body = createHtmlStream();
      resolve(new Response(createReadableStreamFromReadable(body), { headers: responseHeaders, status }));
      pipe(body);
    };
    // Crawlers get the page in one piece, complete.
    const readiness = isbot(request.headers.get('User-Agent') ?? '') ? { onAllReady: sendShell } : { onShellReady: sendShell };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <I18nextProvider i18n={i18n}>
          <RemixServer context={remixContext} url={request.url} nonce={cspNonce} />
        </I18nextProvider>
      </NonceContext.Provider>,
      {
        ...readiness,
        nonce: cspNonce,
        onShellError: reject,
        onError(error) {
          status = 500;
          // Before the shell is sent the error reaches the caller through onShellError.
          if (isShellSent) getLog().error('page.render-failed', { url: request.url, error });
        },
      },
    );
    setTimeout(abort, ABORT_DELAY_MS).unref();
  });
}

/** Answers of loaders and actions to a page that is already open. */
export function handleDataRequest(response: Response): Response {
  setPageHeaders(response.headers, response.status);
  return response;
}

export function handleError(error: unknown, { request }: LoaderFunctionArgs | ActionFunctionArgs): void {
  // A reader who left is not an error.
  if (!request.signal.aborted) getLog().error('route.failed', { method: request.method, url: request.url, error });
}
