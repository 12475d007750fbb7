/** The operations of `/api/v1/batches` in the OpenAPI document: lists that are kept on the server. Pure. */

import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
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

const WHO: readonly ProblemKind[] = ['unauthenticated', 'forbidden', 'too-many-requests', 'unavailable'];
const READING: readonly ProblemKind[] = [...GET_PROBLEMS, ...WHO, 'not-found'];
const CHANGING: readonly ProblemKind[] = [...READING, 'invalid-request', 'malformed-body', 'body-too-large', 'unsupported-media-type'];
/** Parts of the upload that are JSON. */
const JSON_PART = { contentType: 'application/json' };

export function listListPaths(t: DeveloperTexts): Paths {
  const id = idParameter(t('openapi.listId'));
  const query = (name: string, description: string, schema: object) => ({ name, in: 'query', description, schema });
  const share = query('share', t('openapi.listShare'), { type: 'string' });
  const page = [
    query('after', t('openapi.listAfter'), { type: 'integer', minimum: 0, default: 0 }),
    query('limit', t('openapi.listLimit'), { type: 'integer', minimum: 1, maximum: 1000, default: 1000 }),
  ];
  const operation = (operationId: string, summary: string, parameters: object[]) => ({
    operationId,
    summary,
    parameters: [...parameters, lngParameter(t)],
  });
  const jsonBody = (component: string) => ({ required: true, content: { 'application/json': { schema: refTo(component) } } });
  const ok = (component: string) => ({ 200: jsonResponse(t('openapi.ok'), component) });
  const accepted = { 202: jsonResponse(t('openapi.listAccepted'), 'ListOrdered') };
  const one = `${PATHS.apiBatches}/{id}`;
  return {
    [PATHS.apiBatches]: {
      get: {
        ...operation('listBatches', t('endpoints.lists'), []),
        responses: { ...ok('ListsAnswer'), ...listProblems(t, [...GET_PROBLEMS, ...WHO]) },
      },
      post: {
        ...operation('uploadBatch', t('endpoints.listUpload'), []),
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: refTo('ListUpload'),
              encoding: {
                file: { contentType: 'application/octet-stream' },
                defaults: JSON_PART,
                mapping: JSON_PART,
                choices: JSON_PART,
              },
            },
          },
        },
        responses: {
          ...accepted,
          ...listProblems(
            t,
            CHANGING.filter((kind) => kind !== 'not-found'),
          ),
        },
      },
    },
    [one]: {
      get: { ...operation('getBatch', t('endpoints.list'), [id, share]), responses: { ...ok('ListAnswer'), ...listProblems(t, READING) } },
      patch: {
        ...operation('changeBatch', t('endpoints.listChange'), [id]),
        requestBody: jsonBody('ListChange'),
        responses: { ...ok('ListChanged'), ...listProblems(t, CHANGING) },
      },
      post: {
        ...operation('computeBatchAgain', t('endpoints.listAgain'), [id]),
        requestBody: jsonBody('ListAgain'),
        responses: { ...accepted, ...listProblems(t, CHANGING) },
      },
      delete: {
        ...operation('deleteBatch', t('endpoints.listDelete'), [id]),
        responses: { 204: { description: t('openapi.listDeleted') }, ...listProblems(t, READING) },
      },
    },
    [`${one}/rows`]: {
      get: {
        ...operation('listBatchRows', t('endpoints.listRows'), [id, share, ...page]),
        responses: { ...ok('ListRowsAnswer'), ...listProblems(t, READING) },
      },
    },
    [`${one}/errors`]: {
      get: {
        ...operation('listBatchErrors', t('endpoints.listErrors'), [
          id,
          share,
          ...page,
          query('format', t('openapi.listFormat'), { type: 'string', enum: ['json', 'csv'], default: 'json' }),
        ]),
        responses: {
          200: {
            description: t('openapi.ok'),
            content: { 'application/json': { schema: refTo('ListErrorsAnswer') }, 'text/csv': { schema: { type: 'string' } } },
          },
          ...listProblems(t, READING),
        },
      },
    },
    [`${one}/events`]: {
      get: {
        ...operation('watchBatch', t('endpoints.listEvents'), [id, share]),
        responses: {
          200: { description: t('openapi.listEvents'), content: { 'text/event-stream': { schema: refTo('ListProgress') } } },
          ...listProblems(t, READING),
        },
      },
    },
  };
}
