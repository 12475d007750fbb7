/** Lists that are kept on the server, over HTTP (decision 0081): upload as multipart, read, rows by cursor, errors as JSON or CSV, progress as a stream of events. */

import { unstable_parseMultipartFormData } from '@remix-run/node';
import { toFault } from '#app/features/api/wire/fault.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { MAX_FILE_BYTES } from '#app/features/batch/reading/limits.ts';
import { sayColumn, sayRowError } from '#app/features/batch/rows/say-row-error.ts';
import { getBatchDeps, toBatchCaller } from '#app/features/batch/stored/batch-deps.server.ts';
import {
  beginUpload,
  type Caller,
  cancelBatch,
  deleteBatch,
  dropUpload,
  duplicateBatch,
  findBatch,
  finishUpload,
  listBatches,
  listErrors,
  listRows,
  MAX_PAGE_ROWS,
  renameBatch,
  type StoreDeps,
  type StoredBatch,
  shareBatch,
  unshareBatch,
} from '#app/features/batch/stored/batch-store.server.ts';
import { toProgress } from '#app/features/batch/stored/progress.ts';
import { createPartWriter } from '#app/features/batch/stored/stored-file.server.ts';
import { readStoredMapping } from '#app/features/batch/stored/stored-mapping.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { PATHS } from '#app/paths.ts';
import { toCsvText } from '#app/platform/csv/csv-text.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { createFormat } from '#app/ui/format.ts';
import { readBatchUpload, type UploadTexts } from './read-batch-upload.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store' };
const MAX_PART_TEXT = 4_000_000;
const MAX_ACT_BYTES = 64 * 1024;

export type ApiArgs = { request: Request; context: RequestContext };

/** Thrown while the body is read. */
class Oversized extends Error {}

const getDeps = getBatchDeps;
const toCaller = ({ context }: ApiArgs): Promise<Caller> => toBatchCaller(context);

/** Through a link: what the list comes to, and nothing of what its file says beside the machines or of how it was asked for. */
function toAnswer(
  { request, summary, mapping, failure, fileName, fileBytes, hasFile, ...batch }: StoredBatch,
  { isThroughLink }: { isThroughLink: boolean },
): object {
  const shown = { ...batch, summary, failure };
  return isThroughLink ? shown : { ...shown, fileName, fileBytes, hasFile, ...readStoredMapping(mapping), request };
}

const json = (value: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(value), { ...init, headers: { ...JSON_HEADERS, ...(init.headers as Record<string, string> | undefined) } });

/** `GET` lists, `POST` uploads. */
export function answerBatches(args: ApiArgs): Promise<Response> {
  const { request } = args;
  return answerOrProblem(request, async () => {
    const caller = await toCaller(args);
    if (request.method === 'GET' || request.method === 'HEAD') return json({ batches: await listBatches(getDeps(), caller) });
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD', 'POST'] });
    if (!/^multipart\/form-data\b/i.test(request.headers.get('Content-Type') ?? '')) {
      return toProblemResponse(request, { kind: 'unsupported-media-type', because: 'type' });
    }
    return receiveUpload(request, caller);
  });
}

