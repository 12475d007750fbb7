/**
 * The exact books of a plan and of its bound, in BigInt money units: what the engine sums per unit comes as whole i64, what rows cost is added here. No
 * figure of this file has been rounded.
 */
import type { LatticeProblem } from './lattice.ts';
import type { PlanMultipliers } from './problem.ts';

/** What the engine says of a plan: money of the units and what they draw and do. */
export type PlanTotals = {
  moneyUnits: bigint;
  /** W, [site][interval] */
  loadW: Float64Array[];
  /** Intervals on of each client's units. */
  clientOn: Float64Array;
};

export type PlanBooks = {
  valueUnits: bigint;
  penaltyUnits: bigint;
  takeOrPayUnits: bigint;
  demandUnits: bigint;
  totalW: bigint[];
  energyWattIntervals: bigint;
  peakW: bigint;
};

const most = (a: bigint, b: bigint) => (a > b ? a : b);

function totalLoads(problem: LatticeProblem, loadW: readonly Float64Array[]): bigint[] {
  return Array.from({ length: problem.intervalCount }, (_, t) => loadW.reduce((sum, site) => sum + BigInt(site[t]!), 0n));
}

/** Value of a plan: the units' money less what its rows cost. */
export function keepBooks(problem: LatticeProblem, totals: PlanTotals): PlanBooks {
  const totalW = totalLoads(problem, totals.loadW);
  const energyWattIntervals = totalW.reduce((sum, load) => sum + load, 0n);
  const peakW = totalW.reduce(most, 0n);
  let penaltyUnits = 0n;
  problem.sites.forEach(({ capW, penaltyUnits: penalty }, site) => {
    if (penalty === null) return;
    capW.forEach((cap, t) => {
      if (cap === null) return;
      penaltyUnits += BigInt(penalty) * most(0n, BigInt(totals.loadW[site]![t]!) - BigInt(cap));
    });
  });
  const { takeOrPay, demandCharge } = problem;
  const takeOrPayUnits = takeOrPay
    ? BigInt(takeOrPay.unitsPerMissing) * most(0n, BigInt(takeOrPay.minWattIntervals) - energyWattIntervals)
    : 0n;
  const demandUnits = demandCharge ? BigInt(demandCharge.unitsPerW) * most(BigInt(demandCharge.peakSoFarW), peakW) : 0n;
  const valueUnits = totals.moneyUnits - penaltyUnits - takeOrPayUnits - demandUnits;
  return { valueUnits, penaltyUnits, takeOrPayUnits, demandUnits, totalW, energyWattIntervals, peakW };
}

/** Whether hard caps, ramps and floors hold. */
export function keepsRows(problem: LatticeProblem, totals: PlanTotals): boolean {
  const sitesHold = problem.sites.every(({ capW, penaltyUnits, rampW }, site) => {
    const loads = totals.loadW[site]!;
    const capsHold = penaltyUnits !== null || capW.every((cap, t) => cap === null || loads[t]! <= cap);
    return capsHold && (rampW === null || loads.every((load, t) => t === 0 || Math.abs(load - loads[t - 1]!) <= rampW));
  });
  return sitesHold && problem.clients.every(({ minMachineIntervals }, client) => totals.clientOn[client]! >= minMachineIntervals);
}

function sumCells(problem: LatticeProblem, cells: readonly (readonly number[])[], figure: (site: number, t: number) => bigint): bigint {
  let sum = 0n;
  for (let site = 0; site < problem.sites.length; site++) {
    for (let t = 0; t < problem.intervalCount; t++) {
      const multiplier = cells[site]![t]!;
      if (multiplier !== 0) sum += BigInt(multiplier) * figure(site, t);
    }
  }
  return sum;
}

/** The bound that multipliers prove, given the exact sum of the units' best values at them. */
export function boundOf(problem: LatticeProblem, bestUnits: bigint, multipliers: PlanMultipliers): bigint {
  const { sites, clients, takeOrPay, demandCharge } = problem;
  let bound = bestUnits;
  bound += sumCells(problem, multipliers.cap, (site, t) => BigInt(sites[site]!.capW[t]!));
  bound += sumCells(problem, multipliers.rampUp, (site) => BigInt(sites[site]!.rampW!));
  bound += sumCells(problem, multipliers.rampDown, (site) => BigInt(sites[site]!.rampW!));
  clients.forEach(({ minMachineIntervals }, client) => {
    bound -= BigInt(multipliers.client[client]!) * BigInt(minMachineIntervals);
  });
  if (takeOrPay) bound -= BigInt(multipliers.takeOrPay) * BigInt(takeOrPay.minWattIntervals);
  if (demandCharge) {
    const shared = multipliers.peak.reduce((sum, multiplier) => sum + BigInt(multiplier), 0n);
    bound += (shared - BigInt(demandCharge.unitsPerW)) * BigInt(demandCharge.peakSoFarW);
  }
  return bound;
}

export type GapUnits = { regret: bigint; unusedCap: bigint; unusedRamp: bigint; client: bigint; takeOrPay: bigint; demandCharge: bigint };

/** Bound less value, by cause; every part is >= 0 when the plan keeps its rows, and they sum to the gap. */
export function splitGap(
  problem: LatticeProblem,
  totals: PlanTotals,
  books: PlanBooks,
  bestUnits: bigint,
  multipliers: PlanMultipliers,
): GapUnits {
  const { sites, clients, takeOrPay, demandCharge } = problem;
  const load = (site: number, t: number) => BigInt(totals.loadW[site]![t]!);
  const unusedCap = sumCells(problem, multipliers.cap, (site, t) => BigInt(sites[site]!.capW[t]!) - load(site, t)) + books.penaltyUnits;
  const step = (site: number, t: number) => load(site, t) - load(site, t - 1);
  const unusedRamp =
    sumCells(problem, multipliers.rampUp, (site, t) => BigInt(sites[site]!.rampW!) - step(site, t)) +
    sumCells(problem, multipliers.rampDown, (site, t) => BigInt(sites[site]!.rampW!) + step(site, t));
  const client = clients.reduce(
    (sum, { minMachineIntervals }, index) =>
      sum + BigInt(multipliers.client[index]!) * (BigInt(totals.clientOn[index]!) - BigInt(minMachineIntervals)),
    0n,
  );
  const missing = takeOrPay
    ? BigInt(multipliers.takeOrPay) * (books.energyWattIntervals - BigInt(takeOrPay.minWattIntervals)) + books.takeOrPayUnits
    : 0n;
  let demand = 0n;
  if (demandCharge) {
    multipliers.peak.forEach((multiplier, t) => {
      demand += BigInt(multiplier) * (BigInt(demandCharge.peakSoFarW) - books.totalW[t]!);
    });
    demand += books.demandUnits - BigInt(demandCharge.unitsPerW) * BigInt(demandCharge.peakSoFarW);
  }
  const gap = boundOf(problem, bestUnits, multipliers) - books.valueUnits;
  const rows = unusedCap + unusedRamp + client + missing + demand;
  return { regret: gap - rows, unusedCap, unusedRamp, client, takeOrPay: missing, demandCharge: demand };
}
