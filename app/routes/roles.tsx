// GET /roles: who may do what, for everybody to read.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import stylesheetUrl from '#app/features/roles/roles.css?url';
import { RolesPage } from '#app/features/roles/roles-page.tsx';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['roles'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader({ request }: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(request, 'roles');
  return { title: t('page.title'), description: t('page.description') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'description', content: data.description }];

export default function Roles() {
  return <RolesPage />;
}
