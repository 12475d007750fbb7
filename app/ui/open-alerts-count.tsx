/** The number of open alerts beside the link to them. It is written with the page, so nothing moves. */
import { useRouteLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../platform/i18n/use-language.ts';
import { createFormat } from './format.ts';

/** More is not read as a number any more, and would widen the bar. */
const MOST_SHOWN = 999;

export type OpenAlertsOfReader = { mayReadAlerts: boolean; openAlerts: number | null };

/** `openAlerts` null: nobody could count. */
export function useOpenAlerts(): OpenAlertsOfReader {
  const data = useRouteLoaderData('root') as { may?: { alerts?: boolean }; openAlerts?: number | null } | undefined;
  return { mayReadAlerts: data?.may?.alerts === true, openAlerts: data?.openAlerts ?? null };
}

/** Nothing where none is open: a nought is no news. */
export function OpenAlertsCount() {
  const { t } = useTranslation('frame');
  const format = createFormat(useLocale());
  const { openAlerts } = useOpenAlerts();
  if (openAlerts === null || openAlerts === 0) return null;
  const shown = openAlerts > MOST_SHOWN ? `${format.integer(MOST_SHOWN)}+` : format.integer(openAlerts);
  return (
    <>
      {' '}
      <span className="count" aria-hidden="true">
        {shown}
      </span>
      <span className="vh">{t('nav.openAlerts', { count: openAlerts, shown })}</span>
    </>
  );
}
