/**
 * The components of the API's description: every schema that refuses a request or holds an answer, as JSON Schema with a description on each property. Words come from
 * locales/<language>/developers.json; a property without a description there is a defect and throws. Pure.
 */
import { z } from 'zod';
import { TokenAnswerSchema } from '#app/features/accounts/tokens/token-answer.ts';
import * as riskAnswers from '#app/features/api/economics/risk-answer.ts';
import { RiskRequestSchema } from '#app/features/api/economics/risk-request.ts';
import * as answers from '#app/features/api/economics/roi-answer.ts';
import { BatchRequestSchema, RoiFieldsSchema, RoiRequestSchema } from '#app/features/api/economics/roi-request.ts';
import { ALERT_ANSWERS, ALERT_REQUESTS } from '#app/features/api/fleet/alert-schemas.ts';
import { FLEET_ANSWERS, FLEET_REQUESTS } from '#app/features/api/fleet/fleet-schemas.ts';
import { TELEMETRY_ANSWERS, TELEMETRY_REQUESTS } from '#app/features/api/fleet/telemetry-schemas.ts';
import * as lists from '#app/features/api/lists/list-schemas.ts';
import * as indicatorAnswers from '#app/features/api/market/indicator-answer.ts';
import * as indicatorRequests from '#app/features/api/market/indicator-request.ts';
import { MarketHistorySchema, MarketPointSchema } from '#app/features/api/market/market-history-answer.ts';
import { POWER_PRICE_ANSWERS, POWER_PRICE_REQUESTS } from '#app/features/api/market/power-price-schemas.ts';
import { SIGNAL_ANSWERS, SIGNAL_REQUESTS } from '#app/features/api/market/signal-watch-schemas.ts';
import * as reports from '#app/features/api/report-request.ts';
import * as planAnswers from '#app/features/curtailment/plan-answer.ts';
import * as planRequests from '#app/features/curtailment/plan-request.ts';
import * as shedAnswers from '#app/features/curtailment/shed-answer.ts';
import * as shedRequests from '#app/features/curtailment/shed-request.ts';
import * as forecasts from '#app/features/forecasting/forecast-answer.ts';
import { ForecastRequestSchema } from '#app/features/forecasting/forecast-request.ts';
import * as scenarios from '#app/features/scenarios/scenario-answer.ts';
import type { DeveloperTexts } from './operation-parts.ts';

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
  ListMapping: lists.ListMappingSchema,
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
  ListTable: lists.ListTableSchema,
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

/** All components, described in the language of `t`. */
export function buildComponents(t: DeveloperTexts): Record<ComponentName, JsonSchema> {
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
