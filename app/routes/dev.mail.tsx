// GET /dev/mail: the messages that nobody received, in demonstration and development only.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/accounts/accounts.css?url';
import { readDevMailPage } from '#app/features/accounts/demo-mail-page.server.ts';
import { DevMailPage } from '#app/features/accounts/demo-mail-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['accounts'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader({ request }: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(request, 'accounts');
  return { ...(await readDevMailPage()), title: t('devMail.title') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }] : [];

export default function DevMail() {
  return <DevMailPage view={useLoaderData<typeof loader>()} />;
}
