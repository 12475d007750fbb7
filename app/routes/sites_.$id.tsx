// GET /sites/{id}: one site, live.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readWindow } from '#app/features/monitoring/charts/chart-window.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { readSitePage } from '#app/features/monitoring/site/read-site-page.server.ts';
import { SitePage } from '#app/features/monitoring/site/site-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';

export const handle = { i18n: ['alerts', 'monitoring', 'chart'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const view = await readSitePage(await readFleetReader(context), params.id ?? '', readWindow(request.url));
  if (view === null) throw new Response(null, { status: 404 });
  return { view };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.view.site.name} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Site() {
  return <SitePage view={useLoaderData<typeof loader>().view} />;
}
