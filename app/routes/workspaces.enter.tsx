// GET and POST /workspaces/enter: platform staff into a workspace and out of it.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actEnterPage, readEnterPage } from '#app/features/workspaces/enter-page.server.ts';
import { EnterPage } from '#app/features/workspaces/enter-page.tsx';
import stylesheetUrl from '#app/features/workspaces/workspaces.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['workspaces'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readEnterPage(args), i18nServer.getFixedT(args.request, 'workspaces')]);
  return { ...view, title: t('enter.title') };
}

export function action(args: ActionFunctionArgs) {
  return actEnterPage(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function EnterWorkspace() {
  return <EnterPage view={useLoaderData<typeof loader>()} result={useActionData<typeof action>() ?? null} />;
}
