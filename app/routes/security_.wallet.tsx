// GET and POST /security/wallet: linking an Ethereum wallet.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { WalletPage } from '#app/features/accounts/wallets/wallet-page.tsx';
import { actWalletLink, readWalletPage } from '#app/features/accounts/wallets/wallet-pages.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(args.request, 'accounts');
  return { ...(await readWalletPage(args)), title: t('wallet.linkTitle') };
}

export function action(args: ActionFunctionArgs) {
  return actWalletLink(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function LinkWallet() {
  const { next } = useLoaderData<typeof loader>();
  return <WalletPage purpose="link" next={next} result={useActionData<typeof action>()} />;
}
