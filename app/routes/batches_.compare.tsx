// GET /batches/compare?id=..&id=..: two saved lists.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ComparePage } from '#app/features/batch/saved/compare-page.tsx';
import stylesheetUrl from '#app/features/batch/saved/lists.css?url';
import { readCompare } from '#app/features/batch/saved/saved-pages.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['lists'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readCompare(args), i18nServer.getFixedT(args.request, 'lists')]);
  return { view, title: t('meta.compare') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function CompareLists() {
  return <ComparePage view={useLoaderData<typeof loader>().view} />;
}
