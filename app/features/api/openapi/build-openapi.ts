/**
 * The API's description as an OpenAPI 3.1 document, generated from the schemas that refuse requests and hold answers (components.ts). Words come
 * from locales/<language>/developers.json. Pure.
 */
import { BATCH_EXAMPLE, GOLDEN_EXAMPLE, MODEL_EXAMPLE, RISK_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { MAX_BATCH_MONTH_ROWS } from '#app/features/api/economics/roi-request.ts';
import type { ProblemKind } from '#app/features/api/wire/problem-kinds.ts';
import { PLAN_EXAMPLE } from '#app/features/curtailment/plan-example.ts';
import { SHED_EXAMPLE } from '#app/features/curtailment/shed-example.ts';
import { FORECAST_EXAMPLE } from '#app/features/forecasting/forecast-request.ts';
import { PATHS } from '#app/paths.ts';
import { listAlertPaths } from './alert-paths.ts';
import { buildComponents, type ComponentName, type JsonSchema } from './components.ts';
import { listFleetPaths } from './fleet-paths.ts';
import { listForecastPaths } from './forecast-paths.ts';
import { listIndicatorPaths } from './indicator-paths.ts';
import { listListPaths } from './list-paths.ts';
import { listMarketPaths } from './market-paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, POST_PROBLEMS, refTo } from './operation-parts.ts';
import { listPowerPricePaths } from './power-price-paths.ts';
import { listReportPaths } from './report-paths.ts';
import { listScenarioPaths } from './scenario-paths.ts';
import { listSignalPaths } from './signal-paths.ts';
import { listTelemetryPaths } from './telemetry-paths.ts';

/** Version of the wire contract (decision 0050), not of the product. */
const API_VERSION = '1.0.0';

const TOKEN_PROBLEMS: readonly ProblemKind[] = ['unauthenticated', 'method-not-allowed', 'too-many-requests', 'internal', 'unavailable'];

/** Names of the ways to say who asks. */
const PERSONAL_TOKEN = 'personalToken';
const ACCESS_TOKEN = 'accessToken';
/** Computing needs nobody's name; whoever shows a token is held to its scopes. */
const OPEN_TO_GUESTS = [{}, { [PERSONAL_TOKEN]: [] }, { [ACCESS_TOKEN]: [] }];

/** One method of one address; what stands beside the summary is for programs. */
export type OpenApiOperation = { summary: string; [part: string]: unknown };

export type OpenApiDocument = {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<ComponentName, JsonSchema>; securitySchemes: Record<string, object> };
};

/** The whole document in the language of `t`. */
export function buildOpenApi(t: DeveloperTexts): OpenApiDocument {
  const post = (
    operationId: string,
    summary: string,
    [request, answer]: [ComponentName, ComponentName],
    examples: object,
    parameters: object[],
  ) => ({
    post: {
      operationId,
      summary,
      security: OPEN_TO_GUESTS,
      parameters: [lngParameter(t), ...parameters],
      requestBody: { required: true, content: { 'application/json': { schema: refTo(request), examples } } },
      responses: { 200: jsonResponse(t('openapi.ok'), answer), ...listProblems(t, POST_PROBLEMS) },
    },
  });
  const get = (operationId: string, summary: string, schema: object) => ({
    get: {
      operationId,
      summary,
      parameters: [lngParameter(t)],
      responses: {
        200: { description: t('openapi.ok'), content: { 'application/json': { schema } } },
        304: { description: t('openapi.notModified') },
        ...listProblems(t, GET_PROBLEMS),
      },
    },
  });
  const monthsParameter = {
    name: 'months',
    in: 'query',
    description: t('openapi.months', { max: MAX_BATCH_MONTH_ROWS }),
    schema: { type: 'string', enum: ['0', '1'], default: '0' },
  };
  return {
    openapi: '3.1.0',
    info: { title: t('openapi.title'), version: API_VERSION, description: t('openapi.description') },
    servers: [{ url: '/' }],
    paths: {
      [PATHS.apiRoi]: post(
        'computeRoi',
        t('endpoints.roi'),
        ['RoiRequest', 'RoiAnswer'],
        {
          golden: { summary: t('openapi.goldenExample'), value: GOLDEN_EXAMPLE },
          model: { summary: t('openapi.modelExample'), value: MODEL_EXAMPLE },
        },
        [],
      ),
      [PATHS.apiRoiBatch]: post(
        'computeRoiBatch',
        t('endpoints.batch'),
        ['BatchRequest', 'BatchAnswer'],
        { batch: { summary: t('openapi.batchExample'), value: BATCH_EXAMPLE } },
        [monthsParameter],
      ),
      [PATHS.apiCurtailmentShed]: post(
        'shedNow',
        t('endpoints.shed'),
        ['ShedRequest', 'ShedAnswer'],
        { shed: { summary: t('openapi.shedExample'), value: SHED_EXAMPLE } },
        [],
      ),
      [PATHS.apiCurtailmentPlan]: post(
        'planCurtailment',
        t('endpoints.plan'),
        ['PlanRequest', 'PlanAnswer'],
        { plan: { summary: t('openapi.planExample'), value: PLAN_EXAMPLE } },
        [],
      ),
      [PATHS.apiRisk]: post(
        'computeRisk',
        t('endpoints.risk'),
        ['RiskRequest', 'RiskAnswer'],
        { risk: { summary: t('openapi.riskExample'), value: RISK_EXAMPLE } },
        [],
      ),
      [PATHS.apiForecasts]: post(
        'forecastSeries',
        t('endpoints.ownForecast'),
        ['ForecastRequest', 'OwnForecast'],
        { forecast: { summary: t('openapi.forecastExample'), value: FORECAST_EXAMPLE } },
        [],
      ),
      ...listForecastPaths(t),
      [PATHS.apiToken]: {
        post: {
          operationId: 'createToken',
          summary: t('endpoints.token'),
          security: [{ [PERSONAL_TOKEN]: [] }],
          parameters: [lngParameter(t)],
          responses: { 200: jsonResponse(t('openapi.ok'), 'TokenAnswer'), ...listProblems(t, TOKEN_PROBLEMS) },
        },
        delete: {
          operationId: 'revokeToken',
          summary: t('endpoints.tokenEnd'),
          security: [{ [ACCESS_TOKEN]: [] }],
          parameters: [lngParameter(t)],
          responses: { 204: { description: t('openapi.revoked') }, ...listProblems(t, TOKEN_PROBLEMS) },
        },
      },
      ...listIndicatorPaths(t),
      ...listListPaths(t),
      ...listReportPaths(t),
      ...listScenarioPaths(t),
      ...listFleetPaths(t),
      ...listTelemetryPaths(t),
      ...listAlertPaths(t),
      ...listPowerPricePaths(t),
      ...listSignalPaths(t),
      [PATHS.apiModels]: get('listModels', t('endpoints.models'), refTo('ModelsAnswer')),
      ...listMarketPaths(t),
      [PATHS.apiMarket]: get('getMarket', t('endpoints.market'), refTo('MarketAnswer')),
      [PATHS.apiOpenApi]: get('getOpenApi', t('endpoints.openapi'), { type: 'object' }),
    },
    components: {
      schemas: buildComponents(t),
      securitySchemes: {
        [PERSONAL_TOKEN]: { type: 'http', scheme: 'bearer', bearerFormat: 'hi_...', description: t('openapi.personalToken') },
        [ACCESS_TOKEN]: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: t('openapi.accessToken') },
      },
    },
  };
}
