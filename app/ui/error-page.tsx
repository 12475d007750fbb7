// What a reader sees instead of a page: what happened, what is kept, what to do.
import { isRouteErrorResponse, useLocation } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '../paths.ts';

export type ErrorKind = 'notFound' | 'notAllowed' | 'forbidden' | 'formOutdated' | 'refused' | 'failed';

/** Which of the explanations fits an error that reached the root of the page. */
export function toErrorKind(error: unknown): ErrorKind {
  if (!isRouteErrorResponse(error)) return 'failed';
  if (error.status === 404) return 'notFound';
  if (error.status === 405) return 'notAllowed';
  if (error.status === 403) return error.statusText === 'formOutdated' ? 'formOutdated' : 'forbidden';
  return error.status >= 400 && error.status < 500 ? 'refused' : 'failed';
}

export function ErrorPage({ error }: { error: unknown }) {
  const { t } = useTranslation('frame');
  const { pathname, search } = useLocation();
  const kind = toErrorKind(error);
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return (
    <main className="main">
      <section className="page fault" aria-labelledby="fault-title">
        <p className="dim small">{t('error.status', { status })}</p>
        <h1 id="fault-title">{t(`error.${kind}.title`)}</h1>
        <p className="mute">{t(`error.${kind}.happened`, { status })}</p>
        <p className="mute">{t(`error.${kind}.todo`)}</p>
        <p className="acts">
          <a className="btn main" href={PATHS.calculator}>
            {t('error.home')}
          </a>
          {kind === 'forbidden' ? (
            <a className="btn" href={PATHS.roles}>
              {t('footer.roles')}
            </a>
          ) : null}
          {kind === 'failed' || kind === 'formOutdated' ? (
            <a className="btn" href={`${pathname}${search}`}>
              {t('error.reload')}
            </a>
          ) : null}
        </p>
      </section>
    </main>
  );
}
