// GET /alerts: what is wrong on the sites of the workspace.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readAlertsPage } from '#app/features/alerts/pages/alert-pages.server.ts';
import stylesheetUrl from '#app/features/alerts/pages/alerts.css?url';
import { AlertsPage } from '#app/features/alerts/pages/alerts-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['alerts', 'monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readAlertsPage(args), i18nServer.getFixedT(args.request, 'alerts')]);
  return { view, title: t('page.title') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Alerts() {
  return <AlertsPage view={useLoaderData<typeof loader>().view} />;
}
