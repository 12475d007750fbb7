// GET and POST /batches: the lists that the workspace keeps.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/batch/saved/lists.css?url';
import { ListsPage } from '#app/features/batch/saved/lists-page.tsx';
import { actOnLists, readListsPage } from '#app/features/batch/saved/saved-pages.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['lists'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readListsPage(args), i18nServer.getFixedT(args.request, 'lists')]);
  return { view, title: t('meta.list'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnLists(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Lists() {
  return <ListsPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
