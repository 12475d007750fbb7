// What the pages of alerts read and do.

import { getSitesDeps, toSitesCaller, withScope } from '#app/features/sites/scope.server.ts';
import { listSites } from '#app/features/sites/sites/site-store.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { findReach } from '#app/platform/permissions/permissions.ts';
import { actOnAlert } from '../act-on-alert.server.ts';
import { type AlertAct, AlertActSchema, AlertFilterSchema, DEFAULT_PAGE_ALERTS, readCursor } from '../read/alert-view.ts';
import { findAlert, listAlerts } from '../read/read-alerts.server.ts';
import type { ActResult, AlertsView, OneAlertView } from './alert-page-views.ts';

type PageArgs = { request: Request; context: RequestContext };

const FIELDS = ['status', 'siteId', 'machineId'] as const;
const LISTS = ['severity', 'rule'] as const;
/** Members that may be chosen from a list. */
const MAX_PEOPLE = 200;

export async function readAlertsPage({ request, context }: PageArgs): Promise<AlertsView> {
  const caller = await toSitesCaller(context);
  const { searchParams } = new URL(request.url);
  const given: Record<string, unknown> = {};
  for (const name of FIELDS) if (searchParams.get(name)) given[name] = searchParams.get(name);
  for (const name of LISTS) if (searchParams.get(name)) given[name] = searchParams.getAll(name);
  const parsed = AlertFilterSchema.safeParse(given);
  const filter = parsed.success ? parsed.data : AlertFilterSchema.parse({});
  const after = readCursor(searchParams.get('after') ?? '');
  const deps = getSitesDeps();
  const [list, sites] = await Promise.all([
    listAlerts(deps, caller, filter, { after, limit: DEFAULT_PAGE_ALERTS }),
    listSites(deps, caller),
  ]);
  return {
    ...list,
    filter,
    isFilterBad: !parsed.success,
    isFirstPage: after === null,
    sites: sites.map(({ id, name }) => ({ id, name })),
    isWholeWorkspace: findReach(caller.actor.role, 'alerts.read') === 'workspace',
    maySet: findReach(caller.actor.role, 'alerts.write') !== null,
  };
}

/** Throws a response: there is no such alert for this reader. */
export async function readOneAlert({ context }: PageArgs, id = ''): Promise<OneAlertView> {
  const caller = await toSitesCaller(context);
  const detail = isUuid(id) ? await findAlert(getSitesDeps(), caller, id) : null;
  if (detail === null) throw new Response(null, { status: 404 });
  return { ...detail, people: detail.mayWrite ? await listPeople(caller) : [] };
}

const listPeople = (caller: Awaited<ReturnType<typeof toSitesCaller>>): Promise<{ id: string; name: string }[]> =>
  withScope(getSitesDeps(), caller, 'alerts.write', async ({ tx, tenantId }) => {
    const members = await tx.membership.findMany({
      where: { tenantId, suspendedAt: null },
      select: { user: { select: { id: true, name: true } } },
      take: MAX_PEOPLE,
    });
    return members.map(({ user }) => user).sort((one, other) => one.name.localeCompare(other.name));
  });

export async function actOnAlertPage({ request, context }: PageArgs, id = ''): Promise<ActResult> {
  const act = readAct(await request.formData());
  if (act === null) return { kind: 'refused', reason: 'unknown' };
  const parsed = AlertActSchema.safeParse(act);
  if (!parsed.success) return { kind: 'refused', reason: 'comment' in act ? 'empty' : 'unknown' };
  if (!isUuid(id)) return { kind: 'refused', reason: 'gone' };
  const outcome = await actOnAlert(getSitesDeps(), await toSitesCaller(context), id, parsed.data);
  if (outcome.kind === 'not-found') return { kind: 'refused', reason: 'gone' };
  return outcome.kind === 'refused' ? { kind: 'refused', reason: 'noPerson' } : { kind: 'done' };
}

/** Null: no button of the page sends this. */
function readAct(form: FormData): Partial<Record<keyof AlertAct, unknown>> | null {
  const read = (name: string) => String(form.get(name) ?? '');
  switch (read('intent')) {
    case 'acknowledge':
      return { acknowledged: true };
    case 'unacknowledge':
      return { acknowledged: false };
    case 'snooze':
      return { snoozeMinutes: Number(read('minutes')) };
    case 'wake':
      return { snoozeMinutes: 0 };
    case 'assign':
      return { assigneeId: read('assignee') === '' ? null : read('assignee') };
    case 'comment':
      return { comment: read('comment') };
    default:
      return null;
  }
}
