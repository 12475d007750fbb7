/** The operations of power prices in the OpenAPI document. Pure. */

import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, type Paths, refTo } from './operation-parts.ts';

const READING: readonly ProblemKind[] = [...GET_PROBLEMS, 'forbidden', 'too-many-requests', 'unavailable', 'not-found', 'invalid-request'];
const CHANGING: readonly ProblemKind[] = [...READING, 'malformed-body', 'body-too-large', 'unsupported-media-type'];

export function listPowerPricePaths(t: DeveloperTexts): Paths {
  const id = { name: 'id', in: 'path', required: true, description: t('fleet.id'), schema: { type: 'string', format: 'uuid' } };
  const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
  const instant = { type: 'string', format: 'date-time' };
  const operation = (operationId: string, summary: string, parameters: object[] = []) => ({
    operationId,
    summary,
    parameters: [...parameters, lngParameter(t)],
  });
  return {
    [PATHS.apiPowerPrices]: {
      get: {
        ...operation('listPowerPrices', t('powerPrices.list')),
        responses: { 200: jsonResponse(t('openapi.ok'), 'PowerPriceSeriesList'), ...listProblems(t, READING) },
      },
      post: {
        ...operation('createPowerPrices', t('powerPrices.create')),
        requestBody: { required: true, content: { 'application/json': { schema: refTo('NewPowerPriceSeries') } } },
        responses: { 201: jsonResponse(t('openapi.ok'), 'PowerPriceSeries'), ...listProblems(t, CHANGING) },
      },
    },
    [`${PATHS.apiPowerPrices}/{id}`]: {
      get: {
        ...operation('getPowerPrices', t('powerPrices.one'), [
          id,
          query('from', t('powerPrices.from'), instant),
          query('to', t('powerPrices.to'), instant),
        ]),
        responses: { 200: jsonResponse(t('openapi.ok'), 'PowerPrices'), ...listProblems(t, READING) },
      },
      delete: {
        ...operation('deletePowerPrices', t('powerPrices.delete'), [id]),
        responses: { 204: { description: t('openapi.ok') }, ...listProblems(t, READING) },
      },
    },
    [`${PATHS.apiPowerPrices}/{id}/files`]: {
      post: {
        ...operation('loadPowerPrices', t('powerPrices.load'), [
          id,
          query('name', t('powerPrices.name'), { type: 'string', maxLength: 200 }),
        ]),
        requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
        responses: { 200: jsonResponse(t('openapi.ok'), 'PowerPriceFileAnswer'), ...listProblems(t, CHANGING) },
      },
    },
  };
}
