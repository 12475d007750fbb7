// GET /reports/{id}: one report, waited for and downloaded. Renews itself while it is being made.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readOnePage } from '#app/features/reports/report-pages.server.ts';
import { OneReportPage } from '#app/features/reports/report-pages.tsx';
import stylesheetUrl from '#app/features/reports/reports.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

const REFRESH_S = '2';

export const handle = { i18n: ['reports'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [report, t] = await Promise.all([readOnePage(args), i18nServer.getFixedT(args.request, 'reports')]);
  return { report, title: t('one.title') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (data === undefined) return [];
  const isUnderWay = data.report.status === 'queued' || data.report.status === 'running';
  return [
    { title: `${data.title} – HashInsight` },
    { name: 'robots', content: 'noindex' },
    ...(isUnderWay ? [{ httpEquiv: 'refresh', content: REFRESH_S }] : []),
  ];
};

export default function OneReport() {
  return <OneReportPage report={useLoaderData<typeof loader>().report} />;
}
