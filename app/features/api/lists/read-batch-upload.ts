/** The JSON beside an uploaded list: `defaults` (scenario and what rows do not say), `mapping` (corrections) and `choices`. Pure. */
import { z } from 'zod';
import { asFields, findFieldFaults } from '#app/features/api/economics/read-roi-request.ts';
import { type MarketField, resolveMarket, type UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import { type Fault, prefixFaults, toFault } from '#app/features/api/wire/fault.ts';
import { API_SCENARIO_DEFAULTS, type BatchScenario, DEFAULT_FIELDS, isPayoutModel } from '#app/features/batch/computing/scenario.ts';
import { BATCH_FIELDS } from '#app/features/batch/mapping/batch-field.ts';
import type { Correction } from '#app/features/batch/mapping/correct-mapping.ts';
import { UNIT_NAMES } from '#app/features/batch/mapping/units.ts';
import { DELIMITERS } from '#app/features/batch/reading/csv-dialect.ts';
import { MAX_COLUMNS } from '#app/features/batch/reading/limits.ts';
import { TEXT_ENCODINGS } from '#app/features/batch/reading/text-encoding.ts';
import { NO_CHOICES } from '#app/features/batch/rows/read-batch.ts';
import type { StoredRequest } from '#app/features/batch/stored/batch-request.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { reviveStorable } from '#app/platform/storable-text.ts';
import { defaultOf, FIELDS, NETWORK_FIELDS } from '#engine/units/fields.ts';

const MAX_EDITS = 100_000;
const MAX_CELL = 1000;
const row = z.int().min(1).max(2_000_000);

/** As many as a table has columns. */
export const MAX_CORRECTIONS = MAX_COLUMNS;

export const CorrectionSchema = z.strictObject({
  column: z.int().min(0).max(1000),
  field: z.enum(BATCH_FIELDS).nullable().optional(),
  unit: z.enum(UNIT_NAMES).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
});
const CorrectionsSchema = z.array(CorrectionSchema).max(MAX_CORRECTIONS);
/** `headerRow` `null`: the table has none; absent: it is guessed. */
export const SaidMappingSchema = z.strictObject({ headerRow: row.nullable().optional(), columns: CorrectionsSchema.optional() });
/** Corrections alone are those of the columns. */
export const MappingSchema = z.union([CorrectionsSchema, SaidMappingSchema]);

export const ChoicesSchema = z.strictObject({
  edits: z
    .array(z.strictObject({ row, column: z.int().min(0).max(1000), value: z.string().max(MAX_CELL) }))
    .max(MAX_EDITS)
    .optional(),
  skipRows: z.array(row).max(MAX_EDITS).optional(),
  hiddenRows: z.enum(['read', 'skip']).optional(),
  sideLines: z.enum(['report', 'skip']).optional(),
  duplicates: z.enum(['keep', 'merge', 'skip']).optional(),
  sheet: z.string().max(100).optional(),
  encoding: z.enum(TEXT_ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
});

/** Yuan for a dollar, as on the pages. */
const CNY_RANGE = { min: 0.01, max: 1000 };
const NETWORK_NAMES = Object.keys(NETWORK_FIELDS);
const OTHER_NAMES = ['shutdownWhenUnprofitable', 'payoutModel'];
const KNOWN_NAMES = new Set<string>([...NETWORK_NAMES, ...DEFAULT_FIELDS, ...OTHER_NAMES]);

export type UploadTexts = { defaults: string | null; mapping: string | null; choices: string | null };
export type ReadUpload = { kind: 'ok'; request: StoredRequest } | { kind: 'invalid'; faults: Fault[] };

function parse(text: string | null, name: string, faults: Fault[]): unknown {
  if (text === null || text.trim() === '') return undefined;
  try {
    // Escapes in JSON name characters that the database refuses.
    return JSON.parse(text, reviveStorable);
  } catch {
    faults.push(toFault(name, text, 'not_json'));
    return undefined;
  }
}

function check<T>(schema: z.ZodType<T>, raw: unknown, name: string, faults: Fault[]): T | undefined {
  if (raw === undefined) return undefined;
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues)
    faults.push(toFault([name, ...issue.path].join('.'), raw, 'bad_parameter', { reason: issue.message }));
  return undefined;
}

/** The page sends what it has shown. A figure that still is the market's keeps the market's source; any other one is the sender's. */
function nameSources(market: UsedMarket, snapshot: MarketSnapshot): UsedMarket {
  const named = Object.entries(market).map(([name, used]) => {
    const known = snapshot[name as MarketField];
    if (used?.origin !== 'request' || known.value !== used.value) return [name, used];
    const { value, source, sourceUrl, at, origin } = known;
    return [name, { value, source, sourceUrl, at, origin }];
  });
  return Object.fromEntries(named) as UsedMarket;
}

function readScenario(
  raw: unknown,
  snapshot: MarketSnapshot,
  faults: Fault[],
): Pick<StoredRequest, 'scenario' | 'cnyPerUsd' | 'market'> | null {
  const whole = raw === undefined ? {} : asFields(raw);
  if (whole === null) {
    faults.push(toFault('defaults', raw, 'not_an_object'));
    return null;
  }
  const { cnyPerUsd: typedRate, ...given } = whole;
  const own: Fault[] = findFieldFaults(given);
  for (const name of Object.keys(given))
    if (Object.hasOwn(FIELDS, name) && !KNOWN_NAMES.has(name)) own.push(toFault(name, given[name], 'unknown_field'));
  const isRate = typeof typedRate === 'number' && typedRate >= CNY_RANGE.min && typedRate <= CNY_RANGE.max;
  if (typedRate !== undefined && !isRate) own.push({ ...toFault('cnyPerUsd', typedRate, 'out_of_range'), ...CNY_RANGE });
  const numbers = given as { [name: string]: number | undefined };
  const { market: resolved, missing } = resolveMarket(numbers, snapshot);
  const market = nameSources(resolved, snapshot);
  for (const name of missing) own.push(toFault(name, undefined, 'market_unknown'));
  faults.push(...prefixFaults('defaults', own));
  if (own.length > 0) return null;
  const numberOf = (name: keyof typeof NETWORK_FIELDS) => numbers[name] ?? defaultOf(name);
  const payoutModel = typeof given.payoutModel === 'string' && isPayoutModel(given.payoutModel) ? given.payoutModel : 'FPPS';
  const scenario: BatchScenario = {
    network: {
      height: market.height!.value,
      difficulty: market.difficulty!.value,
      feesBtcPerBlock: market.feesBtcPerBlock!.value,
      priceUsdPerBtc: market.priceUsdPerBtc!.value,
      networkHashrateThs: market.networkHashrateThs?.value ?? null,
      epochElapsedS: market.epochElapsedS?.value ?? null,
      networkGrowthRatioPerMonth: numberOf('networkGrowthRatioPerMonth'),
      priceGrowthRatioPerMonth: numberOf('priceGrowthRatioPerMonth'),
      horizonMonths: numberOf('horizonMonths'),
      payoutModel,
    },
    defaults: {
      ...API_SCENARIO_DEFAULTS,
      ...(Object.fromEntries(DEFAULT_FIELDS.flatMap((name) => (numbers[name] === undefined ? [] : [[name, numbers[name]]]))) as Partial<
        BatchScenario['defaults']
      >),
    },
    shutdownWhenUnprofitable: given.shutdownWhenUnprofitable === true,
  };
  return { scenario, market, cnyPerUsd: isRate ? typedRate : snapshot.cnyPerUsd.value };
}

export function readBatchUpload(texts: UploadTexts, snapshot: MarketSnapshot): ReadUpload {
  const faults: Fault[] = [];
  const scenario = readScenario(parse(texts.defaults, 'defaults', faults), snapshot, faults);
  const mapping = check(MappingSchema, parse(texts.mapping, 'mapping', faults), 'mapping', faults);
  const { headerRow, columns: corrections } = Array.isArray(mapping) ? { headerRow: undefined, columns: mapping } : (mapping ?? {});
  const choices = check(ChoicesSchema, parse(texts.choices, 'choices', faults), 'choices', faults) ?? {};
  if (faults.length > 0 || scenario === null) return { kind: 'invalid', faults };
  const { sheet, encoding, delimiter, ...rowChoices } = choices;
  const said = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
  return {
    kind: 'ok',
    request: {
      ...scenario,
      corrections: (corrections as Correction[] | undefined) ?? null,
      ...(headerRow === undefined ? {} : { headerRow }),
      choices: { ...NO_CHOICES, ...(said(rowChoices) as Partial<typeof NO_CHOICES>) },
      table: said({ sheet, encoding, delimiter }) as StoredRequest['table'],
    },
  };
}
