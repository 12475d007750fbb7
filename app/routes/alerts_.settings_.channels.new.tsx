// GET and POST /alerts/settings/channels/new: a channel is made, and the secret of a webhook shown once.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnChannelForm, readChannelPage } from '#app/features/monitoring/alert-settings/channel-form.server.ts';
import { ChannelPage } from '#app/features/monitoring/alert-settings/channel-page.tsx';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['alert-settings', 'alerts', 'monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readChannelPage(args, null), i18nServer.getFixedT(args.request, 'alert-settings')]);
  return { view, title: t('channel.new'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnChannelForm(args, null);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function NewAlertChannel() {
  return <ChannelPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
