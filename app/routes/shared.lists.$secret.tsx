// GET /shared/lists/{secret}: a list as its link shows it, read only.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { noStore } from '#app/features/accounts/no-store.ts';
import stylesheetUrl from '#app/features/batch/saved/lists.css?url';
import { SharedListPage } from '#app/features/batch/saved/one-list-page.tsx';
import { readSharedList } from '#app/features/batch/saved/saved-pages.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['lists'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readSharedList(args), i18nServer.getFixedT(args.request, 'lists')]);
  return { view, title: t('meta.shared') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function SharedList() {
  return <SharedListPage list={useLoaderData<typeof loader>().view} />;
}
