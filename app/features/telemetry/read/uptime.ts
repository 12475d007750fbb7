/** Honest uptime (DOMAIN.md section 8) from sums of time and of work. Pure. */

/** Sums over machines and time. Work is in TH: terahashes, TH/s times seconds. */
export type WorkSums = {
  hashingS: number;
  curtailedS: number;
  plannedS: number;
  faultyS: number;
  unknownS: number;
  /** Σ min(actual, rated) dt, actual as the mean of five minutes. */
  deliveredTh: number;
  /** Σ rated dt over the time that is known and not curtailed. */
  owedTh: number;
  /** Σ rated dt over the time of which nothing is known. */
  unknownTh: number;
};

export type TimeSplit = { hashingRatio: number; curtailedRatio: number; plannedRatio: number; faultyRatio: number; unknownRatio: number };

export type Availability = {
  /** Σ min(actual, rated) dt / Σ rated dt over contracted time less agreed curtailment, as far as it is known; null: none of it is, or no machine is rated. */
  ratio: number | null;
  /** The same if all unknown time had been lost. */
  leastRatio: number | null;
  /** And if all of it had been hashed at the rated figure. */
  mostRatio: number | null;
};

export type Uptime = {
  /** Machine seconds in all. */
  totalS: number;
  /** Null: no time at all. */
  split: TimeSplit | null;
  availability: Availability;
};

export const NO_WORK: WorkSums = {
  hashingS: 0,
  curtailedS: 0,
  plannedS: 0,
  faultyS: 0,
  unknownS: 0,
  deliveredTh: 0,
  owedTh: 0,
  unknownTh: 0,
};

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Curtailed time is in no side of the fraction; planned time is owed unless the contract says otherwise, which is not known here; unknown time is in the bounds only. */
export function toUptime(sums: WorkSums): Uptime {
  const { hashingS, curtailedS, plannedS, faultyS, unknownS, deliveredTh, owedTh, unknownTh } = sums;
  const totalS = hashingS + curtailedS + plannedS + faultyS + unknownS;
  return {
    totalS,
    split:
      totalS === 0
        ? null
        : {
            hashingRatio: hashingS / totalS,
            curtailedRatio: curtailedS / totalS,
            plannedRatio: plannedS / totalS,
            faultyRatio: faultyS / totalS,
            unknownRatio: unknownS / totalS,
          },
    availability: {
      ratio: share(deliveredTh, owedTh),
      leastRatio: share(deliveredTh, owedTh + unknownTh),
      mostRatio: share(deliveredTh + unknownTh, owedTh + unknownTh),
    },
  };
}

/**
 * Adds the time of which not even a roll-up tells, because nobody asked: unknown, for as many machines as on average in the time that was covered, each
 * rated as the machines whose time was not curtailed. With nothing covered there is nothing to go by, and the sums stay as they are.
 */
export function withUncovered(sums: WorkSums, { coveredS, lengthS }: { coveredS: number; lengthS: number }): WorkSums {
  const uncoveredS = lengthS - coveredS;
  if (uncoveredS <= 0 || coveredS <= 0) return sums;
  const { hashingS, curtailedS, plannedS, faultyS, unknownS, owedTh, unknownTh } = sums;
  const machines = (hashingS + curtailedS + plannedS + faultyS + unknownS) / coveredS;
  const contractedS = hashingS + plannedS + faultyS + unknownS;
  const addedS = machines * uncoveredS;
  const addedTh = contractedS > 0 ? ((owedTh + unknownTh) / contractedS) * addedS : 0;
  return { ...sums, unknownS: unknownS + addedS, unknownTh: unknownTh + addedTh };
}
