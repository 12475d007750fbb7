// GET and POST /batches/{id}: one saved list.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/batch/saved/lists.css?url';
import { OneListPage } from '#app/features/batch/saved/one-list-page.tsx';
import { actOnLists, readOneList } from '#app/features/batch/saved/saved-pages.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';

export const handle = { i18n: ['lists'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  return { view: await readOneList(args), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnLists(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.view.list.name} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function OneList() {
  return <OneListPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
