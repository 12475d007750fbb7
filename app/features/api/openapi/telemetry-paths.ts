/** The operations of telemetry in the OpenAPI document. Pure. */

import { MAX_PAGE_SAMPLES, MAX_PAGE_STATES } from '#app/features/api/fleet/read-telemetry-query.ts';
import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { TIME_STATES } from '#app/features/telemetry/store/sample-state.ts';
import { PATHS } from '#app/paths.ts';
import {
  type DeveloperTexts,
  GET_PROBLEMS,
  idParameter,
  jsonResponse,
  listProblems,
  lngParameter,
  type Paths,
  refTo,
} from './operation-parts.ts';

const READING: readonly ProblemKind[] = [...GET_PROBLEMS, 'forbidden', 'too-many-requests', 'unavailable', 'not-found', 'invalid-request'];

const SENDING: readonly ProblemKind[] = [...READING, 'malformed-body', 'body-too-large', 'unsupported-media-type'];

export function listTelemetryPaths(t: DeveloperTexts): Paths {
  const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
  const get = (operationId: string, summary: string, ok: object, parameters: object[] = []) => ({
    get: {
      operationId,
      summary,
      parameters: [idParameter(t('fleet.id')), ...parameters, lngParameter(t)],
      responses: { 200: ok, ...listProblems(t, READING) },
    },
  });
  const answer = (component: string) => jsonResponse(t('openapi.ok'), component);
  const uuid = { type: 'string', format: 'uuid' };
  const whole = (most: number) => ({ type: 'integer', minimum: 1, maximum: most, default: most });
  const after = query('after', t('fleet.after'), { type: 'integer', minimum: 0, default: 0 });
  const span = [query('from', t('telemetry.from'), { type: 'string' }), query('to', t('telemetry.to'), { type: 'string' })];
  const stream = { description: t('telemetry.stream'), content: { 'text/event-stream': { schema: { type: 'string' } } } };
  const lastEvent = { name: 'Last-Event-ID', in: 'header', description: t('telemetry.lastEvent'), schema: { type: 'string' } };
  const states = [
    query('state', t('fleet.several'), { type: 'string', description: TIME_STATES.join(', ') }),
    after,
    query('limit', t('fleet.limit'), whole(MAX_PAGE_STATES)),
  ];
  const samples = [
    ...span,
    query('after', t('telemetry.afterSample'), { type: 'integer', minimum: 0, default: 0 }),
    query('limit', t('fleet.limit'), whole(MAX_PAGE_SAMPLES)),
  ];
  return {
    [`${PATHS.apiSites}/{id}/live`]: get('watchSite', t('telemetry.live'), stream, [lastEvent]),
    [`${PATHS.apiSites}/{id}/states`]: get('listStates', t('telemetry.states'), answer('LiveStates'), states),
    [`${PATHS.apiSites}/{id}/series`]: get('getSiteSeries', t('telemetry.series'), answer('SiteSeries'), [
      ...span,
      query('clientId', t('fleet.clientId'), uuid),
    ]),
    [`${PATHS.apiSites}/{id}/demand`]: get('getSiteDemand', t('telemetry.demand'), answer('MonthDemand'), [
      query('month', t('telemetry.month'), { type: 'string' }),
    ]),
    [`${PATHS.apiSites}/{id}/meter`]: {
      post: {
        operationId: 'sendMeterReadings',
        summary: t('telemetry.meter'),
        parameters: [idParameter(t('fleet.id')), lngParameter(t)],
        requestBody: { required: true, content: { 'application/json': { schema: refTo('MeterReadings') } } },
        responses: { 200: answer('MeterReadingsTaken'), ...listProblems(t, SENDING) },
      },
    },
    [`${PATHS.apiSites}/{id}/meter/files`]: {
      post: {
        operationId: 'sendMeterFile',
        summary: t('telemetry.meterFile'),
        parameters: [idParameter(t('fleet.id')), lngParameter(t)],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': { schema: refTo('MeterFileUpload'), encoding: { file: { contentType: 'application/octet-stream' } } },
          },
        },
        responses: { 200: answer('MeterFileAnswer'), ...listProblems(t, SENDING) },
      },
    },
    [`${PATHS.apiSites}/{id}/uptime`]: get('getSiteUptime', t('telemetry.siteUptime'), answer('EnergyAndUptime'), span),
    [`${PATHS.apiClients}/{id}/uptime`]: get('getClientUptime', t('telemetry.clientUptime'), answer('EnergyAndUptime'), [
      ...span,
      query('siteId', t('fleet.siteId'), uuid),
    ]),
    [`${PATHS.apiMachines}/{id}/uptime`]: get('getMachineUptime', t('telemetry.machineUptime'), answer('EnergyAndUptime'), span),
    [`${PATHS.apiMachines}/{id}/live`]: get('getMachineLive', t('telemetry.machineLive'), answer('MachineLive')),
    [`${PATHS.apiMachines}/{id}/samples`]: get('listMachineSamples', t('telemetry.samples'), answer('MachineSamples'), samples),
    [`${PATHS.apiMachines}/{id}/history`]: get('getMachineHistory', t('telemetry.history'), answer('MachineOverTime'), span),
  };
}
