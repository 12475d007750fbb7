/**
 * What the developers' page shows, read from the OpenAPI document and the table of fields: no field, range or default is typed
 * here. Pure; texts arrive with the document.
 */

import { MEASURED_FIELDS, SNAPSHOT_FIELDS } from '#app/features/api/economics/resolve-market.ts';
import { ESTIMATED_FIELDS, RISK_FIELD_NAMES } from '#app/features/api/economics/risk-request.ts';
import type { OpenApiDocument } from '#app/features/api/openapi/build-openapi.ts';
import type { ComponentName, JsonSchema } from '#app/features/api/openapi/components.ts';
import { FIELDS, type FieldName, HOSTING_FIELDS, MACHINE_FIELDS, NETWORK_FIELDS } from '#engine/units/fields.ts';

/** What happens when a field is left out. */
export type Absence =
  | { kind: 'required' | 'required-or-model' | 'from-market' | 'derived' | 'estimated' | 'not-given' }
  | { kind: 'default'; value: string };

export type RequestField = {
  name: string;
  meaning: string;
  unit: string | null;
  /** `(0, 1000000]`: a round bracket excludes its end. */
  interval: string | null;
  isInteger: boolean;
  choices: readonly string[];
  /** Longest text, for texts. */
  maxLength: number | null;
  absence: Absence;
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

export type Endpoint = { method: string; path: string; purpose: string };

/** Every address and method of the document, in its order. */
export function listEndpoints({ paths }: OpenApiDocument): Endpoint[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, purpose: operation.summary }];
    }),
  );
}

const FLAT_GROUPS = ['groupMachine', 'groupNetwork', 'groupHosting', 'groupRisk'] as const;

/** Requests that nest: what stands before the names of a component's fields. */
const NESTED_GROUPS = {
  groupShed: [['', 'ShedRequest']],
  groupShedMachine: [['', 'ShedMachine']],
  groupShedMode: [['', 'ShedMode']],
  groupShedRules: [
    ['custom.', 'ShedRules'],
    ['weights[].', 'ShedWeight'],
  ],
  groupPlan: [['', 'PlanRequest']],
  groupPlanMachine: [['', 'PlanMachine']],
  groupPlanMode: [['', 'PlanMode']],
  groupPlanSite: [['', 'PlanSite']],
  groupPlanTerms: [
    ['interval.', 'PlanInterval'],
    ['clients[].', 'PlanClient'],
    ['takeOrPay.', 'TakeOrPay'],
    ['demandCharge.', 'DemandCharge'],
    ['locks[].', 'PlanLock'],
    ['options.', 'PlanOptions'],
  ],
  groupIndicator: [
    ['', 'IndicatorRequest'],
    ['candles[].', 'Candle'],
  ],
  groupForecast: [['', 'ForecastRequest']],
  groupList: [
    ['', 'ListUpload'],
    ['mapping.', 'ListMapping'],
    ['mapping.columns[].', 'ListCorrection'],
    ['choices.', 'ListChoices'],
  ],
} as const satisfies Record<string, readonly (readonly [string, ComponentName])[]>;

type FlatGroup = (typeof FLAT_GROUPS)[number];
export type RequestGroup = { title: FlatGroup | keyof typeof NESTED_GROUPS; fields: RequestField[] };

/** Order of the page: what a caller needs first comes first. */
const GROUP_NAMES: Record<FlatGroup, readonly string[]> = {
  groupMachine: ['model', ...Object.keys(MACHINE_FIELDS), 'shutdownWhenUnprofitable'],
  groupNetwork: [...Object.keys(NETWORK_FIELDS), 'payoutModel'],
  groupHosting: Object.keys(HOSTING_FIELDS),
  groupRisk: RISK_FIELD_NAMES,
};

/** The flat requests: RiskRequest has every field of RoiRequest and its own. */
export function listFlatGroups({ components }: OpenApiDocument): RequestGroup[] {
  const { properties = {}, required = [] } = components.schemas.RiskRequest;
  return FLAT_GROUPS.map((title) => ({
    title,
    fields: GROUP_NAMES[title].flatMap((name) => {
      const schema = properties[name];
      return schema === undefined ? [] : [toRequestField(name, schema, required.includes(name))];
    }),
  }));
}

/** The requests that nest, component by component. */
export function listNestedGroups({ components }: OpenApiDocument): RequestGroup[] {
  return (Object.keys(NESTED_GROUPS) as (keyof typeof NESTED_GROUPS)[]).map((title) => ({
    title,
    fields: NESTED_GROUPS[title].flatMap(([prefix, component]) => {
      const { properties = {}, required = [] } = components.schemas[component];
      return Object.entries(properties).map(([name, schema]) => {
        const number = (schema.anyOf ?? []).find(({ type }) => type === 'number' || type === 'integer') ?? schema.items ?? schema;
        const { type, minimum, maximum, exclusiveMinimum, 'x-unit': unit } = number;
        const field = toRequestField(
          name,
          { ...schema, type, minimum, maximum, exclusiveMinimum, 'x-unit': unit },
          required.includes(name),
        );
        return { ...field, name: `${prefix}${name}`, absence: toNestedAbsence(schema, required.includes(name)) };
      });
    }),
  }));
}

