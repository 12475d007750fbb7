/**
 * A machine that follows an hourly price, the slow and obvious way: the value of every hour in both states, a choice remembered for each, and the months summed from the hours. For tests only.
 */
import type { PowerCurve, RestartCost } from '../host/flexible/types.ts';
import type { RoiInputs } from '../host/types.ts';
import { HOURS_PER_MONTH, W_PER_KW } from '../units/constants.ts';
import { YEAR_PARTS } from '../units/flexible-fields.ts';
import { findPaybackMonths } from './cashflow.ts';
import { computeNetworkPath } from './network-path.ts';

const MINUTES_PER_HOUR = 60;

/** What an hour is worth to the machine when it runs, and what starting in it costs; USD of that hour, per machine. */
export type Hour = { month: number; revenueUsd: number; costUsd: number; startUsd: number };

/** Every hour of the horizon that the curve stands for. */
export function listHours(inputs: RoiInputs, curve: PowerCurve, restart: RestartCost): Hour[] {
  const partHours = curve.usdPerKwh.length / YEAR_PARTS;
  const kwh = ((inputs.powerW * inputs.pue) / W_PER_KW) * inputs.uptimeRatio;
  const paidThs = inputs.hashrateThs * inputs.uptimeRatio * (1 - inputs.poolFeeRatio);
  return computeNetworkPath(inputs).months.flatMap(({ usdPerThs }, month) => {
    const ths = paidThs * (1 - inputs.hashrateDecayRatioPerMonth) ** month;
    const revenueUsd = (ths * usdPerThs) / HOURS_PER_MONTH;
    const startUsd = restart.restartUsd + (restart.bootMinutes / MINUTES_PER_HOUR) * revenueUsd;
    const part = (curve.firstPart + month) % YEAR_PARTS;
    return Array.from({ length: partHours }, (_, hour) => ({
      month,
      revenueUsd,
      costUsd: kwh * curve.usdPerKwh[part * partHours + hour]!,
      startUsd,
    }));
  });
}

/** The plan that earns most, by dynamic programming over (hour, state). Either state is free before the first hour; of equals it stays as it is, and ends on. */
export function planReferenceHours(hours: readonly Hour[]): boolean[] {
  let [on, off] = [0, 0];
  const choices = hours.map(({ revenueUsd, costUsd, startUsd }, index) => {
    const startsForOn = index > 0 && off - startUsd > on;
    const stopsForOff = !(index > 0 && on > off);
    const [nextOn, nextOff] = [(startsForOn ? off - startUsd : on) + revenueUsd - costUsd, Math.max(on, off)];
    [on, off] = [nextOn, nextOff];
    return { onCameFromOff: startsForOn, offCameFromOff: stopsForOff };
  });
  const plan: boolean[] = new Array(hours.length);
  let isOn = on >= off;
  for (let index = hours.length - 1; index >= 0; index--) {
    plan[index] = isOn;
    isOn = isOn ? !choices[index]!.onCameFromOff : !choices[index]!.offCameFromOff;
  }
  return plan;
}

/** Profit, NPV and what the hours used, for one machine that runs as planned. */
export function reckonPlan(inputs: RoiInputs, curve: PowerCurve, restart: RestartCost, plan: readonly boolean[]) {
  const partHours = curve.usdPerKwh.length / YEAR_PARTS;
  const weight = HOURS_PER_MONTH / partHours;
  const path = computeNetworkPath(inputs);
  const hours = listHours(inputs, curve, restart);
  const kwh = ((inputs.powerW * inputs.pue) / W_PER_KW) * inputs.uptimeRatio;
  const paidThs = inputs.hashrateThs * inputs.uptimeRatio * (1 - inputs.poolFeeRatio);
  const sums = { minedBtc: 0, powerUsd: 0, energyKwh: 0, hoursOff: 0, starts: 0 };
  const nets = path.months.map(({ btcPerThs }, month) => {
    let revenueUsd = 0;
    let powerUsd = 0;
    let starts = 0;
    for (let index = month * partHours; index < (month + 1) * partHours; index++) {
      if (!plan[index]) {
        sums.hoursOff += weight;
        continue;
      }
      const hour = hours[index]!;
      const isStart = index > 0 && !plan[index - 1];
      const earning = isStart ? 1 - restart.bootMinutes / MINUTES_PER_HOUR : 1;
      const ths = paidThs * (1 - inputs.hashrateDecayRatioPerMonth) ** month;
      revenueUsd += hour.revenueUsd * earning * weight;
      powerUsd += hour.costUsd * weight;
      sums.energyKwh += kwh * weight;
      sums.minedBtc += ((ths * btcPerThs) / HOURS_PER_MONTH) * earning * weight;
      starts += isStart ? weight : 0;
    }
    sums.powerUsd += powerUsd;
    sums.starts += starts;
    const fixedUsd = inputs.hostingFeeUsdPerMonth + inputs.maintenanceUsdPerMonth;
    const isLast = month === path.months.length - 1;
    const endUsd = isLast ? inputs.residualUsd + inputs.heldRatio * sums.minedBtc * path.exitPriceUsdPerBtc : 0;
    return (1 - inputs.heldRatio) * revenueUsd - powerUsd - starts * restart.restartUsd - fixedUsd + endUsd;
  });
  const npvUsd = nets.reduce((npv, net, month) => npv + net / (1 + inputs.discountRatioPerYear) ** ((month + 1) / 12), -inputs.capexUsd);
  const profitUsd = nets.reduce((profit, net) => profit + net, -inputs.capexUsd);
  return { ...sums, npvUsd, profitUsd, paybackMonths: findPaybackMonths(inputs.capexUsd, nets) };
}
