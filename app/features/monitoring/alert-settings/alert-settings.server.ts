// Read model and acts of /alerts/settings.

import { isRuleId } from '#app/features/alerts/rules/rule-table.ts';
import { MAX_CHANNELS } from '#app/features/alerts/settings/channel-fields.ts';
import { changeChannel, listChannels } from '#app/features/alerts/settings/channel-store.server.ts';
import { listRules } from '#app/features/alerts/settings/rule-store.server.ts';
import { getChannelTestDeps, testChannel } from '#app/features/alerts/settings/test-channel.server.ts';
import { getSitesDeps, toSitesCaller } from '#app/features/sites/scope.server.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { can } from '#app/platform/permissions/can.ts';
import { readText } from '../form-values.server.ts';
import type { AlertSettingsView, ChannelActResult } from './alert-settings-view.ts';
import { type PageArgs, readSettingsScope } from './settings-scope.server.ts';

/** Parameter that names the rule that was just saved. */
export const SAVED_PARAM = 'saved';

export async function readAlertSettings(args: PageArgs): Promise<AlertSettingsView> {
  const { caller, scope } = await readSettingsScope(args);
  const deps = getSitesDeps();
  const saved = new URL(args.request.url).searchParams.get(SAVED_PARAM) ?? '';
  const [rules, channels] = await Promise.all([
    listRules(deps, caller, scope.site?.id ?? null),
    can(caller.actor, 'settings.read') ? listChannels(deps, caller) : null,
  ]);
  if (rules === null) throw new Response(null, { status: 404 });
  const mayAddChannels = can(caller.actor, 'settings.write') && channels !== null && channels.length < MAX_CHANNELS;
  return { ...scope, rules, channels, mayAddChannels, saved: isRuleId(saved) ? saved : null };
}

/** The buttons in the list of channels: try one, switch one on or off. */
export async function actOnChannelRow({ request, context }: PageArgs): Promise<ChannelActResult> {
  const form = await request.formData();
  const caller = await toSitesCaller(context);
  const id = readText(form, 'id') ?? '';
  const intent = readText(form, 'intent');
  if (!isUuid(id)) return { kind: 'gone' };
  if (intent === 'test') {
    const outcome = await testChannel(getChannelTestDeps(), caller, id);
    return outcome.kind === 'done' ? { kind: 'tested', tested: outcome.value } : { kind: 'gone' };
  }
  if (intent !== 'switch-on' && intent !== 'switch-off') return { kind: 'gone' };
  const isEnabled = intent === 'switch-on';
  const outcome = await changeChannel(getSitesDeps(), caller, id, { isEnabled });
  return outcome.kind === 'done' ? { kind: 'switched', name: outcome.value.name, isEnabled } : { kind: 'gone' };
}
