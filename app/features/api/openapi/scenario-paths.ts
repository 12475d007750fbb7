/** The operations of `/api/v1/scenarios` in the OpenAPI document. Pure. */

import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { NOW_OF_FORM, NOW_PARAM, PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, idParameter, jsonResponse, listProblems, lngParameter, type Paths } from './operation-parts.ts';

const READING: readonly ProblemKind[] = [...new Set<ProblemKind>([...GET_PROBLEMS, 'invalid-request', 'forbidden', 'unavailable'])];

export function listScenarioPaths(t: DeveloperTexts): Paths {
  const now = { name: NOW_PARAM, in: 'query', description: t('openapi.scenarioNow'), schema: { type: 'string', enum: [NOW_OF_FORM] } };
  return {
    [PATHS.apiScenarios]: {
      get: {
        operationId: 'listScenarios',
        summary: t('endpoints.scenarios'),
        parameters: [lngParameter(t)],
        responses: { 200: jsonResponse(t('openapi.ok'), 'ScenariosAnswer'), ...listProblems(t, READING) },
      },
    },
    [`${PATHS.apiScenarios}/{id}/explanation`]: {
      get: {
        operationId: 'explainScenario',
        summary: t('endpoints.scenarioExplanation'),
        parameters: [idParameter(t('openapi.scenarioId')), now, lngParameter(t)],
        responses: { 200: jsonResponse(t('openapi.ok'), 'ScenarioExplanation'), ...listProblems(t, [...READING, 'not-found']) },
      },
    },
  };
}
