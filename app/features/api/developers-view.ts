/**
 * What the developers' page shows, read from the OpenAPI document and the table of fields: no field, range or default is typed
 * here. Pure; texts arrive with the document.
 */
import { FIELDS, type FieldName, HOSTING_FIELDS, MACHINE_FIELDS, NETWORK_FIELDS } from '#engine/units/fields.ts';
import type { ComponentName, JsonSchema, OpenApiDocument } from './openapi.ts';
import { MEASURED_FIELDS, SNAPSHOT_FIELDS } from './resolve-market.ts';
import { ESTIMATED_FIELDS, RISK_FIELD_NAMES } from './risk-request.ts';

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

const REQUEST_GROUPS = ['groupMachine', 'groupNetwork', 'groupHosting', 'groupRisk'] as const;
export type RequestGroup = { title: (typeof REQUEST_GROUPS)[number]; fields: RequestField[] };

/** Order of the page: what a caller needs first comes first. */
const GROUP_NAMES: Record<(typeof REQUEST_GROUPS)[number], readonly string[]> = {
  groupMachine: ['model', ...Object.keys(MACHINE_FIELDS), 'shutdownWhenUnprofitable'],
  groupNetwork: [...Object.keys(NETWORK_FIELDS), 'payoutModel'],
  groupHosting: Object.keys(HOSTING_FIELDS),
  groupRisk: RISK_FIELD_NAMES,
};

export function listRequestGroups({ components }: OpenApiDocument): RequestGroup[] {
  // Has every field of RoiRequest and its own.
  const { properties = {}, required = [] } = components.schemas.RiskRequest;
  return REQUEST_GROUPS.map((title) => ({
    title,
    fields: GROUP_NAMES[title].flatMap((name) => {
      const schema = properties[name];
      return schema === undefined ? [] : [toRequestField(name, schema, required.includes(name))];
    }),
  }));
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
  'ShedAnswer',
  'ShedDecision',
  'ShedBlocker',
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
