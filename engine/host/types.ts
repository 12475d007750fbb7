/** What goes into the engine's facade and what comes out. Units are in the names; `null` is unknown or does not exist. */
import type { FieldError, MachineFieldName, PayoutModel } from '../units/fields.ts';

/** State of the network and the paths of hash rate and price. */
export type NetworkInputs = {
  /** Height of the next block. */
  height: number;
  difficulty: number;
  feesBtcPerBlock: number;
  /** Seconds since this epoch's first block; `null`: `(height mod 2016) * 600`. */
  epochElapsedS: number | null;
  /** Measured network hash rate; `null`: implied by the difficulty, and then nothing can be verified against it. */
  networkHashrateThs: number | null;
  networkGrowthRatioPerMonth: number;
  priceUsdPerBtc: number;
  priceGrowthRatioPerMonth: number;
  horizonMonths: number;
  payoutModel: PayoutModel;
};

/** One machine (money per machine) and how many of it. */
export type MachineInputs = Record<MachineFieldName, number> & { shutdownWhenUnprofitable: boolean };

export type HostingInputs = {
  /** What the hosted client pays for power; `null`: not hosted, host and client are not computed. */
  clientPowerUsdPerKwh: number | null;
  hostCapexUsd: number;
};

export type RoiInputs = NetworkInputs & MachineInputs & HostingInputs;

/** The inputs a result rests on: absent ones replaced by what was derived for them. */
export type ResolvedRoiInputs = RoiInputs & { epochElapsedS: number; networkHashrateThs: number };

/** DOMAIN section 3, for all `count` machines. */
export type Today = {
  /** As paid: under PPS without transaction fees. */
  hashpriceBtcPerThDay: number;
  minedBtcPerDay: number;
  revenueUsdPerDay: number;
  energyKwhPerDay: number;
  powerUsdPerDay: number;
  fixedUsdPerDay: number;
  netUsdPerDay: number;
  /** `null` when no energy is used (uptime 0). */
  breakEvenPowerUsdPerKwh: number | null;
  /** `null` when nothing is mined (uptime 0, fee 100 %, no reward). */
  breakEvenPriceUsdPerBtc: number | null;
};

export type Month = {
  /** 1..N */
  month: number;
  minedBtc: number;
  revenueUsd: number;
  powerUsd: number;
  fixedUsd: number;
  netUsd: number;
  cumulativeUsd: number;
};

/** Everything of a projection but its months, for all `count` machines. */
export type ProjectionSummary = {
  minedBtc: number;
  npvUsd: number;
  irrRatioPerYear: number | null;
  paybackMonths: number | null;
  staticPaybackMonths: number | null;
  profitUsd: number;
  roiRatio: number | null;
  shutdownMonth: number | null;
  buyBtc: number;
  mineBtc: number;
};

export type Projection = ProjectionSummary & { months: Month[] };

export type Verification = {
  difficultyMethodBtcPerDay: number;
  /** `null` without a measured network hash rate. */
  shareMethodBtcPerDay: number | null;
  /** Share method / difficulty method. */
  ratio: number | null;
  note: 'agree' | 'blocks_faster' | 'blocks_slower' | 'not_measured';
};

/** A retarget or a halving on the path, seconds from now. */
export type PathEvent = { kind: 'retarget'; atS: number; difficulty: number } | { kind: 'halving'; atS: number; subsidyBtc: number };

export type Warning = 'loses_money_today' | 'never_pays_back' | 'methods_disagree' | 'blocks_never_arrive' | 'shuts_down';

export type RoiResult = {
  kind: 'ok';
  inputs: ResolvedRoiInputs;
  today: Today;
  projection: Projection;
  /** Present when `clientPowerUsdPerKwh` is given. */
  host: Projection | null;
  client: Projection | null;
  verification: Verification;
  /** At most the first MAX_EVENTS of the path, in time order. */
  events: PathEvent[];
  warnings: Warning[];
  engineVersion: string;
};

export type Invalid = { kind: 'invalid'; errors: FieldError[] };

/** Values by row (y axis) then column (x axis): `values[y * x.length + x]`. A view: valid until the next call of the engine. */
export type Grid = {
  kind: 'ok';
  npvUsd: Float64Array;
  /** NaN: none inside the horizon. */
  paybackMonths: Float64Array;
};

export type TornadoField =
  | 'priceUsdPerBtc'
  | 'priceGrowthRatioPerMonth'
  | 'networkGrowthRatioPerMonth'
  | 'difficulty'
  | 'powerUsdPerKwh'
  | 'capexUsd'
  | 'hashrateDecayRatioPerMonth'
  | 'uptimeRatio'
  | 'poolFeeRatio'
  | 'pue'
  | 'residualUsd'
  | 'hostingFeeUsdPerMonth'
  | 'discountRatioPerYear';

/** One input moved to a low and a high value with everything else held; a moved difficulty takes the network hash rate along, so that blocks keep their times. */
export type TornadoSwing = { field: TornadoField; low: number; high: number };
export type TornadoBar = TornadoSwing & { npvAtLowUsd: number; npvAtHighUsd: number };
export type Tornado = { kind: 'ok'; baseNpvUsd: number; bars: TornadoBar[] };

/** What one TH/s earns, month by month: the path every machine of the same network shares. Copies. */
export type MonthPath = {
  kind: 'ok';
  btcPerThs: Float64Array;
  usdPerThs: Float64Array;
  meanPriceUsdPerBtc: Float64Array;
  hashpriceBtcPerThDay: number;
  exitPriceUsdPerBtc: number;
};

export type BatchRow =
  | { kind: 'ok'; inputs: ResolvedRoiInputs; today: Today; projection: ProjectionSummary; months: Month[] | null }
  | Invalid;

/** Rows in the order given. `fleet` sums the good rows' flows; its payback is that of the sum, never an average. */
export type BatchResult = {
  rows: BatchRow[];
  fleet: { netUsdByMonth: Float64Array; capexUsd: number; paybackMonths: number | null; irrRatioPerYear: number | null };
};
