// GET and POST /alerts/settings: rules and channels, and the buttons of the list of channels.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnChannelRow, readAlertSettings } from '#app/features/monitoring/alert-settings/alert-settings.server.ts';
import { AlertSettingsPage } from '#app/features/monitoring/alert-settings/alert-settings-page.tsx';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['alert-settings', 'alerts', 'monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readAlertSettings(args), i18nServer.getFixedT(args.request, 'alert-settings')]);
  return { view, title: t('page.title'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnChannelRow(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function AlertSettings() {
  return <AlertSettingsPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
