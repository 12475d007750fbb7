// GET and POST /reports: the workspace's reports.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnList, readListPage } from '#app/features/reports/report-pages.server.ts';
import { ReportListPage } from '#app/features/reports/report-pages.tsx';
import stylesheetUrl from '#app/features/reports/reports.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['reports'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readListPage(args), i18nServer.getFixedT(args.request, 'reports')]);
  return { view, title: t('page.title'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnList(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Reports() {
  return <ReportListPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
