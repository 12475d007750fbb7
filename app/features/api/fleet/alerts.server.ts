/** Alerts, their rules and their channels over HTTP (decision 0096). */
import { z } from 'zod';
import { actOnAlert } from '#app/features/alerts/act-on-alert.server.ts';
import { ACT_RANGES, AlertActSchema } from '#app/features/alerts/read/alert-view.ts';
import { findAlert, listAlerts } from '#app/features/alerts/read/read-alerts.server.ts';
import { RULE_RANGES, type RuleChange, toChangeSchema } from '#app/features/alerts/rules/rule-settings.ts';
import type { RuleId } from '#app/features/alerts/rules/rule-table.ts';
import { CHANNEL_RANGES, ChannelChangeSchema, NewChannelSchema } from '#app/features/alerts/settings/channel-fields.ts';
import { changeChannel, createChannel, deleteChannel, listChannels } from '#app/features/alerts/settings/channel-store.server.ts';
import { listRules, setRule } from '#app/features/alerts/settings/rule-store.server.ts';
import { TEST_RANGES } from '#app/features/alerts/settings/test-ranges.ts';
import { RuleTestSchema, testRule } from '#app/features/alerts/settings/test-rule.server.ts';
import { explainIssues } from '#app/features/api/wire/explain-issues.ts';
import { toFault } from '#app/features/api/wire/fault.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import {
  answerChange,
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  withBody,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { PATHS } from '#app/paths.ts';
import { AlertRulePutSchema } from './alert-schemas.ts';
import { readAlertsQuery } from './read-alerts-query.ts';

export function answerAlerts(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ request, caller }) => {
      const query = readAlertsQuery(request.url);
      if (query.kind === 'invalid') return answerFaults(request, query.faults);
      return toJson(await listAlerts(getSitesDeps(), caller, query.filter, query.page));
    },
  });
}

export function answerAlert(args: WorkspaceArgs, id = ''): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const detail = await findAlert(getSitesDeps(), caller, id);
        return detail === null ? answerNotFound(request) : toJson(detail);
      }),
    PATCH: ({ request, caller }) =>
      withId(request, [id], () =>
        withBody(request, AlertActSchema, ACT_RANGES, async (body) =>
          answerChange(request, await actOnAlert(getSitesDeps(), caller, id, body), (alert) => toJson(alert)),
        ),
      ),
  });
}

/** The change of a rule by the ranges of that rule, or what is wrong with it. */
async function withChange(
  request: Request,
  rule: RuleId,
  given: Record<string, unknown>,
  work: (change: RuleChange) => Promise<Response>,
): Promise<Response> {
  const parsed = toChangeSchema(rule).safeParse(given);
  if (!parsed.success) return answerFaults(request, explainIssues(parsed.error, given, ['change'], RULE_RANGES));
  return work(parsed.data as RuleChange);
}

export function answerAlertRules(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ request, caller }) => {
      const faults = findQueryFaults(request.url, ['siteId']);
      const siteId = new URL(request.url).searchParams.get('siteId');
      if (siteId !== null && !z.uuid().safeParse(siteId).success) faults.push(toFault('siteId', siteId, 'unknown_reference'));
      if (faults.length > 0) return answerFaults(request, faults);
      const rules = await listRules(getSitesDeps(), caller, siteId);
      return rules === null ? answerNotFound(request) : toJson({ rules });
    },
    PUT: ({ request, caller }) =>
      withBody(request, AlertRulePutSchema, RULE_RANGES, ({ rule, siteId = null, change }) =>
        withChange(request, rule, change, async (checked) =>
          answerChange(request, await setRule(getSitesDeps(), caller, { rule, siteId, change: checked }), (view) => toJson(view)),
        ),
      ),
  });
}

export function answerAlertRuleTest(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    POST: ({ request, caller }) =>
      withBody(request, RuleTestSchema, { ...RULE_RANGES, ...TEST_RANGES }, ({ rule, siteId, hours, change = {} }) =>
        withChange(request, rule, change, async (checked) =>
          answerChange(request, await testRule(getSitesDeps(), caller, { rule, siteId, hours, change: checked }), (answer) =>
            toJson(answer),
          ),
        ),
      ),
  });
}

export function answerAlertChannels(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ caller }) => toJson({ channels: await listChannels(getSitesDeps(), caller) }),
    POST: ({ request, caller }) =>
      withBody(request, NewChannelSchema, CHANNEL_RANGES, async (body) =>
        answerChange(request, await createChannel(getSitesDeps(), caller, body), (channel) =>
          toJson(channel, 201, { Location: `${PATHS.apiAlertChannels}/${channel.id}` }),
        ),
      ),
  });
}

export function answerAlertChannel(args: WorkspaceArgs, id = ''): Promise<Response> {
  return answerWorkspace(args, {
    PATCH: ({ request, caller }) =>
      withId(request, [id], () =>
        withBody(request, ChannelChangeSchema, CHANNEL_RANGES, async (body) =>
          answerChange(request, await changeChannel(getSitesDeps(), caller, id, body), (channel) => toJson(channel)),
        ),
      ),
    DELETE: ({ request, caller }) =>
      withId(request, [id], async () =>
        answerChange(request, await deleteChannel(getSitesDeps(), caller, id), () => new Response(null, { status: 204 })),
      ),
  });
}
