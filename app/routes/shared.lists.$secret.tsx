// GET /shared/lists/{secret}: a list as its link shows it, read only.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { isRouteErrorResponse, useLoaderData, useRouteError } from '@remix-run/react';
import stylesheetUrl from '#app/features/batch/saved/lists.css?url';
import { SharedListPage } from '#app/features/batch/saved/one-list-page.tsx';
import { readSharedList } from '#app/features/batch/saved/saved-pages.server.ts';
import { SharedGonePage } from '#app/features/batch/saved/shared-gone-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { ErrorPage } from '#app/ui/error-page.tsx';

export const handle = { i18n: ['lists'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readSharedList(args), i18nServer.getFixedT(args.request, 'lists')]);
  return { view, secret: args.params.secret ?? '', title: t('meta.shared') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data === undefined ? 'HashInsight' : `${data.view.name} – ${data.title} – HashInsight` },
  { name: 'robots', content: 'noindex' },
];

export default function SharedList() {
  const { view, secret } = useLoaderData<typeof loader>();
  return <SharedListPage list={view} secret={secret} />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  return isRouteErrorResponse(error) && error.status === 404 ? <SharedGonePage /> : <ErrorPage error={error} />;
}
