/**
 * From a parsed JSON value to the engine's inputs, or to everything that is wrong with it at once. Pure: the market snapshot
 * and the catalogue are arguments. Used for a single request, for the `defaults` of a batch and for each of its rows.
 */
import type { z } from 'zod';
import { type Fault, MAX_FAULTS_PER_REQUEST, toFault, toFieldFault } from '#app/features/api/wire/fault.ts';
import type { Machine } from '#app/features/catalogue/machine.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { RoiInputs } from '#engine';
import { defaultOf, type FieldName, findFieldError, PAYOUT_MODELS } from '#engine/units/fields.ts';
import { type ResolvedMarket, resolveMarket, type UsedMarket } from './resolve-market.ts';
import { isFieldName, MAX_MODEL_LENGTH, RoiFieldsSchema, type RoiRequestSchema } from './roi-request.ts';

/** The catalogue as a request needs it. */
export type MachineLookup = {
  findMachine: (name: string) => Machine | null;
  suggestMachines: (name: string) => Machine[];
};

export type RequestContext = MachineLookup & { snapshot: MarketSnapshot };

export type ReadRequest =
  | { kind: 'ok'; inputs: RoiInputs; market: UsedMarket; model: string | null }
  | { kind: 'invalid'; faults: Fault[] };

type Request = z.infer<typeof RoiRequestSchema>;

/** Reads one request with its defaults filled in. At most `maxFaults` faults are told. */
export function readRoiRequest(raw: unknown, context: RequestContext, maxFaults = MAX_FAULTS_PER_REQUEST): ReadRequest {
  const fields = asFields(raw);
  if (fields === null) return { kind: 'invalid', faults: [toFault('', raw, 'not_an_object')] };
  const faults = findFieldFaults(fields, maxFaults);
  const refused = new Set(faults.map((fault) => fault.field));
  const machine = resolveMachine(fields, refused, context);
  const resolved = resolveMarket(withoutRefused(fields, refused), context.snapshot);
  if (fields.powerUsdPerKwh === undefined) faults.push(toFieldFault('powerUsdPerKwh', undefined, 'missing'));
  faults.push(...machine.faults, ...findMissingMarket(resolved, refused), ...findContractFaults(fields, refused));
  if (faults.length > 0) return { kind: 'invalid', faults: faults.slice(0, maxFaults) };
  const inputs = toInputs({ ...(fields as Request), hashrateThs: machine.hashrateThs, powerW: machine.powerW }, resolved.market);
  return { kind: 'ok', inputs, market: resolved.market, model: machine.model };
}

/**
 * What is wrong with the fields that are present, in the order they were sent. zod decides whether a request passes; the range
 * table then says what is wrong, so that a message never depends on zod's wording. Missing fields are the caller's affair.
 */
export function findFieldFaults(fields: Readonly<Record<string, unknown>>, maxFaults = MAX_FAULTS_PER_REQUEST): Fault[] {
  const parsed = RoiFieldsSchema.safeParse(fields);
  if (parsed.success) return [];
  const wrong = new Set<string>();
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) wrong.add(key);
    else wrong.add(String(issue.path[0]));
  }
  const faults: Fault[] = [];
  for (const name of Object.keys(fields)) {
    if (!wrong.has(name)) continue;
    faults.push(explainField(name, fields[name]));
    if (faults.length === maxFaults) break;
  }
  return faults;
}

/** The value as named fields; `null` when it is not an object. */
export function asFields(raw: unknown): Readonly<Record<string, unknown>> | null {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Record<string, unknown>) : null;
}

function explainField(name: string, value: unknown): Fault {
  if (isFieldName(name)) {
    // null in JSON is a value that is not a number, not an absent field.
    const code = value === null ? 'not_a_number' : (findFieldError(name, value)?.code ?? 'not_a_number');
    return toFieldFault(name, value, code);
  }
  if (name === 'model') return toFault(name, value, 'not_a_text', { max: MAX_MODEL_LENGTH });
  if (name === 'payoutModel') return toFault(name, value, 'not_a_choice', { choices: PAYOUT_MODELS.join(', ') });
  if (name === 'shutdownWhenUnprofitable') return toFault(name, value, 'not_a_boolean');
  return toFault(name, value, 'unknown_field');
}

type ResolvedMachine = { hashrateThs: number; powerW: number; model: string | null; faults: Fault[] };

