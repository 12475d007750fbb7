// Which site the settings of alerts are about, and who may set them.
import type { Caller } from '#app/features/sites/scope.server.ts';
import { getSitesDeps, toSitesCaller } from '#app/features/sites/scope.server.ts';
import { listSites } from '#app/features/sites/sites/site-store.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { findReach } from '#app/platform/permissions/permissions.ts';
import type { SettingsScope } from './alert-settings-view.ts';

export type PageArgs = { request: Request; context: RequestContext };
export type ScopedPage = { caller: Caller; scope: SettingsScope };

/** Parameter that names the site; without it the workspace is meant. */
export const SITE_PARAM = 'siteId';

/** Whoever may set single sites only is shown the first of these. Throws a Response with 404 for a site that is not the reader's. */
export async function readSettingsScope({ request, context }: PageArgs): Promise<ScopedPage> {
  const caller = await toSitesCaller(context);
  const sites = (await listSites(getSitesDeps(), caller)).map(({ id, name }) => ({ id, name }));
  const mayWriteWorkspace = findReach(caller.actor.role, 'alerts.write') === 'workspace';
  const asked = new URL(request.url).searchParams.get(SITE_PARAM) ?? '';
  if (asked === '') return { caller, scope: { site: mayWriteWorkspace ? null : (sites[0] ?? null), sites, mayWriteWorkspace } };
  const site = sites.find(({ id }) => id === asked);
  if (site === undefined) throw new Response(null, { status: 404 });
  return { caller, scope: { site, sites, mayWriteWorkspace } };
}
