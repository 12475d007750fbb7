// GET /market/sources: where the market figures come from.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/analytics/analytics.css?url';
import { readSourcesPage } from '#app/features/analytics/sources-page.server.ts';
import { SourcesPage } from '#app/features/analytics/sources-page.tsx';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['analytics', 'chart', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader({ request }: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readSourcesPage(), i18nServer.getFixedT(request, 'analytics')]);
  return { view, title: t('sources.meta') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => (data === undefined ? [] : [{ title: `${data.title} – HashInsight` }]);

export default function Page() {
  return <SourcesPage view={useLoaderData<typeof loader>().view} />;
}
