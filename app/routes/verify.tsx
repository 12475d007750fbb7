// GET and POST /verify: following the link that confirms an address.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { actVerify, readVerifyPage } from '#app/features/accounts/entry/entry-pages.server.ts';
import { VerifyPage } from '#app/features/accounts/entry/verify-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(args.request, 'accounts');
  return { ...(await readVerifyPage(args)), title: t('verify.title') };
}

export function action(args: ActionFunctionArgs) {
  return actVerify(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function Verify() {
  return <VerifyPage view={useLoaderData<typeof loader>()} result={useActionData<typeof action>()} />;
}
