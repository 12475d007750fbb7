/** `/api/v1/reports` over HTTP: method, body, then the use case, then the answer. */

import { Readable } from 'node:stream';
import { type AppLoadContext, createReadableStreamFromReadable } from '@remix-run/node';
import { ReportRequestSchema } from '#app/features/api/report-request.ts';
import { explainIssues } from '#app/features/api/wire/explain-issues.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { toApiReportPath } from '#app/paths.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { downloadReport, findForCaller, type Ordering, orderReport } from './order-report.server.ts';
import { MEDIA_TYPES, toContentDisposition } from './report-file.ts';
import type { ReportRow } from './report-store.server.ts';

export type ReportRouteArgs = { request: Request; context: AppLoadContext; params: { id?: string } };

/** As a batch of 10,000 rows. */
const MAX_REPORT_BODY_BYTES = 8 * 1024 * 1024;
const RETRY_AFTER_S = 30;
const NO_STORE = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

async function toOrdering({ context }: ReportRouteArgs): Promise<Ordering> {
  return { actor: await context.getActor(), address: context.address, requestId: context.requestId };
}

/** `POST /api/v1/reports`: 202 with the report's address. */
export function answerOrder(args: ReportRouteArgs): Promise<Response> {
  const { request } = args;
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_REPORT_BODY_BYTES);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const parsed = ReportRequestSchema.safeParse(body.value);
    if (!parsed.success) {
      return toProblemResponse(request, { kind: 'invalid-request', faults: explainIssues(parsed.error, body.value, [], {}) });
    }
    const outcome = await orderReport(await toOrdering(args), parsed.data);
    switch (outcome.kind) {
      case 'ordered':
        return new Response(JSON.stringify({ id: outcome.id }), {
          status: 202,
          headers: { ...NO_STORE, Location: toApiReportPath(outcome.id) },
        });
      case 'invalid':
        return toProblemResponse(request, { kind: 'invalid-request', faults: outcome.faults });
      case 'not-found':
        return toProblemResponse(request, { kind: 'not-found' });
      default:
        return toProblemResponse(request, { kind: 'busy', retryAfterS: RETRY_AFTER_S });
    }
  });
}

/** `GET /api/v1/reports/{id}`. */
export function answerReport(args: ReportRouteArgs): Promise<Response> {
  return answerReading(args, async (id) => {
    const found = await findForCaller((await toOrdering(args)).actor, id);
    return found === null ? null : new Response(JSON.stringify(toAnswer(found.report)), { headers: NO_STORE });
  });
}

/** `GET /api/v1/reports/{id}/file`. */
export function answerFile(args: ReportRouteArgs): Promise<Response> {
  return answerReading(args, async (id) => {
    const file = await downloadReport(await toOrdering(args), id);
    if (file === null) return null;
    return new Response(createReadableStreamFromReadable(Readable.from(file.read())), {
      headers: {
        'Content-Type': MEDIA_TYPES[file.format],
        'Content-Length': String(file.sizeBytes),
        'Content-Disposition': toContentDisposition(file.fileName ?? file.name, file.format, file.language),
        'Cache-Control': 'private, no-store',
      },
    });
  });
}

function answerReading(args: ReportRouteArgs, read: (id: string) => Promise<Response | null>): Promise<Response> {
  const { request, params } = args;
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    }
    const id = params.id ?? '';
    const response = isUuid(id) ? await read(id) : null;
    return response ?? toProblemResponse(request, { kind: 'not-found' });
  });
}

function toAnswer({ errorCode, errorDetail: _detail, createdAt, expiresAt, ...report }: ReportRow) {
  return { ...report, error: errorCode, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
