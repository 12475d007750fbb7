/** The operations of `/api/v1/reports` in the OpenAPI document. Pure. */

import { MODEL_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { PATHS } from '#app/paths.ts';
import {
  type DeveloperTexts,
  GET_PROBLEMS,
  idParameter,
  jsonResponse,
  listProblems,
  lngParameter,
  type Paths,
  POST_PROBLEMS,
  refTo,
} from './operation-parts.ts';

/** Reports are ordered, waited for and fetched: answers of their own, and a file. */
export function listReportPaths(t: DeveloperTexts): Paths {
  const id = idParameter(t('openapi.reportId'));
  const one = `${PATHS.apiReports}/{id}`;
  const examples = {
    report: {
      summary: t('openapi.reportExample'),
      value: { subject: { kind: 'scenario', inputs: MODEL_EXAMPLE }, format: 'pdf', language: 'en' },
    },
  };
  return {
    [PATHS.apiReports]: {
      post: {
        operationId: 'orderReport',
        summary: t('endpoints.reports'),
        parameters: [lngParameter(t)],
        requestBody: { required: true, content: { 'application/json': { schema: refTo('ReportRequest'), examples } } },
        responses: { 202: jsonResponse(t('openapi.accepted'), 'ReportOrdered'), ...listProblems(t, POST_PROBLEMS) },
      },
    },
    [one]: {
      get: {
        operationId: 'getReport',
        summary: t('endpoints.report'),
        parameters: [id, lngParameter(t)],
        responses: { 200: jsonResponse(t('openapi.ok'), 'ReportAnswer'), ...listProblems(t, [...GET_PROBLEMS, 'not-found']) },
      },
    },
    [`${one}/file`]: {
      get: {
        operationId: 'getReportFile',
        summary: t('endpoints.reportFile'),
        parameters: [id, lngParameter(t)],
        responses: {
          200: {
            description: t('openapi.file'),
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
          ...listProblems(t, [...GET_PROBLEMS, 'not-found']),
        },
      },
    },
  };
}
