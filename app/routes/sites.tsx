// GET /sites: all sites as they are now.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { OverviewPage } from '#app/features/monitoring/overview/overview-page.tsx';
import { readOverview } from '#app/features/monitoring/overview/read-overview.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(request, 'monitoring');
  return { view: await readOverview(await readFleetReader(context)), title: t('overview.title') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Sites() {
  return <OverviewPage view={useLoaderData<typeof loader>().view} />;
}
