/** Power prices over HTTP (decision 0104). */

import { type Fault, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import { toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import {
  answerChange,
  answerFaults,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  withBody,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { getPowerDeps } from '#app/features/power-prices/ercot-config.server.ts';
import { loadFile } from '#app/features/power-prices/load-file.server.ts';
import { MAX_READ_PRICES, readSeries } from '#app/features/power-prices/read-series.server.ts';
import { sayFileFault, sayRowFault } from '#app/features/power-prices/say-fault.server.ts';
import { MAX_FILE_BYTES, NewSeriesSchema, SERIES_RANGES } from '#app/features/power-prices/series-fields.ts';
import { createSeries, deleteSeries, listSeries } from '#app/features/power-prices/series-store.server.ts';
import { PATHS } from '#app/paths.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { createFormat } from '#app/ui/format.ts';
import { range } from '#engine/units/fields.ts';

const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/;
const MAX_NAME = 200;

export function answerPowerPrices(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ caller }) => toJson({ series: await listSeries(getPowerDeps(), caller) }),
    POST: ({ request, caller }) =>
      withBody(request, NewSeriesSchema, SERIES_RANGES, async (body) =>
        answerChange(request, await createSeries(getPowerDeps(), caller, body), (series) =>
          toJson(series, 201, { Location: `${PATHS.apiPowerPrices}/${series.id}` }),
        ),
      ),
  });
}

function readInstant(params: URLSearchParams, name: string, faults: Fault[]): number | null {
  const text = params.get(name);
  if (text === null) return null;
  const ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) faults.push(toFault(name, text, 'not_a_time'));
  return ms;
}

export function answerPowerPriceSeries(args: WorkspaceArgs, id = ''): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const faults = findQueryFaults(request.url, ['from', 'to']);
        const params = new URL(request.url).searchParams;
        const [fromMs, toMs] = [readInstant(params, 'from', faults), readInstant(params, 'to', faults)];
        if (fromMs !== null && toMs !== null && toMs <= fromMs) faults.push(toFault('to', params.get('to'), 'not_after_from'));
        if (faults.length > 0) return answerFaults(request, faults);
        const read = await readSeries(getPowerDeps(), caller, id, { fromMs, toMs });
        if (read.kind === 'not-found') return answerNotFound(request);
        if (read.kind === 'read') return toJson(read.value);
        return answerFaults(request, [toRangeFault('from', params.get('from'), 'out_of_range', range('intervals', 1, MAX_READ_PRICES))]);
      }),
    DELETE: ({ request, caller }) =>
      withId(request, [id], async () =>
        answerChange(request, await deleteSeries(getPowerDeps(), caller, id), () => new Response(null, { status: 204 })),
      ),
  });
}

/** `null`: longer than is read. */
async function readBytes(request: Request): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > MAX_FILE_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

export function answerPowerPriceFile(args: WorkspaceArgs, id = ''): Promise<Response> {
  return answerWorkspace(args, {
    POST: ({ request, caller }) =>
      withId(request, [id], async () => {
        const faults = findQueryFaults(request.url, ['name']);
        if (faults.length > 0) return answerFaults(request, faults);
        if (!/^text\/csv\b/i.test(request.headers.get('Content-Type') ?? '')) {
          return toProblemResponse(request, { kind: 'unsupported-media-type', because: 'type' });
        }
        const bytes = await readBytes(request);
        if (bytes === null) return toProblemResponse(request, { kind: 'body-too-large', maxBytes: MAX_FILE_BYTES });
        const fileName = (new URL(request.url).searchParams.get('name') ?? 'upload.csv').slice(0, MAX_NAME);
        const outcome = await loadFile(getPowerDeps(), caller, { seriesId: id, fileName, bytes });
        if (outcome.kind === 'not-found') return answerNotFound(request);
        const words = { t: await i18nServer.getFixedT(request, 'power-prices'), format: createFormat(detectLanguage(request)) };
        if (outcome.kind === 'refused') {
          return answerFaults(request, [toFault('file', fileName, 'unreadable_file', { reason: sayFileFault(outcome.fault, words) })]);
        }
        const { kind: _kind, refused, ...rest } = outcome;
        return toJson({ ...rest, refused: refused.map((row) => ({ ...row, message: sayRowFault(row, words) })) });
      }),
  });
}
