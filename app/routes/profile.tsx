// GET and POST /profile: the person's own page.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { actProfile, readProfilePage } from '#app/features/accounts/own/own-pages.server.ts';
import { ProfilePage } from '#app/features/accounts/own/profile-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(args.request, 'accounts');
  return { ...(await readProfilePage(args)), title: t('profile.title') };
}

export function action(args: ActionFunctionArgs) {
  return actProfile(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function Profile() {
  return <ProfilePage view={useLoaderData<typeof loader>()} result={useActionData<typeof action>()} />;
}
