// GET and POST /machines: the list of machines, and a change of several of them.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { actOnMachines } from '#app/features/monitoring/machines/bulk-form.server.ts';
import { MachinesPage } from '#app/features/monitoring/machines/machines-page.tsx';
import { readMachinesPage } from '#app/features/monitoring/machines/read-machines-page.server.ts';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([
    readFleetReader(args.context).then((reader) => readMachinesPage(reader, args.request.url)),
    i18nServer.getFixedT(args.request, 'monitoring'),
  ]);
  return { view, title: t('nav.machines'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnMachines(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Machines() {
  return <MachinesPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
