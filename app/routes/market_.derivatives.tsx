// GET /market/derivatives: futures, funding and implied volatility.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/analytics/analytics.css?url';
import { readDerivativesPage } from '#app/features/analytics/derivatives-page.server.ts';
import { DerivativesPage } from '#app/features/analytics/derivatives-page.tsx';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['analytics', 'chart', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader({ request }: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readDerivativesPage(), i18nServer.getFixedT(request, 'analytics')]);
  return { view, title: t('derivatives.meta') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => (data === undefined ? [] : [{ title: `${data.title} – HashInsight` }]);

export default function Page() {
  return <DerivativesPage view={useLoaderData<typeof loader>().view} />;
}
