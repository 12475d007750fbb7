// GET and POST /alerts/{id}: one alert with its history, and what people do about it.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnAlertPage, readOneAlert } from '#app/features/alerts/pages/alert-pages.server.ts';
import stylesheetUrl from '#app/features/alerts/pages/alerts.css?url';
import { OneAlertPage } from '#app/features/alerts/pages/one-alert-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['alerts', 'monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readOneAlert(args, args.params.id), i18nServer.getFixedT(args.request, 'alerts')]);
  return { view, title: t(`rule.${view.alert.rule}.name`), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnAlertPage(args, args.params.id);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function OneAlert() {
  return <OneAlertPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