function toNestedAbsence(schema: JsonSchema, isRequired: boolean): Absence {
  if (isRequired) return { kind: 'required' };
  return schema.default === undefined ? { kind: 'not-given' } : { kind: 'default', value: String(schema.default) };
}

function toRequestField(name: string, schema: JsonSchema, isRequired: boolean): RequestField {
  return {
    name,
    meaning: schema.description ?? '',
    unit: schema['x-unit'] ?? null,
    interval: toInterval(schema),
    isInteger: schema.type === 'integer',
    choices: schema.enum ?? (schema.type === 'boolean' ? ['true', 'false'] : []),
    maxLength: schema.maxLength ?? null,
    absence: isRequired ? { kind: 'required' } : toAbsence(name, schema),
  };
}

function toInterval({ minimum, exclusiveMinimum, maximum }: JsonSchema): string | null {
  const min = exclusiveMinimum ?? minimum;
  if (min === undefined || maximum === undefined) return null;
  return `${exclusiveMinimum === undefined ? '[' : '('}${writeNumber(min)}, ${writeNumber(maximum)}]`;
}

/** As JSON takes it, long ones with an exponent. */
function writeNumber(value: number): string {
  return Math.abs(value) >= 1e6 ? value.toExponential().replace('+', '') : String(value);
}

function toAbsence(name: string, schema: JsonSchema): Absence {
  if (schema.default !== undefined) return { kind: 'default', value: String(schema.default) };
  if ((SNAPSHOT_FIELDS as readonly string[]).includes(name)) return { kind: 'from-market' };
  if ((MEASURED_FIELDS as readonly string[]).includes(name)) return { kind: 'derived' };
  if ((ESTIMATED_FIELDS as readonly string[]).includes(name)) return { kind: 'estimated' };
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name as FieldName] : undefined;
  return { kind: field !== undefined && (name === 'hashrateThs' || name === 'powerW') ? 'required-or-model' : 'not-given' };
}

export type AnswerField = {
  name: string;
  meaning: string;
  type: 'number' | 'integer' | 'text' | 'boolean' | 'object' | 'list';
  isNullable: boolean;
  isOptional: boolean;
};

/** Components of answers in the order the page shows them. */
export const ANSWER_COMPONENTS = [
  'RoiAnswer',
  'Today',
  'Projection',
  'Month',
  'Verification',
  'UsedFigure',
  'BatchAnswer',
  'BatchSummary',
  'FleetToday',
  'FleetProjection',
  'RiskAnswer',
  'RiskQuantiles',
  'RiskErrors',
  'RiskShutdown',
  'FanMonth',
  'UsedOption',
  'Model',
  'MarketFigure',
  'MarketHistory',
  'MarketPoint',
  'ShedAnswer',
  'ShedDecision',
  'ShedBlocker',
  'PlanAnswer',
  'PlannedUnit',
  'PlanMoney',
  'PlanGapParts',
  'PlanShadowPrices',
  'IndicatorAnswer',
  'IndicatorHistory',
  'IndicatorEntry',
  'IndicatorParam',
  'IndicatorOutput',
  'OwnForecast',
  'OwnParameter',
  'OwnPoint',
  'SeriesForecast',
  'ForecastHorizon',
  'NextRetarget',
  'DatedForecast',
  'ForecastBacktest',
  'BacktestRow',
  'ListEntry',
  'ListFigures',
  'ListAnswer',
  'ListTable',
  'ListSummary',
  'ListProjection',
  'ListLosing',
  'ListCurveStep',
  'ListRow',
  'ListError',
  'ListProgress',
  'ReportAnswer',
  'TokenAnswer',
  'Error',
] as const satisfies readonly ComponentName[];

export type AnswerGroup = { component: (typeof ANSWER_COMPONENTS)[number]; fields: AnswerField[] };

export function listAnswerGroups({ components }: OpenApiDocument): AnswerGroup[] {
  return ANSWER_COMPONENTS.map((component) => {
    const { properties = {}, required = [] } = components.schemas[component];
    return {
      component,
      fields: Object.entries(properties).map(([name, schema]) => ({
        name,
        meaning: schema.description ?? '',
        type: toType(schema),
        isNullable: (schema.anyOf ?? []).some((part) => part.type === 'null'),
        isOptional: !required.includes(name),
      })),
    };
  });
}

const TYPES: Readonly<Record<string, AnswerField['type']>> = {
  number: 'number',
  integer: 'integer',
  string: 'text',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
};

function toType(schema: JsonSchema): AnswerField['type'] {
  const kinds = (schema.anyOf ?? [schema]).filter((part) => part.type !== 'null');
  return TYPES[kinds[0]?.type ?? 'object'] ?? 'object';
}