/** Hash rate and power: as given, else from the catalogue by model. A model whose figures are both given is only a label. */
function resolveMachine(fields: Readonly<Record<string, unknown>>, refused: ReadonlySet<string>, lookup: MachineLookup): ResolvedMachine {
  const names = ['hashrateThs', 'powerW'] as const;
  const model = typeof fields.model === 'string' && !refused.has('model') ? fields.model : null;
  const absent = names.filter((name) => fields[name] === undefined);
  const machine = model === null ? null : lookup.findMachine(model);
  const figureOf = (name: 'hashrateThs' | 'powerW') =>
    absent.includes(name) && machine !== null ? machine[name] : (fields[name] as number);
  const faults: Fault[] = [];
  if (absent.length > 0 && machine === null) {
    if (model !== null) faults.push(explainUnknownModel(model, lookup));
    else if (!refused.has('model')) faults.push(...absent.map((name) => toFieldFault(name, undefined, 'missing_or_model')));
  }
  return { hashrateThs: figureOf('hashrateThs'), powerW: figureOf('powerW'), model: machine?.name ?? model, faults };
}

function explainUnknownModel(model: string, lookup: MachineLookup): Fault {
  const suggestions = lookup.suggestMachines(model).map((machine) => machine.name);
  return toFault('model', model, 'unknown_model', { suggestions: suggestions.join(', ') });
}

function withoutRefused(fields: Readonly<Record<string, unknown>>, refused: ReadonlySet<string>): Readonly<Record<string, never>> {
  if (refused.size === 0) return fields as Record<string, never>;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.has(name))) as Record<string, never>;
}

/** A refused figure was given, only wrongly: it is not missing as well. */
function findMissingMarket(resolved: ResolvedMarket, refused: ReadonlySet<string>): Fault[] {
  return resolved.missing.filter((name) => !refused.has(name)).map((name) => toFieldFault(name, undefined, 'market_unknown'));
}

/** What a host invests means nothing without a contract; 0, which an answer echoes, is no investment. */
function findContractFaults(
  { hostCapexUsd, clientPowerUsdPerKwh }: Readonly<Record<string, unknown>>,
  refused: ReadonlySet<string>,
): Fault[] {
  const isLost = clientPowerUsdPerKwh === undefined && hostCapexUsd !== undefined && hostCapexUsd !== 0 && !refused.has('hostCapexUsd');
  return isLost ? [toFault('hostCapexUsd', hostCapexUsd, 'needs_client_power')] : [];
}

/** The engine's inputs, with the API's defaults (DOMAIN section 11) in place of what was left out. */
function toInputs(request: Request & { hashrateThs: number; powerW: number }, market: UsedMarket): RoiInputs {
  const numberOf = (name: FieldName): number => request[name] ?? defaultOf(name);
  const figureOf = (name: keyof UsedMarket): number => {
    const figure = market[name];
    if (figure === null) throw new Error(`${name} is needed but was not resolved`);
    return figure.value;
  };
  return {
    height: figureOf('height'),
    difficulty: figureOf('difficulty'),
    feesBtcPerBlock: figureOf('feesBtcPerBlock'),
    epochElapsedS: market.epochElapsedS?.value ?? null,
    networkHashrateThs: market.networkHashrateThs?.value ?? null,
    networkGrowthRatioPerMonth: numberOf('networkGrowthRatioPerMonth'),
    priceUsdPerBtc: figureOf('priceUsdPerBtc'),
    priceGrowthRatioPerMonth: numberOf('priceGrowthRatioPerMonth'),
    horizonMonths: numberOf('horizonMonths'),
    payoutModel: request.payoutModel ?? PAYOUT_MODELS[0],
    hashrateThs: request.hashrateThs,
    powerW: request.powerW,
    count: numberOf('count'),
    powerUsdPerKwh: request.powerUsdPerKwh,
    poolFeeRatio: numberOf('poolFeeRatio'),
    uptimeRatio: numberOf('uptimeRatio'),
    pue: numberOf('pue'),
    hashrateDecayRatioPerMonth: numberOf('hashrateDecayRatioPerMonth'),
    hostingFeeUsdPerMonth: numberOf('hostingFeeUsdPerMonth'),
    maintenanceUsdPerMonth: numberOf('maintenanceUsdPerMonth'),
    capexUsd: numberOf('capexUsd'),
    residualUsd: numberOf('residualUsd'),
    heldRatio: numberOf('heldRatio'),
    discountRatioPerYear: numberOf('discountRatioPerYear'),
    shutdownWhenUnprofitable: request.shutdownWhenUnprofitable ?? false,
    clientPowerUsdPerKwh: request.clientPowerUsdPerKwh ?? null,
    hostCapexUsd: numberOf('hostCapexUsd'),
  };
}
