// The channels of a workspace. The secret of a webhook is shown once, when the channel is made, and kept sealed.
import { randomUUID } from 'node:crypto';
import { type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '#app/features/sites/refused-change.ts';
import { type Caller, requireWhole, type Scoped, type SitesDeps, whereSites, withScope } from '#app/features/sites/scope.server.ts';
import type { AlertChannel } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { createOpaqueToken } from '#app/platform/opaque-token.server.ts';
import { sealText } from '#app/platform/sealed-text.server.ts';
import { SEVERITIES, type Severity } from '../rules/rule-table.ts';
import { CHANNEL_RANGES, type ChannelChange, type ChannelKind, isTarget, MAX_CHANNELS, type NewChannel } from './channel-fields.ts';

export type ChannelView = Pick<AlertChannel, 'id' | 'siteId' | 'name' | 'target' | 'language' | 'messagesPerHour' | 'isEnabled'> & {
  kind: ChannelKind;
  leastSeverity: Severity;
  createdAt: string;
  /** How the last message that ended did; null: none has. */
  lastOutcome: string | null;
};
/** `secret`: of a webhook, this once. */
export type NewChannelView = ChannelView & { secret: string | null };

const CHANNEL_DEFAULTS = { language: 'en', leastSeverity: 'P2', siteId: null } as const;

async function toView({ tx }: Scoped, channel: AlertChannel): Promise<ChannelView> {
  const last = await tx.alertDelivery.findFirst({
    where: { channelId: channel.id, finishedAt: { not: null } },
    orderBy: { finishedAt: 'desc' },
    select: { outcome: true },
  });
  const { tenantId: _tenantId, sealedSecret: _sealedSecret, kind, leastSeverity, createdAt, ...rest } = channel;
  return {
    ...rest,
    // The database checks that it is one of these words.
    kind: kind as ChannelKind,
    leastSeverity: SEVERITIES[leastSeverity] ?? 'P3',
    createdAt: createdAt.toISOString(),
    lastOutcome: last?.outcome ?? null,
  };
}

export function listChannels(deps: SitesDeps, caller: Caller): Promise<ChannelView[]> {
  return withScope(deps, caller, 'settings.read', async (scoped) => {
    requireWhole(scoped, 'settings.read');
    const channels = await scoped.tx.alertChannel.findMany({ orderBy: { name: 'asc' }, take: MAX_CHANNELS });
    return Promise.all(channels.map((channel) => toView(scoped, channel)));
  });
}

export function createChannel(
  deps: SitesDeps,
  caller: Caller,
  request: NewChannel,
  sealingSecret = getEnv().SESSION_SECRET,
): Promise<ChangeOutcome<NewChannelView>> {
  return withScope(deps, caller, 'settings.write', async (scoped) => {
    requireWhole(scoped, 'settings.write');
    const { tx, tenantId } = scoped;
    if (!isTarget(request.kind, request.target)) return refuse(toChangeFault('target', request.target, 'not_a_target'));
    if (!(await isOwnSite(scoped, request.siteId))) return refuse(toChangeFault('siteId', request.siteId ?? null, 'unknown_reference'));
    if ((await tx.alertChannel.count()) >= MAX_CHANNELS) return refuse(toChangeFault('', MAX_CHANNELS, 'too_many', { max: MAX_CHANNELS }));
    const id = randomUUID();
    const secret = request.kind === 'webhook' ? createOpaqueToken() : null;
    const channel = await tx.alertChannel.create({
      data: {
        id,
        tenantId,
        kind: request.kind,
        name: request.name,
        target: request.target,
        siteId: request.siteId ?? CHANNEL_DEFAULTS.siteId,
        language: request.language ?? CHANNEL_DEFAULTS.language,
        leastSeverity: SEVERITIES.indexOf(request.leastSeverity ?? CHANNEL_DEFAULTS.leastSeverity),
        messagesPerHour: request.messagesPerHour ?? CHANNEL_RANGES.messagesPerHour.default ?? 1,
        sealedSecret: secret === null ? null : sealText(sealingSecret, 'webhook', secret, id),
      },
    });
    await audit(scoped, 'alert.create-channel', channel);
    return done({ ...(await toView(scoped, channel)), secret });
  });
}

export function changeChannel(deps: SitesDeps, caller: Caller, id: string, change: ChannelChange): Promise<ChangeOutcome<ChannelView>> {
  return withScope(deps, caller, 'settings.write', async (scoped) => {
    requireWhole(scoped, 'settings.write');
    const before = await scoped.tx.alertChannel.findFirst({ where: { id } });
    if (before === null) return NOT_FOUND;
    if (change.target !== undefined && !isTarget(before.kind as ChannelKind, change.target)) {
      return refuse(toChangeFault('target', change.target, 'not_a_target'));
    }
    if (!(await isOwnSite(scoped, change.siteId))) return refuse(toChangeFault('siteId', change.siteId ?? null, 'unknown_reference'));
    const { leastSeverity, ...rest } = change;
    const data = { ...rest, ...(leastSeverity === undefined ? {} : { leastSeverity: SEVERITIES.indexOf(leastSeverity) }) };
    const channel = await scoped.tx.alertChannel.update({ where: { id }, data });
    await audit(scoped, 'alert.change-channel', channel);
    return done(await toView(scoped, channel));
  });
}

/** What it was told goes with it. */
export function deleteChannel(deps: SitesDeps, caller: Caller, id: string): Promise<ChangeOutcome<null>> {
  return withScope(deps, caller, 'settings.write', async (scoped) => {
    requireWhole(scoped, 'settings.write');
    const channel = await scoped.tx.alertChannel.findFirst({ where: { id } });
    if (channel === null) return NOT_FOUND;
    await scoped.tx.alertChannel.delete({ where: { id } });
    await audit(scoped, 'alert.delete-channel', channel);
    return done(null);
  });
}

async function isOwnSite(scoped: Scoped, siteId: string | null | undefined): Promise<boolean> {
  if (siteId === null || siteId === undefined) return true;
  return (await scoped.tx.site.count({ where: { AND: [whereSites(scoped), { id: siteId }] } })) > 0;
}

async function audit(
  { tx, tenantId, caller }: Scoped,
  action: 'alert.create-channel' | 'alert.change-channel' | 'alert.delete-channel',
  { id, name, kind, target, isEnabled }: AlertChannel,
): Promise<void> {
  const { actor, origin } = caller;
  await recordAudit(tx, tenantId, { action, actor, origin, target: { kind: 'setting', id }, after: { name, kind, target, isEnabled } });
}
