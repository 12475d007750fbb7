// GET and POST /invitation: the offer of a place in a workspace.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { actInvitation, readInvitationPage } from '#app/features/accounts/people/invitation-page.server.ts';
import { InvitationPage } from '#app/features/accounts/people/invitation-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(args.request, 'accounts');
  return { ...(await readInvitationPage(args)), title: t('invitation.pageTitle') };
}

export function action(args: ActionFunctionArgs) {
  return actInvitation(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function Invitation() {
  return <InvitationPage view={useLoaderData<typeof loader>()} result={useActionData<typeof action>()} />;
}
