// The what-if page: the URL holds fleet, prices and limits, the first HTML the plan.
import { type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import '#app/features/curtailment/what-if/what-if.css';
import { findStoredDays } from '#app/features/curtailment/what-if/stored-days.server.ts';
import { readWhatIfPage } from '#app/features/curtailment/what-if/what-if.server.ts';
import { WhatIfScreen } from '#app/features/curtailment/what-if/what-if-page.tsx';
import { LANGUAGE_PARAM } from '#app/paths.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['what-if', 'market'] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  // A form without script cannot put series and days together.
  const stored = findStoredDays(url);
  if (stored !== null) throw redirect(stored);
  const [page, t] = await Promise.all([readWhatIfPage(url, context), i18nServer.getFixedT(request, 'what-if')]);
  return {
    page,
    language: url.searchParams.get(LANGUAGE_PARAM),
    address: url.search,
    title: t('meta.title'),
    description: t('meta.description'),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: data.title }, { name: 'description', content: data.description }] : [{ title: 'HashInsight' }];

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-cache' });

export default function WhatIfRoute() {
  const { page, language, address } = useLoaderData<typeof loader>();
  // Another address is another form: a link to the page with other inputs starts afresh.
  return <WhatIfScreen key={address} page={page} language={language} />;
}
