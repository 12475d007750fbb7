// GET /audit: what was done in the workspace.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/audit/audit.css?url';
import { AuditScreen } from '#app/features/audit/audit-page.tsx';
import { readAuditQuery } from '#app/features/audit/audit-query.ts';
import { readAuditPage } from '#app/features/audit/read-audit.server.ts';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { findReach } from '#app/platform/permissions/permissions.ts';

export const handle = { i18n: ['audit', 'roles'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { query, faults } = readAuditQuery(new URL(request.url).searchParams);
  const actor = await context.getActor();
  const [page, t] = await Promise.all([faults.length > 0 ? null : readAuditPage(actor, query), i18nServer.getFixedT(request, 'audit')]);
  const isWholeWorkspace = (page?.reach ?? findReach(actor.role, 'audit.read')) === 'workspace';
  return { query, faults, page, isWholeWorkspace, title: t('page.title') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Audit() {
  return <AuditScreen {...useLoaderData<typeof loader>()} />;
}