async function readText(data: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of data) {
    length += bytes.length;
    if (length > MAX_PART_TEXT) throw new Oversized();
    pieces.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

async function receiveUpload(request: Request, caller: Caller): Promise<Response> {
  const deps = getDeps();
  const texts: UploadTexts & { name: string | null } = { defaults: null, mapping: null, choices: null, name: null };
  let upload: { tenantId: string; batchId: string } | null = null;
  let fileBytes = 0;
  let isDone = false;
  try {
    await unstable_parseMultipartFormData(request, async ({ name, filename, data }) => {
      if (name === 'file' && upload === null) {
        upload = await beginUpload(deps, caller, filename ?? '');
        const writer = createPartWriter(deps.db, upload.tenantId, upload.batchId);
        for await (const bytes of data) {
          fileBytes += bytes.length;
          if (fileBytes > MAX_FILE_BYTES) throw new Oversized();
          await writer.write(bytes);
        }
        await writer.end();
        return '';
      }
      const text = await readText(data);
      if (name === 'defaults' || name === 'mapping' || name === 'choices' || name === 'name') texts[name] = text;
      return '';
    });
    const own = upload as { tenantId: string; batchId: string } | null;
    if (own === null) return await toProblemResponse(request, { kind: 'invalid-request', faults: [toFault('file', undefined, 'missing')] });
    const read = readBatchUpload(texts, await getMarketSnapshot());
    if (read.kind === 'invalid') return await toProblemResponse(request, { kind: 'invalid-request', faults: read.faults });
    const name = texts.name === null || texts.name.trim() === '' ? null : texts.name.trim();
    await finishUpload(deps, caller, { ...own, fileBytes, request: read.request, name });
    isDone = true;
    return json({ id: own.batchId }, { status: 202, headers: { Location: `${PATHS.apiBatches}/${own.batchId}` } });
  } catch (error) {
    if (error instanceof Oversized) return await toProblemResponse(request, { kind: 'body-too-large', maxBytes: MAX_FILE_BYTES });
    throw error;
  } finally {
    const own = upload as { tenantId: string; batchId: string } | null;
    if (own !== null && !isDone) await dropUpload(deps, own);
  }
}

const readSecret = (request: Request) => new URL(request.url).searchParams.get('share');

/** `GET` reads, `PATCH` names, cancels and shares, `POST` computes again with another scenario, `DELETE` deletes. */
export function answerBatchById(args: ApiArgs, id: string): Promise<Response> {
  const { request } = args;
  return answerOrProblem(request, async () => {
    const notFound = () => toProblemResponse(request, { kind: 'not-found' });
    if (!isUuid(id)) return notFound();
    const deps = getDeps();
    const caller = await toCaller(args);
    switch (request.method) {
      case 'GET':
      case 'HEAD': {
        const secret = readSecret(request);
        const batch = await findBatch(deps, caller, id, secret);
        return batch === null ? notFound() : json(toAnswer(batch, { isThroughLink: secret !== null }));
      }
      case 'DELETE':
        return (await deleteBatch(deps, caller, id)) ? new Response(null, { status: 204 }) : notFound();
      case 'PATCH':
        return changeBatch(request, deps, caller, id);
      case 'POST':
        return computeAgain(request, deps, caller, id);
      default:
        return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD', 'PATCH', 'POST', 'DELETE'] });
    }
  });
}

async function changeBatch(request: Request, deps: StoreDeps, caller: Caller, id: string): Promise<Response> {
  const body = await readJsonBody(request, MAX_ACT_BYTES);
  if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
  const value = body.value as { name?: unknown; cancelled?: unknown; shared?: unknown } | null;
  const notFound = () => toProblemResponse(request, { kind: 'not-found' });
  if (typeof value?.name === 'string' && value.name.trim() !== '') {
    return (await renameBatch(deps, caller, id, value.name)) ? json({ id, name: value.name.trim() }) : notFound();
  }
  if (value?.cancelled === true) return (await cancelBatch(deps, caller, id)) ? json({ id }) : notFound();
  if (value?.shared === false) return (await unshareBatch(deps, caller, id)) ? json({ id, isShared: false }) : notFound();
  if (value?.shared === true) {
    const secret = await shareBatch(deps, caller, id);
    if (secret === null) return notFound();
    return json({ id, isShared: true, share: secret, path: `${PATHS.apiBatches}/${id}?${new URLSearchParams({ share: secret })}` });
  }
  return toProblemResponse(request, { kind: 'invalid-request', faults: [toFault('', value, 'missing')] });
}

async function computeAgain(request: Request, deps: StoreDeps, caller: Caller, id: string): Promise<Response> {
  const body = await readJsonBody(request, MAX_ACT_BYTES);
  if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
  const value = (body.value ?? {}) as { defaults?: unknown; name?: unknown };
  const texts = { defaults: JSON.stringify(value.defaults ?? {}), mapping: null, choices: null };
  const read = readBatchUpload(texts, await getMarketSnapshot());
  if (read.kind === 'invalid') return toProblemResponse(request, { kind: 'invalid-request', faults: read.faults });
  const { scenario, market, cnyPerUsd } = read.request;
  const name = typeof value.name === 'string' && value.name.trim() !== '' ? value.name.trim() : null;
  const copy = await duplicateBatch(deps, caller, id, (earlier) => ({ ...earlier, scenario, market, cnyPerUsd }), name);
  switch (copy.kind) {
    case 'not-found':
      return toProblemResponse(request, { kind: 'not-found' });
    case 'no-file':
      return toProblemResponse(request, { kind: 'invalid-request', faults: [toFault('id', id, 'not_computed')] });
    case 'copied':
      return json({ id: copy.id }, { status: 202, headers: { Location: `${PATHS.apiBatches}/${copy.id}` } });
  }
}

/** `?after=<row>&limit=<n>`; what is no number is the default. */
function readPage(request: Request): { afterRow: number; take: number } {
  const { searchParams } = new URL(request.url);
  const numberOf = (name: string, standard: number, max: number) => {
    const text = searchParams.get(name);
    const value = text === null || text === '' ? standard : Number(text);
    return Number.isInteger(value) && value >= 0 ? Math.min(value, max) : standard;
  };
  return { afterRow: numberOf('after', 0, 2_000_000), take: Math.max(1, numberOf('limit', MAX_PAGE_ROWS, MAX_PAGE_ROWS)) };
}

function answerReading(
  args: ApiArgs,
  id: string,
  read: (deps: StoreDeps, caller: Caller, secret: string | null) => Promise<Response>,
): Promise<Response> {
  const { request } = args;
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    }
    const deps = getDeps();
    const caller = await toCaller(args);
    const secret = readSecret(request);
    if (!isUuid(id) || (await findBatch(deps, caller, id, secret)) === null) return toProblemResponse(request, { kind: 'not-found' });
    return read(deps, caller, secret);
  });
}

