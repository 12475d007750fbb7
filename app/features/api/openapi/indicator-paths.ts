/** The operations of `/api/v1/indicators` in the OpenAPI document, made from the registry. Pure. */

import { INDICATOR_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { INDICATOR_NAMES } from '#app/features/indicators/registry.ts';
import { PATHS } from '#app/paths.ts';
import {
  type DeveloperTexts,
  GET_PROBLEMS,
  jsonResponse,
  listProblems,
  lngParameter,
  type Paths,
  POST_PROBLEMS,
  refTo,
} from './operation-parts.ts';

export function listIndicatorPaths(t: DeveloperTexts): Paths {
  const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
  const name = {
    name: 'name',
    in: 'path',
    required: true,
    description: t('openapi.indicatorName'),
    schema: { type: 'string', enum: [...INDICATOR_NAMES] },
  };
  const instant = { type: 'string' };
  const notModified = { 304: { description: t('openapi.notModified') } };
  return {
    [PATHS.apiIndicators]: {
      get: {
        operationId: 'listIndicators',
        summary: t('endpoints.indicators'),
        parameters: [lngParameter(t)],
        responses: { 200: jsonResponse(t('openapi.ok'), 'IndicatorsAnswer'), ...notModified, ...listProblems(t, GET_PROBLEMS) },
      },
    },
    [`${PATHS.apiIndicators}/{name}`]: {
      get: {
        operationId: 'getIndicator',
        summary: t('endpoints.indicatorHistory'),
        parameters: [
          name,
          query('from', t('openapi.indicatorFrom'), instant),
          query('to', t('openapi.indicatorTo'), instant),
          {
            ...query('params', t('openapi.indicatorParams'), { type: 'object', additionalProperties: { type: 'number' } }),
            style: 'form',
            explode: true,
          },
          lngParameter(t),
        ],
        responses: {
          200: jsonResponse(t('openapi.ok'), 'IndicatorHistory'),
          ...notModified,
          ...listProblems(t, [...GET_PROBLEMS, 'invalid-request', 'not-found']),
        },
      },
      post: {
        operationId: 'computeIndicator',
        summary: t('endpoints.indicator'),
        parameters: [name, lngParameter(t)],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: refTo('IndicatorRequest'),
              examples: { indicator: { summary: t('openapi.indicatorExample'), value: INDICATOR_EXAMPLE } },
            },
          },
        },
        responses: { 200: jsonResponse(t('openapi.ok'), 'IndicatorAnswer'), ...listProblems(t, [...POST_PROBLEMS, 'not-found']) },
      },
    },
  };
}
