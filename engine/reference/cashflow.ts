/**
 * The money of one machine month by month, and what is read off it: payback, NPV, IRR, shutdown, mining against buying (DOMAIN
 * section 4). The month path is an argument, so that the same money can be reckoned on any path. For tests only.
 *
 * Everything is reckoned for one machine and multiplied by `count` last. The order of operations is part of the contract: with an
 * equal path the engine's months are equal to the last bit.
 */
import type { MachineInputs, Month, Projection } from '../host/types.ts';
import { HOURS_PER_MONTH, W_PER_KW } from '../units/constants.ts';
import { solveIrrRatioPerYear } from './irr.ts';
import type { MonthOfPath } from './network-path.ts';

const MONTHS_PER_YEAR = 12;

/** What the months of a projection rest on besides the machine. */
export type CashFlowPath = { months: readonly MonthOfPath[]; exitPriceUsdPerBtc: number };

/** Flows of one machine: what every owner of a cash flow (miner, host, client) has in common. */
export type OwnerFlows = {
  capexUsd: number;
  months: readonly Omit<Month, 'month' | 'cumulativeUsd'>[];
  minedBtc: number;
  mineBtc: number;
  shutdownMonth: number | null;
  netUsdPerMonthToday: number;
};

export type MachineFlows = OwnerFlows & {
  /** One per month: false while the machine is switched off. */
  isOn: readonly boolean[];
};

/** Section 4 for one machine on the given path. `netUsdPerMonthToday` is a month at today's pay, for the static payback only. */
export function computeMachineFlows(machine: MachineInputs, path: CashFlowPath, netUsdPerMonthToday: number): MachineFlows {
  const lastMonth = path.months.length;
  const fixedUsd = machine.hostingFeeUsdPerMonth + machine.maintenanceUsdPerMonth;
  const fullPowerUsd = computeEnergyKwhPerMonth(machine) * machine.powerUsdPerKwh;
  const months: Omit<Month, 'month' | 'cumulativeUsd'>[] = [];
  const isOn: boolean[] = [];
  let ths = machine.hashrateThs * machine.uptimeRatio * (1 - machine.poolFeeRatio);
  let minedBtcSum = 0;
  let inverseOfAllMonths = 0;
  let inverseOfMonthsOn = 0;
  let shutdownMonth: number | null = null;

  path.months.forEach((monthOfPath, index) => {
    const month = index + 1;
    const grossUsd = ths * monthOfPath.usdPerThs;
    const off = machine.shutdownWhenUnprofitable && grossUsd < fullPowerUsd;
    if (off && shutdownMonth === null) shutdownMonth = month;
    const minedBtc = off ? 0 : ths * monthOfPath.btcPerThs;
    const revenueUsd = off ? 0 : (1 - machine.heldRatio) * grossUsd;
    const powerUsd = off ? 0 : fullPowerUsd;
    minedBtcSum += minedBtc;
    inverseOfAllMonths += 1 / monthOfPath.meanPriceUsdPerBtc;
    inverseOfMonthsOn += off ? 0 : 1 / monthOfPath.meanPriceUsdPerBtc;
    let netUsd = revenueUsd - powerUsd - fixedUsd;
    if (month === lastMonth) netUsd = netUsd + machine.residualUsd + machine.heldRatio * minedBtcSum * path.exitPriceUsdPerBtc;
    months.push({ minedBtc, revenueUsd, powerUsd, fixedUsd, netUsd });
    isOn.push(!off);
    ths *= 1 - machine.hashrateDecayRatioPerMonth;
  });

  return {
    capexUsd: machine.capexUsd,
    months,
    isOn,
    minedBtc: minedBtcSum,
    mineBtc: minedBtcSum - (fixedUsd * inverseOfAllMonths + fullPowerUsd * inverseOfMonthsOn),
    shutdownMonth,
    netUsdPerMonthToday,
  };
}

/** `powerW * pue / 1000 * 730.5 h * uptimeRatio`, kWh of one machine that is not switched off. */
export function computeEnergyKwhPerMonth(machine: MachineInputs): number {
  return ((machine.powerW * machine.pue) / W_PER_KW) * HOURS_PER_MONTH * machine.uptimeRatio;
}

/** Reads a projection off the flows of one machine, for `count` of them. */
export function computeProjection(flows: OwnerFlows, count: number, discountRatioPerYear: number, priceUsdPerBtc: number): Projection {
  const monthlyDiscount = (1 + discountRatioPerYear) ** (-1 / MONTHS_PER_YEAR);
  const cumulativeUsd: number[] = [];
  let runningUsd = -flows.capexUsd;
  let npvUsd = -flows.capexUsd;
  let factor = 1;
  for (const { netUsd } of flows.months) {
    runningUsd += netUsd;
    cumulativeUsd.push(runningUsd);
    factor *= monthlyDiscount;
    npvUsd += netUsd * factor;
  }
  const { capexUsd, netUsdPerMonthToday } = flows;
  const profitUsd = runningUsd * count;
  return {
    minedBtc: flows.minedBtc * count,
    npvUsd: npvUsd * count,
    irrRatioPerYear: solveIrrRatioPerYear([-capexUsd, ...flows.months.map((month) => month.netUsd)]),
    paybackMonths: findPaybackMonths(
      capexUsd,
      flows.months.map((month) => month.netUsd),
    ),
    staticPaybackMonths: netUsdPerMonthToday > 0 ? capexUsd / netUsdPerMonthToday : null,
    profitUsd,
    roiRatio: capexUsd === 0 ? null : profitUsd / (capexUsd * count),
    shutdownMonth: flows.shutdownMonth,
    buyBtc: (capexUsd / priceUsdPerBtc) * count,
    mineBtc: flows.mineBtc * count,
    months: flows.months.map((month, index) => ({
      month: index + 1,
      minedBtc: month.minedBtc * count,
      revenueUsd: month.revenueUsd * count,
      powerUsd: month.powerUsd * count,
      fixedUsd: month.fixedUsd * count,
      netUsd: month.netUsd * count,
      cumulativeUsd: cumulativeUsd[index]! * count,
    })),
  };
}

/**
 * First crossing of zero from below (`before < 0 <= after`), linear inside its month; `null` when there is none. Without capex a
 * cumulative that never goes below zero has paid back at once: 0.
 */
export function findPaybackMonths(capexUsd: number, netUsdByMonth: readonly number[]): number | null {
  let beforeUsd = -capexUsd;
  let hasBeenBelowZero = beforeUsd < 0;
  for (const [index, netUsd] of netUsdByMonth.entries()) {
    const afterUsd = beforeUsd + netUsd;
    if (beforeUsd < 0 && afterUsd >= 0) return index + -beforeUsd / netUsd;
    if (afterUsd < 0) hasBeenBelowZero = true;
    beforeUsd = afterUsd;
  }
  return hasBeenBelowZero ? null : 0;
}
