// The form of one channel: made, changed, deleted. The secret of a webhook is in the answer that made it and nowhere else.
import { redirect } from '@remix-run/node';
import { SEVERITIES } from '#app/features/alerts/rules/rule-table.ts';
import {
  CHANNEL_KINDS,
  CHANNEL_RANGES,
  ChannelChangeSchema,
  type ChannelKind,
  NewChannelSchema,
} from '#app/features/alerts/settings/channel-fields.ts';
import {
  type ChannelView,
  changeChannel,
  createChannel,
  deleteChannel,
  listChannels,
} from '#app/features/alerts/settings/channel-store.server.ts';
import { type Fault, toFault } from '#app/features/api/wire/fault.ts';
import { isUniqueViolation } from '#app/features/api/wire/unique-violation.ts';
import type { ChangeOutcome } from '#app/features/sites/refused-change.ts';
import { type Caller, getSitesDeps, toSitesCaller } from '#app/features/sites/scope.server.ts';
import { listSites } from '#app/features/sites/sites/site-store.server.ts';
import { PATHS } from '#app/paths.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { parseForm, readNumbers, readText, readTexts, sayFaults, toFaults } from '../form-values.server.ts';
import type { ChannelFormResult, ChannelPageView } from './alert-settings-view.ts';
import type { PageArgs } from './settings-scope.server.ts';

const TEXTS = ['name', 'target', 'siteId', 'language', 'leastSeverity'] as const;
const NAMES = ['kind', ...TEXTS, 'messagesPerHour'] as const;

/** `id` null: a new one. Throws a Response with 404 where there is no such channel. */
export async function readChannelPage({ request, context }: PageArgs, id: string | null): Promise<ChannelPageView> {
  const caller = await toSitesCaller(context);
  const sites = (await listSites(getSitesDeps(), caller)).map(({ id: siteId, name }) => ({ id: siteId, name }));
  if (id === null) return { channel: null, sites, values: toValues(null, detectLanguage(request)) };
  const channel = await findChannel(caller, id);
  return { channel, sites, values: toValues(channel, channel.language) };
}

async function findChannel(caller: Caller, id: string): Promise<ChannelView> {
  const channel = (await listChannels(getSitesDeps(), caller)).find((one) => one.id === id);
  if (channel === undefined) throw new Response(null, { status: 404 });
  return channel;
}

function toValues(channel: ChannelView | null, language: string): Record<string, string> {
  return {
    kind: channel?.kind ?? CHANNEL_KINDS[0],
    name: channel?.name ?? '',
    target: channel?.target ?? '',
    siteId: channel?.siteId ?? '',
    language,
    leastSeverity: channel?.leastSeverity ?? SEVERITIES[2],
    messagesPerHour: String(channel?.messagesPerHour ?? CHANNEL_RANGES.messagesPerHour.default),
  };
}

/** Shows the secret of a new webhook; otherwise goes back to the list when it is done. */
export async function actOnChannelForm({ request, context }: PageArgs, id: string | null): Promise<ChannelFormResult> {
  const caller = await toSitesCaller(context);
  const form = await request.formData();
  const before = id === null ? null : await findChannel(caller, id);
  if (before !== null && readText(form, 'intent') === 'delete') {
    await deleteChannel(getSitesDeps(), caller, before.id);
    throw redirect(`${PATHS.alertSettings}#channels`, 303);
  }
  const values = Object.fromEntries(NAMES.map((name) => [name, readText(form, name) ?? '']));
  const kind = (before?.kind ?? values.kind) as ChannelKind;
  try {
    const outcome = await save(caller, form, before);
    if (outcome.kind === 'not-found') throw new Response(null, { status: 404 });
    if (outcome.kind === 'refused') return { kind: 'faulty', faults: await sayChannelFaults(request, outcome.faults, kind), values };
    if (outcome.value.secret !== null) return { kind: 'made', channel: { ...outcome.value.channel, secret: outcome.value.secret } };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return { kind: 'faulty', faults: await sayChannelFaults(request, [toFault('name', values.name, 'taken')], kind), values };
  }
  throw redirect(`${PATHS.alertSettings}#channels`, 303);
}

type Saved = { channel: ChannelView; secret: string | null };
type Outcome = { kind: 'done'; value: Saved } | { kind: 'not-found' } | { kind: 'refused'; faults: readonly Fault[] };

async function save(caller: Caller, form: FormData, before: ChannelView | null): Promise<Outcome> {
  const { siteId, ...texts } = readTexts(form, TEXTS);
  // Of what a channel always has, an emptied field says nothing; without a site it is told about all of them.
  const given = Object.fromEntries(
    Object.entries({ ...texts, ...readNumbers(form, ['messagesPerHour']) }).filter(([, value]) => value !== null),
  );
  const request = { ...given, siteId: siteId ?? null };
  if (before !== null) {
    const parsed = parseForm(ChannelChangeSchema.required({ name: true, target: true }), request, CHANNEL_RANGES);
    if (parsed.kind === 'faulty') return { kind: 'refused', faults: parsed.faults };
    return toOutcome(await changeChannel(getSitesDeps(), caller, before.id, parsed.value), (channel) => ({ channel, secret: null }));
  }
  const kind = readText(form, 'kind');
  const parsed = parseForm(NewChannelSchema, { ...request, ...(kind === null ? {} : { kind }) }, CHANNEL_RANGES);
  if (parsed.kind === 'faulty') return { kind: 'refused', faults: parsed.faults };
  return toOutcome(await createChannel(getSitesDeps(), caller, parsed.value), ({ secret, ...channel }) => ({ channel, secret }));
}

function toOutcome<T>(outcome: ChangeOutcome<T>, toSaved: (value: T) => Saved): Outcome {
  if (outcome.kind === 'refused') return { kind: 'refused', faults: toFaults(outcome.faults) };
  return outcome.kind === 'done' ? { kind: 'done', value: toSaved(outcome.value) } : outcome;
}

/** What a target must be depends on the kind, which the words of the API do not know. */
async function sayChannelFaults(request: Request, faults: readonly Fault[], kind: ChannelKind) {
  const t = await i18nServer.getFixedT(request, 'alert-settings');
  const said = await sayFaults(request, faults);
  return said.map((fault, index) =>
    faults[index]?.code === 'not_a_target'
      ? { ...fault, message: t(kind === 'webhook' ? 'channel.notAnUrl' : 'channel.notAnEmail') }
      : fault,
  );
}
