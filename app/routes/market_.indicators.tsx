// GET /market/indicators: indicators over the stored days, and what their signals were worth.
import { data, type HeadersFunction, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIndicatorPage } from '#app/features/indicators/page/indicator-page.server.ts';
import { IndicatorScreen } from '#app/features/indicators/page/indicator-screen.tsx';
import stylesheetUrl from '#app/features/indicators/page/indicators.css?url';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['indicators', 'chart', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader({ request }: LoaderFunctionArgs) {
  const [t, page] = await Promise.all([i18nServer.getFixedT(request, 'indicators'), readIndicatorPage(new URL(request.url))]);
  const view = { page, title: t('page.title'), description: t('page.description') };
  // A parameter that cannot be is the caller's mistake, said beside its field.
  return data(view, { status: page.faults.length > 0 ? 400 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ data: view }) =>
  view === undefined ? [] : [{ title: `${view.title} – HashInsight` }, { name: 'description', content: view.description }];

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-cache' });

export default function MarketIndicators() {
  return <IndicatorScreen page={useLoaderData<typeof loader>().page} />;
}
