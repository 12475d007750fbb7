// GET and POST /members: the people of the workspace.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readCaller } from '#app/features/accounts/visit.server.ts';
import { actOnMembers } from '#app/features/members/act-members.server.ts';
import stylesheetUrl from '#app/features/members/members.css?url';
import { MembersPage } from '#app/features/members/members-page.tsx';
import { readMembersView } from '#app/features/members/read-members.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['members', 'roles'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readMembersView(await readCaller(args)), i18nServer.getFixedT(args.request, 'members')]);
  return { view, title: t('page.title'), csrfToken: args.context.getCsrfToken() };
}

export async function action(args: ActionFunctionArgs) {
  const form = await args.request.formData();
  return actOnMembers(await readCaller(args), form);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Members() {
  const { view } = useLoaderData<typeof loader>();
  return <MembersPage view={view} result={useActionData<typeof action>() ?? null} />;
}
