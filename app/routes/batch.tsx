// The page of a list of machines: the URL holds the scenario; the list itself stays in the browser until it is saved.
import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import '#app/features/batch/page/batch.css';
import { readBatchPage } from '#app/features/batch/page/batch-page.server.ts';
import { BatchScreen } from '#app/features/batch/page/batch-page.tsx';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['batch', 'risk'] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [page, t] = await Promise.all([readBatchPage(new URL(request.url), context), i18nServer.getFixedT(request, 'batch')]);
  return { page, title: t('meta.title'), description: t('meta.description') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: data.title }, { name: 'description', content: data.description }] : [{ title: 'HashInsight' }];

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-cache' });

export default function BatchRoute() {
  const { page } = useLoaderData<typeof loader>();
  return <BatchScreen page={page} />;
}
