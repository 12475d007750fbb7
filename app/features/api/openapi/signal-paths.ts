/** The operations of watched signals in the OpenAPI document. Pure. */

import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, type Paths, refTo } from './operation-parts.ts';

const READING: readonly ProblemKind[] = [...GET_PROBLEMS, 'forbidden', 'too-many-requests', 'unavailable'];
const CHANGING: readonly ProblemKind[] = [...READING, 'invalid-request', 'malformed-body', 'body-too-large', 'unsupported-media-type'];

export function listSignalPaths(t: DeveloperTexts): Paths {
  return {
    [PATHS.apiSignalWatches]: {
      get: {
        operationId: 'listSignalWatches',
        summary: t('signals.list'),
        parameters: [lngParameter(t)],
        responses: { 200: jsonResponse(t('openapi.ok'), 'SignalWatches'), ...listProblems(t, READING) },
      },
      put: {
        operationId: 'setSignalWatch',
        summary: t('signals.set'),
        parameters: [lngParameter(t)],
        requestBody: { required: true, content: { 'application/json': { schema: refTo('SignalWatchPut') } } },
        responses: { 200: jsonResponse(t('openapi.ok'), 'SignalWatch'), ...listProblems(t, CHANGING) },
      },
    },
  };
}
