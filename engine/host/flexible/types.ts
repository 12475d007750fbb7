/** What the flexible part of the facade takes and gives. Units are in the names; `null` is unknown or does not exist. */
import type { FieldError } from '../../units/fields.ts';
import type { RoiOrFlexibleFieldName } from '../../units/flexible-fields.ts';
import type { FleetMachine } from '../risk/types.ts';
import type { NetworkInputs, ResolvedRoiInputs } from '../types.ts';

/** Prices of a year of power, adders included: twelve parts of equal length, one after the other. */
export type PowerCurve = {
  /** 8,760 or 8,784 hours, twelve typical weeks of 168 hours, or any other multiple of 12 up to 8,784. */
  usdPerKwh: ArrayLike<number>;
  /** Twelfth of the curve's year in which month 1 of the projection falls: 0 to 11. */
  firstPart: number;
};

/** What a start costs. */
export type RestartCost = { restartUsd: number; bootMinutes: number };

/** One way of running, for all machines. */
export type FlexibleSide = {
  npvUsd: number;
  profitUsd: number;
  /** `null` at capex 0. */
  roiRatio: number | null;
  /** `null`: none within the horizon. */
  paybackMonths: number | null;
  minedBtc: number;
  powerUsd: number;
  energyKwh: number;
  /** Mean price of the power used; `null` when none is. */
  powerUsdPerKwh: number | null;
};

export type FlexibleMonth = {
  month: number;
  minedBtc: number;
  revenueUsd: number;
  powerUsd: number;
  wearUsd: number;
  fixedUsd: number;
  netUsd: number;
  cumulativeUsd: number;
  /** Per machine, of 730.5. */
  hoursOff: number;
};

export type Flexible = {
  /** Runs in the hours that are worth a start and not in the others. */
  flexible: FlexibleSide;
  alwaysOn: FlexibleSide;
  /** What following the price is worth now: difference of the two NPVs. */
  valueUsd: number;
  /** Per machine, over the whole horizon. */
  hoursOff: number;
  starts: number;
};

export type FlexibleResult = {
  kind: 'ok';
  inputs: ResolvedRoiInputs & RestartCost;
  months: FlexibleMonth[];
  engineVersion: string;
} & Flexible;

export type FlexibleFleetInputs = {
  network: NetworkInputs;
  machines: readonly (FleetMachine & RestartCost)[];
  discountRatioPerYear: number;
};

/** Groups in the order given; a refused one has no result. Totals are over the others. */
export type FlexibleFleetResult = {
  kind: 'ok';
  groups: ((Flexible & { kind: 'ok' }) | FlexibleInvalid)[];
  /** How many groups differ: each of them was computed once. */
  classes: number;
  totals: {
    npvUsd: number;
    profitUsd: number;
    powerUsd: number;
    energyKwh: number;
    minedBtc: number;
    alwaysOnNpvUsd: number;
    alwaysOnProfitUsd: number;
    valueUsd: number;
  };
  engineVersion: string;
};

export type FlexibleInvalid = { kind: 'invalid'; errors: FieldError<RoiOrFlexibleFieldName>[] };
