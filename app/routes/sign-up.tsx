// GET and POST /sign-up: opening an account.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { actSignUp, readEntryPage } from '#app/features/accounts/entry/entry-pages.server.ts';
import { SignUpPage } from '#app/features/accounts/entry/sign-up-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(args.request, 'accounts');
  return { ...(await readEntryPage(args)), title: t('signUp.title') };
}

export function action(args: ActionFunctionArgs) {
  return actSignUp(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function SignUp() {
  return <SignUpPage view={useLoaderData<typeof loader>()} result={useActionData<typeof action>()} />;
}
