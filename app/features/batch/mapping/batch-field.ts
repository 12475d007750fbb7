/** What a column of a file may be: the engine's inputs of a machine group (`engine/units/fields.ts`), what names it, or what it is derived from. */

export const TEXT_FIELDS = ['model', 'serial'] as const;
/** Read to derive power from hash rate; no input of the engine. */
export const DERIVED_FIELDS = ['efficiencyJPerTh'] as const;
export const ENGINE_FIELDS = [
  'hashrateThs',
  'powerW',
  'count',
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
  'clientPowerUsdPerKwh',
  'hostCapexUsd',
] as const;

export const BATCH_FIELDS = [...TEXT_FIELDS, ...ENGINE_FIELDS, ...DERIVED_FIELDS] as const;

export type TextField = (typeof TEXT_FIELDS)[number];
export type EngineField = (typeof ENGINE_FIELDS)[number];
export type NumberField = EngineField | (typeof DERIVED_FIELDS)[number];
export type BatchField = (typeof BATCH_FIELDS)[number];

export function isTextField(field: BatchField): field is TextField {
  return field === 'model' || field === 'serial';
}
