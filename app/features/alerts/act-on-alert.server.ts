// What people do about an alert: acknowledge, snooze, assign, comment. Each act is a line of its history, written with it.
import { type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '#app/features/sites/refused-change.ts';
import { type Caller, requireOn, type Scoped, type SitesDeps, withScope } from '#app/features/sites/scope.server.ts';
import type { AlertAct, AlertView } from './read/alert-view.ts';
import { readAlert } from './read/read-alerts.server.ts';

const MINUTE_MS = 60_000;

export type AlertKind = 'acknowledged' | 'snoozed' | 'woken' | 'assigned' | 'commented';

export function actOnAlert(
  deps: SitesDeps,
  caller: Caller,
  id: string,
  act: AlertAct,
  now: () => Date = () => new Date(),
): Promise<ChangeOutcome<AlertView>> {
  return withScope(deps, caller, 'alerts.write', async (scoped) => {
    const before = await readAlert(scoped, id);
    if (before === null) return NOT_FOUND;
    requireOn(scoped, 'alerts.write', { siteId: before.site.id });
    if (act.assigneeId && !(await isMember(scoped, act.assigneeId))) {
      return refuse(toChangeFault('assigneeId', act.assigneeId, 'unknown_reference'));
    }
    const at = now();
    if (act.acknowledged !== undefined && act.acknowledged !== (before.acknowledgedAt !== null))
      await acknowledge(scoped, id, act.acknowledged, at);
    if (act.snoozeMinutes !== undefined && before.resolvedAt === null) await snooze(scoped, id, act.snoozeMinutes, at);
    if (act.assigneeId !== undefined && act.assigneeId !== (before.assignee?.id ?? null)) {
      await scoped.tx.alert.update({ where: { id }, data: { assigneeId: act.assigneeId } });
      await note(scoped, id, 'assigned', at, { userId: act.assigneeId, name: await nameOf(scoped, act.assigneeId) });
    }
    if (act.comment !== undefined) await note(scoped, id, 'commented', at, { text: act.comment });
    const after = await readAlert(scoped, id);
    return after === null ? NOT_FOUND : done(after);
  });
}

async function acknowledge(scoped: Scoped, id: string, isAcknowledged: boolean, at: Date): Promise<void> {
  const { tx, caller } = scoped;
  const data = isAcknowledged
    ? { acknowledgedAt: at, acknowledgedBy: caller.actor.userId }
    : { acknowledgedAt: null, acknowledgedBy: null };
  await tx.alert.update({ where: { id }, data });
  await note(scoped, id, 'acknowledged', at, { isAcknowledged });
}

async function snooze(scoped: Scoped, id: string, minutes: number, at: Date): Promise<void> {
  const until = minutes === 0 ? null : new Date(at.getTime() + minutes * MINUTE_MS);
  await scoped.tx.alert.update({ where: { id }, data: { snoozedUntil: until } });
  await note(scoped, id, until === null ? 'woken' : 'snoozed', at, until === null ? {} : { until: until.toISOString() });
}

async function note(
  { tx, tenantId, caller }: Scoped,
  alertId: string,
  kind: AlertKind,
  at: Date,
  detail: Record<string, string | boolean | null>,
): Promise<void> {
  await tx.alertEvent.create({ data: { tenantId, alertId, at, kind, userId: caller.actor.userId, detail } });
}

async function isMember({ tx, tenantId }: Scoped, userId: string): Promise<boolean> {
  return (await tx.membership.count({ where: { tenantId, userId, suspendedAt: null } })) > 0;
}

async function nameOf({ tx }: Scoped, userId: string | null): Promise<string | null> {
  if (userId === null) return null;
  return (await tx.user.findFirst({ where: { id: userId }, select: { name: true } }))?.name ?? null;
}
