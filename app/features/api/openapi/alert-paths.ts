/** The operations of alerts in the OpenAPI document. Pure. */
import { ALERT_STATUSES, DEFAULT_PAGE_ALERTS, MAX_PAGE_ALERTS } from '#app/features/alerts/read/alert-view.ts';
import { RULE_IDS, SEVERITIES } from '#app/features/alerts/rules/rule-table.ts';
import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, type Paths, refTo } from './operation-parts.ts';

const READING: readonly ProblemKind[] = [...GET_PROBLEMS, 'forbidden', 'too-many-requests', 'unavailable', 'not-found', 'invalid-request'];
const CHANGING: readonly ProblemKind[] = [...READING, 'malformed-body', 'body-too-large', 'unsupported-media-type'];

export function listAlertPaths(t: DeveloperTexts): Paths {
  const id = { name: 'id', in: 'path', required: true, description: t('fleet.id'), schema: { type: 'string', format: 'uuid' } };
  const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
  const uuid = { type: 'string', format: 'uuid' };
  const choices = (values: readonly string[]) => ({ type: 'string', description: values.join(', ') });
  const operation = (operationId: string, summary: string, parameters: object[] = []) => ({
    operationId,
    summary,
    parameters: [...parameters, lngParameter(t)],
  });
  const get = (operationId: string, summary: string, answer: string, parameters: object[] = []) => ({
    ...operation(operationId, summary, parameters),
    responses: { 200: jsonResponse(t('openapi.ok'), answer), ...listProblems(t, READING) },
  });
  const send = (operationId: string, summary: string, request: string, answer: string, status: 200 | 201, parameters: object[] = []) => ({
    ...operation(operationId, summary, parameters),
    requestBody: { required: true, content: { 'application/json': { schema: refTo(request) } } },
    responses: { [status]: jsonResponse(t('openapi.ok'), answer), ...listProblems(t, CHANGING) },
  });
  const filters = [
    query('status', t('alerts.status'), { type: 'string', enum: ALERT_STATUSES, default: 'open' }),
    query('severity', t('fleet.several'), choices(SEVERITIES)),
    query('rule', t('fleet.several'), choices(RULE_IDS)),
    query('siteId', t('fleet.siteId'), uuid),
    query('machineId', t('alerts.machineId'), uuid),
    query('after', t('alerts.after'), { type: 'string' }),
    query('limit', t('fleet.limit'), { type: 'integer', minimum: 1, maximum: MAX_PAGE_ALERTS, default: DEFAULT_PAGE_ALERTS }),
  ];
  return {
    [PATHS.apiAlerts]: { get: get('listAlerts', t('alerts.list'), 'Alerts', filters) },
    [`${PATHS.apiAlerts}/{id}`]: {
      get: get('getAlert', t('alerts.one'), 'AlertDetail', [id]),
      patch: send('actOnAlert', t('alerts.act'), 'AlertAct', 'Alert', 200, [id]),
    },
    [PATHS.apiAlertRules]: {
      get: get('listAlertRules', t('alerts.rules'), 'AlertRules', [query('siteId', t('alerts.siteOfRules'), uuid)]),
      put: send('setAlertRule', t('alerts.setRule'), 'AlertRulePut', 'AlertRule', 200),
    },
    [`${PATHS.apiAlertRules}/test`]: { post: send('testAlertRule', t('alerts.test'), 'AlertRuleTest', 'AlertRuleTestAnswer', 200) },
    [PATHS.apiAlertChannels]: {
      get: get('listAlertChannels', t('alerts.channels'), 'AlertChannels'),
      post: send('createAlertChannel', t('alerts.newChannel'), 'NewAlertChannel', 'NewAlertChannelAnswer', 201),
    },
    [`${PATHS.apiAlertChannels}/{id}`]: {
      patch: send('changeAlertChannel', t('alerts.changeChannel'), 'AlertChannelChange', 'AlertChannel', 200, [id]),
      delete: {
        ...operation('deleteAlertChannel', t('alerts.deleteChannel'), [id]),
        responses: { 204: { description: t('openapi.ok') }, ...listProblems(t, READING) },
      },
    },
  };
}
