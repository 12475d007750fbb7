// GET and POST /reports/new: the order of a report of the calculator's answer. The address carries the calculator's inputs.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnNew, readNewPage } from '#app/features/reports/report-pages.server.ts';
import { NewReportPage } from '#app/features/reports/report-pages.tsx';
import stylesheetUrl from '#app/features/reports/reports.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['reports'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readNewPage(args), i18nServer.getFixedT(args.request, 'reports')]);
  return { view, title: t('new.title'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnNew(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function NewReport() {
  return <NewReportPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
