// GET and POST /machines/import: machines from a list.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnImport, readImportPage } from '#app/features/monitoring/import/import-form.server.ts';
import { ImportPage } from '#app/features/monitoring/import/import-page.tsx';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readImportPage(args), i18nServer.getFixedT(args.request, 'monitoring')]);
  return { view, title: t('import.title'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnImport(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Import() {
  return <ImportPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
