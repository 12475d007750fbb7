/**
 * The API's description as an OpenAPI 3.1 document, generated from the schemas that refuse requests and hold answers. Words come
 * from locales/<language>/developers.json; a property without a description there is a defect and throws. Pure.
 */
import { z } from 'zod';
import { TokenAnswerSchema } from '#app/features/accounts/token-answer.ts';
import * as planAnswers from '#app/features/curtailment/plan-answer.ts';
import { PLAN_EXAMPLE } from '#app/features/curtailment/plan-example.ts';
import * as planRequests from '#app/features/curtailment/plan-request.ts';
import * as shedAnswers from '#app/features/curtailment/shed-answer.ts';
import { SHED_EXAMPLE } from '#app/features/curtailment/shed-example.ts';
import * as shedRequests from '#app/features/curtailment/shed-request.ts';
import * as forecasts from '#app/features/forecasting/forecast-answer.ts';
import { FORECAST_EXAMPLE, ForecastRequestSchema } from '#app/features/forecasting/forecast-request.ts';
import * as scenarios from '#app/features/scenarios/scenario-answer.ts';
import { PATHS } from '#app/paths.ts';
import { ALERT_ANSWERS, ALERT_REQUESTS } from './alert-schemas.ts';
import { FLEET_ANSWERS, FLEET_REQUESTS } from './fleet-schemas.ts';
import * as indicatorAnswers from './indicator-answer.ts';
import * as indicatorRequests from './indicator-request.ts';
import * as lists from './list-schemas.ts';
import { MarketHistorySchema, MarketPointSchema } from './market-history-answer.ts';
import { listAlertPaths } from './openapi-alerts.ts';
import { listFleetPaths } from './openapi-fleet.ts';
import { listForecastPaths } from './openapi-forecasts.ts';
import { listIndicatorPaths } from './openapi-indicators.ts';
import { listListPaths } from './openapi-lists.ts';
import { listMarketPaths } from './openapi-market.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, POST_PROBLEMS, refTo } from './openapi-parts.ts';
import { listPowerPricePaths } from './openapi-power-prices.ts';
import { listReportPaths } from './openapi-reports.ts';
import { listScenarioPaths } from './openapi-scenarios.ts';
import { listSignalPaths } from './openapi-signals.ts';
import { listTelemetryPaths } from './openapi-telemetry.ts';
import { POWER_PRICE_ANSWERS, POWER_PRICE_REQUESTS } from './power-price-schemas.ts';
import type { ProblemKind } from './problem-kinds.ts';
import * as reports from './report-request.ts';
import * as riskAnswers from './risk-answer.ts';
import { RiskRequestSchema } from './risk-request.ts';
import * as answers from './roi-answer.ts';
import { BatchRequestSchema, MAX_BATCH_MONTH_ROWS, RoiFieldsSchema, RoiRequestSchema } from './roi-request.ts';
import { SIGNAL_ANSWERS, SIGNAL_REQUESTS } from './signal-watch-schemas.ts';
import { TELEMETRY_ANSWERS, TELEMETRY_REQUESTS } from './telemetry-schemas.ts';
import { BATCH_EXAMPLE, GOLDEN_EXAMPLE, MODEL_EXAMPLE, RISK_EXAMPLE } from './worked-example.ts';

/** Version of the wire contract (decision 0050), not of the product. */
const API_VERSION = '1.0.0';

