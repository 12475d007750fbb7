/** What the risk part of the facade takes and gives. Units are in the names; `null` is unknown or does not exist. */
import type { FieldError } from '../../units/fields.ts';
import type { RiskFieldName, RoiOrRiskFieldName } from '../../units/risk-fields.ts';
import type { MachineInputs, NetworkInputs, ResolvedRoiInputs } from '../types.ts';

/** How to simulate. Growth rates of price and network are those of the network inputs: they are the median path's. */
export type RiskOptions = Record<RiskFieldName, number>;

export type Quantiles<Value> = { p5: Value; p10: Value; p50: Value; p90: Value; p95: Value };

/** Quantiles of the running total at the end of a month, USD, all machines. */
export type FanMonth = { month: number; p5: number; p25: number; p50: number; p75: number; p95: number };

export type Risk = {
  quantiles: {
    npvUsd: Quantiles<number>;
    /** `null` at capex 0. */
    roiRatio: Quantiles<number | null>;
    /** `null`: as many paths as that do not pay back within the horizon. */
    paybackMonths: Quantiles<number | null>;
  };
  /** Standard errors; `null` where the sample does not reach far enough to know. */
  standardErrors: {
    npvUsd: Quantiles<number | null>;
    roiRatio: Quantiles<number | null>;
    paybackMonths: Quantiles<number | null>;
    meanNpvUsd: number | null;
    probabilityOfPayback: number | null;
    probabilityOfShutdown: number | null;
  };
  meanNpvUsd: number;
  /** Share of paths that pay back within the horizon. */
  probabilityOfPayback: number;
  shutdown: {
    /** Share of paths on which a machine is off in at least one month. */
    probability: number;
    /** Mean first such month over those paths; `null` when there are none. */
    meanMonth: number | null;
    /** Expected number of months off, weighted by hash rate. */
    meanMonthsOff: number;
    /** Expected share of the hash rate that is off, month by month. */
    offRatioByMonth: number[];
  };
  fan: FanMonth[];
  engineVersion: string;
};

export type RiskResult = { kind: 'ok'; inputs: ResolvedRoiInputs & RiskOptions } & Risk;
export type RiskInvalid = { kind: 'invalid'; errors: FieldError<RoiOrRiskFieldName>[] };

/** A machine group of a fleet; the fleet has one discount rate. */
export type FleetMachine = Omit<MachineInputs, 'discountRatioPerYear'>;
export type FleetRiskInputs = { network: NetworkInputs; machines: readonly FleetMachine[]; discountRatioPerYear: number };

/** A group that could not be taken, by its place in the list given; the others are computed. */
export type RefusedMachine = { index: number; errors: FieldError[] };
export type FleetRiskResult = { kind: 'ok'; groups: number; machines: number; capexUsd: number; refused: RefusedMachine[] } & Risk;
