/** Read model of the developers' page: the API's own description, and two real answers computed for it. */

import { MAX_CURTAILMENT_BODY_BYTES } from '#app/features/api/curtailment/curtailment.server.ts';
import { computeRoi } from '#app/features/api/economics/compute-roi.ts';
import { MAX_BATCH_BODY_BYTES, MAX_ROI_BODY_BYTES } from '#app/features/api/economics/roi.server.ts';
import { MAX_BATCH_ROWS } from '#app/features/api/economics/roi-request.ts';
import { FORECAST_BUDGET_MS } from '#app/features/api/market/forecasts.server.ts';
import { MAX_INDICATOR_BODY_BYTES } from '#app/features/api/market/indicators.server.ts';
import { buildOpenApi } from '#app/features/api/openapi/build-openapi.ts';
import { MAX_FAULTS_PER_REQUEST } from '#app/features/api/wire/fault.ts';
import { getApiErrorTexts, toProblem } from '#app/features/api/wire/problem.server.ts';
import { PROBLEM_KINDS, PROBLEM_STATUS, type ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { MAX_CSV_ROWS, MAX_FILE_BYTES } from '#app/features/batch/reading/limits.ts';
import { findMachine, suggestMachines } from '#app/features/catalogue/find-machine.ts';
import { MAX_REQUEST_UNITS } from '#app/features/curtailment/plan-request.ts';
import { MAX_VALUES } from '#app/features/forecasting/forecast-request.ts';
import { MAX_CANDLES } from '#app/features/indicators/candles.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { PATHS } from '#app/paths.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { MAX_SHED_MACHINES } from '#engine/units/shed-fields.ts';
import {
  type AnswerGroup,
  type Endpoint,
  listAnswerGroups,
  listEndpoints,
  listFlatGroups,
  listNestedGroups,
  type RequestGroup,
} from './developers-view.ts';
import { GOLDEN_EXAMPLE, REFUSED_EXAMPLE } from './worked-example.ts';

export type DevelopersView = {
  title: string;
  description: string;
  request: string;
  /** The example's answer as JSON text, with the first month only. */
  answer: string;
  monthCount: number;
  refused: string;
  refusal: string;
  endpoints: Endpoint[];
  requestGroups: RequestGroup[];
  answerGroups: AnswerGroup[];
  problems: { kind: ProblemKind; status: number }[];
  maxFaults: number;
  limits: {
    roiKilobytes: number;
    batchRows: number;
    batchMegabytes: number;
    shedMachines: number;
    listRows: number;
    listMegabytes: number;
    planMachines: number;
    indicatorCandles: number;
    indicatorMegabytes: number;
    forecastValues: number;
    forecastSeconds: number;
    shedMegabytes: number;
  };
};

const BYTES_PER_KB = 1024;
/** As the limits of files count. */
const BYTES_PER_MB = 1e6;

/** Stands in the example where the product does not know its own address (RFC 2606: nobody can own it). */
const UNKNOWN_ORIGIN = 'https://hashinsight.example';

/** `publicOrigin`: the product's own address, so that the example can be pasted as it is; `null`: not known. */
export async function readDevelopersView(request: Request, publicOrigin: string | null): Promise<DevelopersView> {
  const [t, errorTexts, engine, snapshot] = await Promise.all([
    i18nServer.getFixedT(request, 'developers'),
    getApiErrorTexts(request),
    getEngine(),
    getMarketSnapshot(),
  ]);
  const context = { engine, snapshot, findMachine, suggestMachines };
  const computed = computeRoi(GOLDEN_EXAMPLE, context);
  const refused = computeRoi(REFUSED_EXAMPLE, context);
  if (computed.kind !== 'ok' || refused.kind !== 'invalid') throw new Error('an example of the API does not do what it shows');
  const { months } = computed.answer.projection;
  const shortened = { ...computed.answer, projection: { ...computed.answer.projection, months: months.slice(0, 1) } };
  const document = buildOpenApi(t);
  const url = `${publicOrigin ?? UNKNOWN_ORIGIN}${PATHS.apiRoi}`;
  const refusal = toProblem({ kind: 'invalid-request', faults: refused.faults }, { method: 'POST', pathname: PATHS.apiRoi }, errorTexts);
  return {
    title: t('page.title'),
    description: t('page.description'),
    request: writeCurl(url, GOLDEN_EXAMPLE),
    answer: JSON.stringify(shortened, null, 2),
    monthCount: months.length,
    refused: writeCurl(url, REFUSED_EXAMPLE),
    refusal: JSON.stringify(refusal, null, 2),
    endpoints: listEndpoints(document),
    requestGroups: [...listFlatGroups(document), ...listNestedGroups(document)],
    answerGroups: listAnswerGroups(document),
    problems: PROBLEM_KINDS.map((kind) => ({ kind, status: PROBLEM_STATUS[kind] })),
    maxFaults: MAX_FAULTS_PER_REQUEST,
    limits: {
      roiKilobytes: MAX_ROI_BODY_BYTES / BYTES_PER_KB,
      batchRows: MAX_BATCH_ROWS,
      batchMegabytes: MAX_BATCH_BODY_BYTES / BYTES_PER_KB ** 2,
      shedMachines: MAX_SHED_MACHINES,
      listRows: MAX_CSV_ROWS,
      listMegabytes: MAX_FILE_BYTES / BYTES_PER_MB,
      planMachines: MAX_REQUEST_UNITS,
      indicatorCandles: MAX_CANDLES,
      indicatorMegabytes: MAX_INDICATOR_BODY_BYTES / BYTES_PER_KB ** 2,
      forecastValues: MAX_VALUES,
      forecastSeconds: FORECAST_BUDGET_MS / 1000,
      shedMegabytes: MAX_CURTAILMENT_BODY_BYTES / BYTES_PER_KB ** 2,
    },
  };
}

/** A command for a POSIX shell; the examples hold no quote that would end the single-quoted body. */
function writeCurl(url: string, body: object): string {
  const lines = JSON.stringify(body, null, 2).replaceAll('\n', '\n  ');
  return `curl '${url}' \\\n  -H 'Content-Type: application/json' \\\n  -d '${lines}'`;
}
