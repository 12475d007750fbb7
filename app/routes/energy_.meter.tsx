// GET and POST /energy/meter: what a site's meter counted, from a file.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnMeter, readMeterPage } from '#app/features/monitoring/energy/meter-form.server.ts';
import { MeterPage } from '#app/features/monitoring/energy/meter-page.tsx';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['meter', 'monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readMeterPage(args), i18nServer.getFixedT(args.request, 'meter')]);
  return { view, title: t('title'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnMeter(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Meter() {
  return <MeterPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
