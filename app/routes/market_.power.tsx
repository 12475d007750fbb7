// GET and POST /market/power: the power prices of the workspace.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/analytics/analytics.css?url';
import { actOnPower, readPowerPage } from '#app/features/analytics/power/power-page.server.ts';
import { PowerPage } from '#app/features/analytics/power/power-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['power-prices', 'chart', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readPowerPage(args), i18nServer.getFixedT(args.request, 'power-prices')]);
  return { view, title: t('meta'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnPower(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Page() {
  return <PowerPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
