/**
 * What is the same for all rows of a batch: network, price path, and what a row does not say itself. Plain JSON in canonical units: it travels to a
 * worker, into the database and through the API.
 */
import type { NetworkInputs } from '#engine';
import type { FieldError, MachineFieldName } from '#engine/units/fields.ts';
import { defaultOf, findFieldError, NETWORK_FIELDS, PAYOUT_MODELS } from '#engine/units/fields.ts';
import { API_ROW_DEFAULTS, type RowDefaults } from '../rows/batch-row.ts';

/** Fields of a machine that may be given for all rows at once; hash rate and power are the machine's own, the count the file's. */
export const DEFAULT_FIELDS = [
  'powerUsdPerKwh',
  'poolFeeRatio',
  'uptimeRatio',
  'pue',
  'hashrateDecayRatioPerMonth',
  'hostingFeeUsdPerMonth',
  'maintenanceUsdPerMonth',
  'capexUsd',
  'residualUsd',
  'heldRatio',
  'discountRatioPerYear',
] as const satisfies readonly MachineFieldName[];
export type DefaultField = (typeof DEFAULT_FIELDS)[number];
/** Figures of a machine that its cash flow follows from: with the same ones two machines bring the same. */
export const FLOW_FIELDS = [
  'hashrateThs',
  'powerW',
  ...DEFAULT_FIELDS.filter((name): name is Exclude<DefaultField, 'discountRatioPerYear'> => name !== 'discountRatioPerYear'),
] as const;

/** `powerUsdPerKwh` `null`: every row must have its own. */
export type ScenarioDefaults = Record<Exclude<DefaultField, 'powerUsdPerKwh'>, number> & { powerUsdPerKwh: number | null };

export type BatchScenario = {
  network: NetworkInputs;
  /** For rows that do not say it themselves; a row's own figure always wins. */
  defaults: ScenarioDefaults;
  shutdownWhenUnprofitable: boolean;
};

/** "The file does not say": read with these, a row keeps apart what it says and what the scenario gives. */
export const UNSAID = Number.NaN;

/**
 * Defaults to read rows with, so that a moved default does not mean to read the file again. `hasPowerPrice`: the scenario has a power price, so
 * that a row without one is no error.
 */
export function toReadingDefaults(hasPowerPrice: boolean): RowDefaults {
  const unsaid = Object.fromEntries(DEFAULT_FIELDS.map((name) => [name, UNSAID])) as Record<DefaultField, number>;
  return { ...API_ROW_DEFAULTS, ...unsaid, powerUsdPerKwh: hasPowerPrice ? UNSAID : null };
}

/** Everything that is out of range, by field. Empty: the engine takes it. */
export function findScenarioErrors({ network, defaults }: BatchScenario): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of Object.keys(NETWORK_FIELDS) as (keyof typeof NETWORK_FIELDS)[]) {
    const value = network[name];
    if (value === null && (name === 'epochElapsedS' || name === 'networkHashrateThs')) continue;
    const error = findFieldError(name, value);
    if (error !== null) errors.push(error);
  }
  for (const name of DEFAULT_FIELDS) {
    const value = defaults[name];
    if (value === null && name === 'powerUsdPerKwh') continue;
    const error = findFieldError(name, value);
    if (error !== null) errors.push(error);
  }
  return errors;
}

export function isPayoutModel(text: string): text is NetworkInputs['payoutModel'] {
  return (PAYOUT_MODELS as readonly string[]).includes(text);
}

/** The API's defaults (DOMAIN section 11) for what a caller leaves out. */
export const API_SCENARIO_DEFAULTS: ScenarioDefaults = {
  powerUsdPerKwh: null,
  ...(Object.fromEntries(DEFAULT_FIELDS.filter((name) => name !== 'powerUsdPerKwh').map((name) => [name, defaultOf(name)])) as Record<
    Exclude<DefaultField, 'powerUsdPerKwh'>,
    number
  >),
};

export const API_HORIZON_MONTHS = defaultOf('horizonMonths');
