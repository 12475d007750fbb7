// GET /market: the market and its history.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/analytics/analytics.css?url';
import { readMarketPage } from '#app/features/analytics/market-page.server.ts';
import { MarketPage } from '#app/features/analytics/market-page.tsx';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['analytics', 'chart', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader({ request }: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readMarketPage(), i18nServer.getFixedT(request, 'analytics')]);
  return { view, title: t('market.meta') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => (data === undefined ? [] : [{ title: `${data.title} – HashInsight` }]);

export default function Page() {
  return <MarketPage view={useLoaderData<typeof loader>().view} />;
}
