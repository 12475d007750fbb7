// The guest's page: the URL holds the inputs, the first chunk of HTML the whole answer.
import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import '#app/features/calculator/calculator.css';
import { readCalculatorPage } from '#app/features/calculator/calculator.server.ts';
import { CalculatorScreen } from '#app/features/calculator/calculator-page.tsx';
import { LANGUAGE_PARAM } from '#app/paths.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['calculator', 'market', 'catalogue'] };

export async function loader({ request }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const [page, t] = await Promise.all([readCalculatorPage(url), i18nServer.getFixedT(request, 'calculator')]);
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

export default function CalculatorRoute() {
  const { page, language, address } = useLoaderData<typeof loader>();
  // Another address is another form: a link to the page with other inputs starts afresh.
  return <CalculatorScreen key={address} page={page} language={language} />;
}
