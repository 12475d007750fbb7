// GET and POST /machines/{number}: one machine, and the steps of its approval.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readWindow } from '#app/features/monitoring/charts/chart-window.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { actOnMachine } from '#app/features/monitoring/machine/machine-form.server.ts';
import { MachinePage } from '#app/features/monitoring/machine/machine-page.tsx';
import { readMachinePage } from '#app/features/monitoring/machine/read-machine-page.server.ts';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['alerts', 'monitoring', 'chart'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([
    readFleetReader(args.context).then((reader) => readMachinePage(reader, args.params.number ?? '', readWindow(args.request.url))),
    i18nServer.getFixedT(args.request, 'monitoring'),
  ]);
  if (view === null) throw new Response(null, { status: 404 });
  return {
    view,
    title: view.machine.serial ?? t('machine.number', { number: view.machine.number }),
    csrfToken: args.context.getCsrfToken(),
  };
}

export function action(args: ActionFunctionArgs) {
  return actOnMachine(args, args.params.number ?? '');
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Machine() {
  return <MachinePage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