const REQUEST_SCHEMAS = {
  RoiFields: RoiFieldsSchema,
  RoiRequest: RoiRequestSchema,
  BatchRequest: BatchRequestSchema,
  RiskRequest: RiskRequestSchema,
  ShedRequest: shedRequests.ShedRequestSchema,
  ShedRules: shedRequests.ShedRulesSchema,
  ShedWeight: shedRequests.ShedWeightSchema,
  ShedMachine: shedRequests.ShedMachineSchema,
  ShedMode: shedRequests.ShedModeSchema,
  PlanRequest: planRequests.PlanRequestSchema,
  PlanInterval: planRequests.PlanIntervalSchema,
  PlanMachine: planRequests.PlanMachineSchema,
  PlanMode: planRequests.PlanModeSchema,
  PlanLock: planRequests.PlanLockSchema,
  PlanSite: planRequests.PlanSiteSchema,
  PlanClient: planRequests.PlanClientSchema,
  TakeOrPay: planRequests.TakeOrPaySchema,
  DemandCharge: planRequests.DemandChargeSchema,
  PlanOptions: planRequests.PlanOptionsSchema,
  IndicatorRequest: indicatorRequests.IndicatorRequestSchema,
  Candle: indicatorRequests.CandleSchema,
  ForecastRequest: ForecastRequestSchema,
  ReportRequest: reports.ReportRequestSchema,
  ReportSubject: reports.ReportSubjectSchema,
  ListUpload: lists.ListUploadSchema,
  ListCorrection: lists.ListCorrectionSchema,
  ListChoices: lists.ListChoicesSchema,
  ListChange: lists.ListChangeSchema,
  ListAgain: lists.ListAgainSchema,
  ...FLEET_REQUESTS,
  ...TELEMETRY_REQUESTS,
  ...ALERT_REQUESTS,
  ...POWER_PRICE_REQUESTS,
  ...SIGNAL_REQUESTS,
};
const ANSWER_SCHEMAS = {
  Inputs: answers.InputsSchema,
  Today: answers.TodaySchema,
  Month: answers.MonthSchema,
  Projection: answers.ProjectionSchema,
  RowProjection: answers.RowProjectionSchema,
  Verification: answers.VerificationSchema,
  UsedFigure: answers.UsedFigureSchema,
  UsedMarket: answers.UsedMarketSchema,
  RoiAnswer: answers.RoiAnswerSchema,
  Error: answers.ErrorSchema,
  Problem: answers.ProblemSchema,
  BatchRow: answers.BatchRowSchema,
  FleetToday: answers.FleetTodaySchema,
  FleetProjection: answers.FleetProjectionSchema,
  BatchSummary: answers.BatchSummarySchema,
  BatchAnswer: answers.BatchAnswerSchema,
  Model: answers.ModelSchema,
  ModelsAnswer: answers.ModelsAnswerSchema,
  MarketFigure: answers.SnapshotFigureSchema,
  MarketAnswer: answers.MarketAnswerSchema,
  MarketHistory: MarketHistorySchema,
  MarketPoint: MarketPointSchema,
  RiskInputs: riskAnswers.RiskInputsSchema,
  UsedOption: riskAnswers.UsedOptionSchema,
  RiskEstimates: riskAnswers.RiskEstimatesSchema,
  Quantiles: riskAnswers.QuantilesSchema,
  MaybeQuantiles: riskAnswers.MaybeQuantilesSchema,
  RiskQuantiles: riskAnswers.RiskQuantilesSchema,
  RiskErrors: riskAnswers.RiskErrorsSchema,
  RiskShutdown: riskAnswers.RiskShutdownSchema,
  FanMonth: riskAnswers.FanMonthSchema,
  RiskAnswer: riskAnswers.RiskAnswerSchema,
  ShedAnswer: shedAnswers.ShedAnswerSchema,
  ShedDecision: shedAnswers.ShedDecisionSchema,
  ShedReason: shedAnswers.ShedReasonSchema,
  ShedBlocker: shedAnswers.ShedBlockerSchema,
  ShedLattice: shedAnswers.ShedLatticeSchema,
  ShedInputs: shedAnswers.ShedInputsSchema,
  PlanAnswer: planAnswers.PlanAnswerSchema,
  PlannedUnit: planAnswers.PlannedUnitSchema,
  PlanGapParts: planAnswers.PlanGapPartsSchema,
  PlanMoney: planAnswers.PlanMoneySchema,
  PlanShadowPrices: planAnswers.PlanShadowPricesSchema,
  PlanMultipliers: planAnswers.PlanMultipliersSchema,
  PlanCertificate: planAnswers.PlanCertificateSchema,
  PlanRelaxation: planAnswers.PlanRelaxationSchema,
  UsedPlanOptions: planAnswers.UsedPlanOptionsSchema,
  IndicatorAnswer: indicatorAnswers.IndicatorAnswerSchema,
  IndicatorHistory: indicatorAnswers.IndicatorHistorySchema,
  IndicatorsAnswer: indicatorAnswers.IndicatorsAnswerSchema,
  IndicatorEntry: indicatorAnswers.IndicatorEntrySchema,
  IndicatorParam: indicatorAnswers.IndicatorParamSchema,
  IndicatorOutput: indicatorAnswers.IndicatorOutputSchema,
  ForecastBacktest: forecasts.ForecastBacktestSchema,
  BacktestRow: forecasts.BacktestRowSchema,
  NextRetarget: forecasts.NextRetargetSchema,
  DatedForecast: forecasts.DatedForecastSchema,
  ForecastCurrent: forecasts.ForecastCurrentSchema,
  ForecastHorizon: forecasts.ForecastHorizonSchema,
  ForecastInterval: forecasts.ForecastIntervalSchema,
  SeriesForecast: forecasts.SeriesForecastSchema,
  OwnForecast: forecasts.OwnForecastSchema,
  OwnParameter: forecasts.OwnParameterSchema,
  OwnPoint: forecasts.OwnPointSchema,
  ResidualTests: forecasts.ResidualTestsSchema,
  TokenAnswer: TokenAnswerSchema,
  ReportOrdered: reports.ReportOrderedSchema,
  ReportAnswer: reports.ReportAnswerSchema,
  ScenariosAnswer: scenarios.ScenariosAnswerSchema,
  ScenarioEntry: scenarios.ScenarioEntrySchema,
  ScenarioExplanation: scenarios.ScenarioExplanationSchema,
  ExplainedRate: scenarios.ExplainedRateSchema,
  ExplainedFigure: scenarios.ExplainedFigureSchema,
  InYuan: scenarios.InYuanSchema,
  Contribution: scenarios.ContributionSchema,
  ChangedInput: scenarios.ChangedInputSchema,
  MarketThenNow: scenarios.MarketThenNowSchema,
  UsedMarketFigure: scenarios.UsedMarketFigureSchema,
  MissingInput: scenarios.MissingInputSchema,
  ListOrdered: lists.ListOrderedSchema,
  ListChanged: lists.ListChangedSchema,
  ListsAnswer: lists.ListsAnswerSchema,
  ListEntry: lists.ListEntrySchema,
  ListFigures: lists.ListFiguresSchema,
  ListAnswer: lists.ListAnswerSchema,
  ListSummary: lists.ListSummarySchema,
  ListToday: lists.ListTodaySchema,
  ListProjection: lists.ListProjectionSchema,
  ListLosing: lists.ListLosingSchema,
  ListCurveStep: lists.ListCurveStepSchema,
  ListRowsAnswer: lists.ListRowsAnswerSchema,
  ListRow: lists.ListRowSchema,
  ListErrorsAnswer: lists.ListErrorsAnswerSchema,
  ListError: lists.ListErrorSchema,
  ListProgress: lists.ListProgressSchema,
  ...FLEET_ANSWERS,
  ...TELEMETRY_ANSWERS,
  ...ALERT_ANSWERS,
  ...POWER_PRICE_ANSWERS,
  ...SIGNAL_ANSWERS,
};

