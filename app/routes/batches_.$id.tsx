// GET and POST /batches/{id}: one saved list. Renews itself while it is being computed.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { noStore } from '#app/features/accounts/no-store.ts';
import stylesheetUrl from '#app/features/batch/saved/lists.css?url';
import { OneListPage } from '#app/features/batch/saved/one-list-page.tsx';
import { actOnLists, readOneList } from '#app/features/batch/saved/saved-pages.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

const REFRESH_S = '2';
export const handle = { i18n: ['lists'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readOneList(args), i18nServer.getFixedT(args.request, 'lists')]);
  return { view, title: t('meta.list'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnLists(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (data === undefined) return [];
  const { status } = data.view.list.progress;
  return [
    { title: `${data.title} – HashInsight` },
    { name: 'robots', content: 'noindex' },
    ...(status === 'queued' || status === 'running' ? [{ httpEquiv: 'refresh', content: REFRESH_S }] : []),
  ];
};

export default function OneList() {
  return <OneListPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
