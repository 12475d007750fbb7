/**
 * How far two results of the same inputs lie apart, in units of what the numbers themselves allow: money against the sum of absolute
 * flows, coins against the sum of absolute coins. A difference of two large numbers is never asked for digits it cannot have.
 */
import type { Projection, RoiInputs, RoiResult, Today } from '../host/types.ts';

/** Share of the sum of absolute flows that two computations of the same formula may differ by. */
export const FLOW_TOLERANCE = 1e-12;
/** Of `1 + rate`: an annual rate is the twelfth power of what was solved for. */
const IRR_TOLERANCE = 1e-9;

/** One number that lies further apart than it may, or is null on one side only. `share` is the difference over what was allowed. */
export type Disagreement = { path: string; left: number | null; right: number | null; share: number };

type Comparable = Pick<RoiResult, 'today' | 'projection' | 'host' | 'client' | 'verification' | 'events'>;

/** Every figure of two results with its share of the tolerance; above 1 is too far. Events: as many as the shorter list has. */
export function listShares(inputs: RoiInputs, left: Comparable, right: Comparable): Disagreement[] {
  const shares: Disagreement[] = [];
  const add = (path: string, a: number | null, b: number | null, allowed: number) => {
    shares.push({ path, left: a, right: b, share: computeShare(a, b, allowed) });
  };
  addToday(add, left.today, right.today);
  addProjection(add, 'projection', inputs.capexUsd * inputs.count, left.projection, right.projection);
  for (const side of ['client', 'host'] as const) {
    const [a, b] = [left[side], right[side]];
    add(`${side} exists`, a === null ? null : 1, b === null ? null : 1, 0);
    if (a !== null && b !== null) addProjection(add, side, (side === 'host' ? inputs.hostCapexUsd : inputs.capexUsd) * inputs.count, a, b);
  }
  const { verification } = left;
  add('verification.ratio', verification.ratio, right.verification.ratio, relativeTo(verification.ratio));
  add(
    'verification.share',
    verification.shareMethodBtcPerDay,
    right.verification.shareMethodBtcPerDay,
    relativeTo(verification.shareMethodBtcPerDay),
  );
  add('verification.note', 0, verification.note === right.verification.note ? 0 : 1, 0);
  left.events.slice(0, right.events.length).forEach((event, index) => {
    const other = right.events[index]!;
    add(`events[${index}].kind`, 0, event.kind === other.kind ? 0 : 1, 0);
    add(`events[${index}].atS`, event.atS, other.atS, relativeTo(event.atS));
    if (event.kind === 'retarget' && other.kind === 'retarget')
      add(`events[${index}].difficulty`, event.difficulty, other.difficulty, relativeTo(event.difficulty));
    if (event.kind === 'halving' && other.kind === 'halving') add(`events[${index}].subsidyBtc`, event.subsidyBtc, other.subsidyBtc, 0);
  });
  return shares;
}

type Add = (path: string, a: number | null, b: number | null, allowed: number) => void;

function computeShare(a: number | null, b: number | null, allowed: number): number {
  if (a === b) return 0;
  if (a === null || b === null) return Number.POSITIVE_INFINITY;
  const share = Math.abs(a - b) / allowed;
  return Number.isNaN(share) ? Number.POSITIVE_INFINITY : share;
}

function relativeTo(value: number | null): number {
  return FLOW_TOLERANCE * Math.abs(value ?? 0);
}

function addToday(add: Add, left: Today, right: Today): void {
  const flowsUsd = Math.abs(left.revenueUsdPerDay) + Math.abs(left.powerUsdPerDay) + Math.abs(left.fixedUsdPerDay);
  for (const name of Object.keys(left) as (keyof Today)[]) {
    add(`today.${name}`, left[name], right[name], name === 'netUsdPerDay' ? FLOW_TOLERANCE * flowsUsd : relativeTo(left[name]));
  }
}

function addProjection(add: Add, owner: string, capexUsd: number, left: Projection, right: Projection): void {
  const { months } = left;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + Math.abs(value), 0);
  // The last net holds the residual and the held coins besides that month's flows.
  const flowsUsd =
    capexUsd + sum(months.flatMap((month) => [month.revenueUsd, month.powerUsd, month.fixedUsd])) + Math.abs(months.at(-1)!.netUsd);
  const usd = FLOW_TOLERANCE * flowsUsd;
  const costBtc = Math.abs(left.minedBtc) + Math.abs(left.minedBtc - left.mineBtc);
  const coins = FLOW_TOLERANCE * (costBtc + sum(months.map((month) => month.minedBtc)));

  add(`${owner}.minedBtc`, left.minedBtc, right.minedBtc, coins);
  add(`${owner}.mineBtc`, left.mineBtc, right.mineBtc, coins);
  add(`${owner}.buyBtc`, left.buyBtc, right.buyBtc, relativeTo(left.buyBtc));
  add(`${owner}.npvUsd`, left.npvUsd, right.npvUsd, usd);
  add(`${owner}.profitUsd`, left.profitUsd, right.profitUsd, usd);
  add(`${owner}.roiRatio`, left.roiRatio, right.roiRatio, usd / capexUsd);
  add(`${owner}.irrRatioPerYear`, left.irrRatioPerYear, right.irrRatioPerYear, IRR_TOLERANCE * (1 + Math.abs(left.irrRatioPerYear ?? 0)));
  add(`${owner}.shutdownMonth`, left.shutdownMonth, right.shutdownMonth, 0);
  const crossing = left.paybackMonths === null ? null : (months[Math.ceil(left.paybackMonths) - 1] ?? null);
  // The crossing moves by the error of the cumulative over the slope at which it is crossed.
  const slopeUsd = crossing === null ? 1 : Math.abs(crossing.netUsd);
  add(`${owner}.paybackMonths`, left.paybackMonths, right.paybackMonths, FLOW_TOLERANCE * months.length + usd / slopeUsd);
  const staticMonths = left.staticPaybackMonths ?? 0;
  const netUsdPerMonth = capexUsd / staticMonths;
  const grossUsdPerMonth = sum(months.slice(0, 1).flatMap((month) => [month.revenueUsd, month.powerUsd, month.fixedUsd])) + netUsdPerMonth;
  add(
    `${owner}.staticPaybackMonths`,
    left.staticPaybackMonths,
    right.staticPaybackMonths,
    staticMonths * FLOW_TOLERANCE * (1 + grossUsdPerMonth / netUsdPerMonth),
  );
  add(`${owner}.months`, months.length, right.months.length, 0);
  months.forEach((month, index) => {
    const other = right.months[index];
    if (!other) return;
    add(`${owner}.months[${index}].month`, month.month, other.month, 0);
    add(`${owner}.months[${index}].minedBtc`, month.minedBtc, other.minedBtc, coins);
    for (const name of ['revenueUsd', 'powerUsd', 'fixedUsd', 'netUsd', 'cumulativeUsd'] as const) {
      add(`${owner}.months[${index}].${name}`, month[name], other[name], usd);
    }
  });
}