/** A page of rows in the order of the file; `next` is the cursor of the page after it, `null` at the end. */
export function answerBatchRows(args: ApiArgs, id: string): Promise<Response> {
  return answerReading(args, id, async (deps, caller, secret) => {
    const page = readPage(args.request);
    const rows = await listRows(deps, caller, { batchId: id, secret, ...page });
    return json({ rows, next: rows.length === page.take ? (rows.at(-1)?.row ?? null) : null });
  });
}

/** The row errors: JSON by cursor, or with `format=csv` all of them in the caller's language. */
export function answerBatchErrors(args: ApiArgs, id: string): Promise<Response> {
  return answerReading(args, id, async (deps, caller, secret) => {
    const { request } = args;
    if (new URL(request.url).searchParams.get('format') === 'csv') return writeErrorsCsv(request, deps, caller, id, secret);
    const page = readPage(request);
    const errors = await listErrors(deps, caller, { batchId: id, secret, ...page });
    // A row with several errors is never cut in two: the cursor is a row.
    const last = errors.length === page.take ? (errors.at(-1)?.row ?? null) : null;
    const whole = last === null ? errors : errors.filter(({ row }) => row !== last || errors[0]?.row === last);
    return json({ errors: whole.map(({ detail }) => detail), next: last === null ? null : (whole.at(-1)?.row ?? null) });
  });
}

function toCsvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => toCsvText(cell)).join(',')}\r\n`;
}

async function writeErrorsCsv(request: Request, deps: StoreDeps, caller: Caller, id: string, secret: string | null): Promise<Response> {
  const t = await i18nServer.getFixedT(request, 'batch');
  const words = { t, format: createFormat(detectLanguage(request)) };
  const encoder = new TextEncoder();
  let afterRow = 0;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const errors = await listErrors(deps, caller, { batchId: id, secret, afterRow, take: MAX_PAGE_ROWS });
      const last = errors.length === MAX_PAGE_ROWS ? errors.at(-1)?.row : undefined;
      const whole = last === undefined ? errors : errors.filter(({ row }) => row !== last);
      let text = isFirst ? `\ufeff${toCsvLine(['row', 'line', t('page.columnInFile'), 'code', 'value', t('file.problemHeader')])}` : '';
      isFirst = false;
      for (const { detail: error } of whole) {
        text += toCsvLine([
          String(error.row),
          String(error.line),
          sayColumn(error, words),
          error.code,
          error.value,
          sayRowError(error, words),
        ]);
        afterRow = error.row;
      }
      if (text !== '') controller.enqueue(encoder.encode(text));
      if (last === undefined || whole.length === 0) controller.close();
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="errors.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
}

const EVENT_MS = 300;
/** A stream that nobody reads to its end; browsers connect again by themselves. */
const MAX_STREAM_MS = 10 * 60_000;

/** Progress as server-sent events until the list is done, failed or cancelled: rows read, matched, computed and stored, and rows a second. */
export function answerBatchEvents(args: ApiArgs, id: string): Promise<Response> {
  return answerReading(args, id, async (deps, caller, secret) => {
    const encoder = new TextEncoder();
    const startedMs = Date.now();
    let lastText = '';
    const { signal } = args.request;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        for (;;) {
          const batch = signal.aborted ? null : await findBatch(deps, caller, id, secret);
          if (batch === null) {
            controller.close();
            return;
          }
          const isOver = ['done', 'failed', 'cancelled'].includes(batch.status);
          const text = `event: progress\ndata: ${JSON.stringify(toProgress(batch, deps.now()))}\n\n`;
          if (text !== lastText) {
            lastText = text;
            controller.enqueue(encoder.encode(text));
          }
          if (isOver || Date.now() - startedMs > MAX_STREAM_MS) {
            controller.close();
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, EVENT_MS));
          if (text === lastText && (controller.desiredSize ?? 0) > 0) continue;
          return;
        }
      },
    });
    return new Response(body, {
      // Not to be held back by whatever compresses or caches on the way.
      headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'private, no-store, no-transform', 'X-Accel-Buffering': 'no' },
    });
  });
}