export type ComponentName = keyof typeof REQUEST_SCHEMAS | keyof typeof ANSWER_SCHEMAS;

const TOKEN_PROBLEMS: readonly ProblemKind[] = ['unauthenticated', 'method-not-allowed', 'too-many-requests', 'internal', 'unavailable'];

/** Names of the ways to say who asks. */
const PERSONAL_TOKEN = 'personalToken';
const ACCESS_TOKEN = 'accessToken';
/** Computing needs nobody's name; whoever shows a token is held to its scopes. */
const OPEN_TO_GUESTS = [{}, { [PERSONAL_TOKEN]: [] }, { [ACCESS_TOKEN]: [] }];

/** The part of JSON Schema 2020-12 that our schemas use. */
export type JsonSchema = {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  enum?: string[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  additionalProperties?: boolean | JsonSchema;
  'x-unit'?: string;
};

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

function buildComponents(t: DeveloperTexts): Record<ComponentName, JsonSchema> {
  const generated = { ...generate(REQUEST_SCHEMAS, 'input'), ...generate(ANSWER_SCHEMAS, 'output') };
  const texts = t('fields', { returnObjects: true }) as Record<string, string>;
  const special = t('fieldsOf', { returnObjects: true }) as Record<string, Record<string, string>>;
  // Names such as "site" and "status" mean the same in all schemas of a room, and something else elsewhere.
  const rooms = [
    { texts: t('fieldsOfAlerts', { returnObjects: true }), schemas: { ...ALERT_REQUESTS, ...ALERT_ANSWERS } },
    { texts: t('fieldsOfFleet', { returnObjects: true }), schemas: { ...FLEET_REQUESTS, ...FLEET_ANSWERS } },
    { texts: t('fieldsOfPowerPrices', { returnObjects: true }), schemas: { ...POWER_PRICE_REQUESTS, ...POWER_PRICE_ANSWERS } },
    { texts: t('fieldsOfSignals', { returnObjects: true }), schemas: { ...SIGNAL_REQUESTS, ...SIGNAL_ANSWERS } },
    { texts: t('fieldsOfTelemetry', { returnObjects: true }), schemas: { ...TELEMETRY_REQUESTS, ...TELEMETRY_ANSWERS } },
  ];
  for (const [component, schema] of Object.entries(generated)) {
    const room = rooms.find(({ schemas }) => Object.hasOwn(schemas, component))?.texts as Record<string, string> | undefined;
    describe(schema, (name) => {
      const text = special[component]?.[name] ?? room?.[name] ?? texts[name];
      if (text === undefined) throw new Error(`${component}.${name} has no description`);
      return text;
    });
  }
  return generated as Record<ComponentName, JsonSchema>;
}

/** JSON Schemas of named zod schemas, each referring to the others by name. */
function generate(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: generated } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  const named = generated as Record<string, JsonSchema & { $schema?: string; $id?: string }>;
  for (const schema of Object.values(named)) {
    // The document states the dialect once, and a component's place is its name.
    delete schema.$schema;
    delete schema.$id;
  }
  return named;
}

function describe(schema: JsonSchema, textOf: (name: string) => string): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    property.description = textOf(name);
    describe(property, textOf);
  }
  for (const part of [schema.items ?? [], schema.anyOf ?? [], schema.oneOf ?? []].flat()) describe(part, textOf);
}
