// GET and POST /sign-in: address and password.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { actSignIn, readEntryPage } from '#app/features/accounts/entry/entry-pages.server.ts';
import { SignInPage } from '#app/features/accounts/entry/sign-in-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(args.request, 'accounts');
  return { ...(await readEntryPage(args)), title: t('signIn.title') };
}

export function action(args: ActionFunctionArgs) {
  return actSignIn(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function SignIn() {
  return <SignInPage view={useLoaderData<typeof loader>()} result={useActionData<typeof action>()} />;
}
