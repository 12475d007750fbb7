/** The operations of sites, clients and machines in the OpenAPI document. Pure. */

import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { MAX_PAGE_CHANGES } from '#app/features/sites/history/history-page.ts';
import { APPROVALS, MACHINE_STATUSES } from '#app/features/sites/machines/machine-fields.ts';
import { BY_NUMBER, SORT_NAMES, writeSort } from '#app/features/sites/machines/machine-order.ts';
import { DEFAULT_PAGE_MACHINES, MAX_PAGE_MACHINES } from '#app/features/sites/machines/machine-query.ts';
import { PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, type Paths, refTo } from './operation-parts.ts';

const READING: readonly ProblemKind[] = [...GET_PROBLEMS, 'forbidden', 'too-many-requests', 'unavailable', 'not-found', 'invalid-request'];
const CHANGING: readonly ProblemKind[] = [...READING, 'malformed-body', 'body-too-large', 'unsupported-media-type'];

export function listFleetPaths(t: DeveloperTexts): Paths {
  const inPath = (name: string) => ({
    name,
    in: 'path',
    required: true,
    description: t('fleet.id'),
    schema: { type: 'string', format: 'uuid' },
  });
  const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
  const operation = (operationId: string, summary: string, parameters: object[] = []) => ({
    operationId,
    summary,
    parameters: [...parameters, lngParameter(t)],
  });
  const get = (operationId: string, summary: string, answer: string, parameters: object[] = []) => ({
    ...operation(operationId, summary, parameters),
    responses: { 200: jsonResponse(t('openapi.ok'), answer), ...listProblems(t, READING) },
  });
  const send = (
    operationId: string,
    summary: string,
    [request, answer]: [string, string],
    status: 200 | 201,
    parameters: object[] = [],
  ) => ({
    ...operation(operationId, summary, parameters),
    requestBody: { required: true, content: { 'application/json': { schema: refTo(request) } } },
    responses: { [status]: jsonResponse(t('openapi.ok'), answer), ...listProblems(t, CHANGING) },
  });
  const id = [inPath('id')];
  const ids = [inPath('id'), inPath('placeId')];
  const choices = (values: readonly string[]) => ({ type: 'string', description: values.join(', ') });
  const filters = [
    query('q', t('fleet.q'), { type: 'string', maxLength: 100 }),
    query('siteId', t('fleet.siteId'), { type: 'string', format: 'uuid' }),
    query('clientId', t('fleet.clientId'), { type: 'string' }),
    query('rackId', t('fleet.rackId'), { type: 'string', format: 'uuid' }),
    query('status', t('fleet.several'), choices(MACHINE_STATUSES)),
    query('approval', t('fleet.several'), choices(APPROVALS)),
    query('tag', t('fleet.tag'), { type: 'string' }),
    query('sort', t('fleet.sort'), { type: 'string', enum: SORT_NAMES, default: writeSort(BY_NUMBER) }),
    query('after', t('fleet.after'), { type: 'string' }),
    query('limit', t('fleet.limit'), { type: 'integer', minimum: 1, maximum: MAX_PAGE_MACHINES, default: DEFAULT_PAGE_MACHINES }),
  ];
  const history = [
    ...id,
    query('before', t('fleet.before'), { type: 'string' }),
    query('limit', t('fleet.limit'), { type: 'integer', minimum: 1, maximum: MAX_PAGE_CHANGES, default: MAX_PAGE_CHANGES }),
  ];
  return {
    [PATHS.apiSites]: {
      get: get('listSites', t('fleet.sites'), 'FleetSites'),
      post: send('createSite', t('fleet.newSite'), ['NewSite', 'FleetSite'], 201),
    },
    [`${PATHS.apiSites}/{id}`]: {
      get: get('getSite', t('fleet.site'), 'FleetSite', id),
      patch: send('changeSite', t('fleet.changeSite'), ['SiteChange', 'FleetSite'], 200, id),
    },
    [`${PATHS.apiSites}/{id}/places`]: {
      get: get('listPlaces', t('fleet.places'), 'FleetPlaces', id),
      post: send('createPlace', t('fleet.newPlace'), ['NewPlace', 'FleetPlace'], 201, id),
    },
    [`${PATHS.apiSites}/{id}/places/{placeId}`]: {
      patch: send('changePlace', t('fleet.changePlace'), ['PlaceChange', 'FleetPlace'], 200, ids),
      delete: {
        ...operation('deletePlace', t('fleet.deletePlace'), ids),
        responses: { 204: { description: t('openapi.ok') }, ...listProblems(t, READING) },
      },
    },
    [PATHS.apiClients]: {
      get: get('listClients', t('fleet.clients'), 'FleetClients'),
      post: send('createClient', t('fleet.newClient'), ['NewClient', 'FleetClient'], 201),
    },
    [`${PATHS.apiClients}/{id}`]: { patch: send('changeClient', t('fleet.changeClient'), ['ClientChange', 'FleetClient'], 200, id) },
    [PATHS.apiMachines]: {
      get: get('listMachines', t('fleet.machines'), 'FleetMachines', filters),
      post: send('createMachine', t('fleet.newMachine'), ['NewMachine', 'FleetMachine'], 201),
    },
    [`${PATHS.apiMachines}/{id}`]: {
      get: get('getMachine', t('fleet.machine'), 'FleetMachine', id),
      patch: send('changeMachine', t('fleet.changeMachine'), ['MachineChange', 'FleetMachine'], 200, id),
    },
    [`${PATHS.apiMachines}/{id}/changes`]: { get: get('listMachineChanges', t('fleet.history'), 'MachineHistory', history) },
    [`${PATHS.apiMachines}/bulk`]: { post: send('changeMachines', t('fleet.bulk'), ['MachineBulkEdit', 'MachineBulkAnswer'], 200) },
    [`${PATHS.apiMachines}/imports`]: {
      post: {
        ...operation('importMachines', t('fleet.import')),
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: refTo('MachineImportUpload'),
              encoding: { file: { contentType: 'application/octet-stream' }, columns: { contentType: 'application/json' } },
            },
          },
        },
        responses: { 200: jsonResponse(t('openapi.ok'), 'MachineImportAnswer'), ...listProblems(t, CHANGING) },
      },
    },
  };
}
