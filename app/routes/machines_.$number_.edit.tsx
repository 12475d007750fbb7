// GET and POST /machines/{number}/edit: a machine changed.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnMachine, readMachineForm } from '#app/features/monitoring/machine/machine-form.server.ts';
import { MachineFormPage } from '#app/features/monitoring/machine/machine-form-page.tsx';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readMachineForm(args, args.params.number ?? ''), i18nServer.getFixedT(args.request, 'monitoring')]);
  return { view, title: t('site.edit', { name: view.name }), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnMachine(args, args.params.number ?? '');
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function MachineForm() {
  return <MachineFormPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
