// GET /energy: what a site used in a month.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EnergyPage } from '#app/features/monitoring/energy/energy-page.tsx';
import { readEnergyPage } from '#app/features/monitoring/energy/read-energy.server.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['monitoring', 'meter', 'chart'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([
    readFleetReader(args.context).then((reader) => readEnergyPage(reader, args.request.url)),
    i18nServer.getFixedT(args.request, 'monitoring'),
  ]);
  return { view, title: t('energy.title') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function EnergyRoute() {
  return <EnergyPage view={useLoaderData<typeof loader>().view} />;
}
