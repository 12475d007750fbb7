/**
 * The two sides of a hosting contract (DOMAIN section 5): the client mines at the client's power price, the host sells that power.
 * For tests only.
 */
import type { Projection, RoiInputs } from '../host/types.ts';
import { DAYS_PER_MONTH } from '../units/constants.ts';
import type { CashFlowPath, OwnerFlows } from './cashflow.ts';
import { computeEnergyKwhPerMonth, computeMachineFlows, computeProjection } from './cashflow.ts';
import { computeEnergyKwhPerDay, computeToday } from './today.ts';

/** Host and client of one contract; the host sells no power in months in which the client's machine is switched off. */
export function computeHosting(
  inputs: RoiInputs,
  clientPowerUsdPerKwh: number,
  path: CashFlowPath,
): { host: Projection; client: Projection } {
  const asClient: RoiInputs = { ...inputs, powerUsdPerKwh: clientPowerUsdPerKwh };
  const clientNetUsdPerDay = computeToday({ ...asClient, count: 1 }).netUsdPerDay;
  const clientFlows = computeMachineFlows(asClient, path, clientNetUsdPerDay * DAYS_PER_MONTH);

  const fullKwh = computeEnergyKwhPerMonth(inputs);
  const months = path.months.map((_, index) => {
    const kwh = clientFlows.isOn[index] ? fullKwh : 0;
    const revenueUsd = clientPowerUsdPerKwh * kwh + inputs.hostingFeeUsdPerMonth;
    const powerUsd = inputs.powerUsdPerKwh * kwh;
    const fixedUsd = inputs.maintenanceUsdPerMonth;
    return { minedBtc: 0, revenueUsd, powerUsd, fixedUsd, netUsd: revenueUsd - powerUsd - fixedUsd };
  });
  const marginUsdPerDay =
    (clientPowerUsdPerKwh - inputs.powerUsdPerKwh) * computeEnergyKwhPerDay(inputs) +
    (inputs.hostingFeeUsdPerMonth - inputs.maintenanceUsdPerMonth) / DAYS_PER_MONTH;
  const hostFlows: OwnerFlows = {
    capexUsd: inputs.hostCapexUsd,
    months,
    minedBtc: 0,
    // The host mines nothing: what its net money of each month would have bought.
    mineBtc: months.reduce((sum, month, index) => sum + month.netUsd * (1 / path.months[index]!.meanPriceUsdPerBtc), 0),
    shutdownMonth: clientFlows.shutdownMonth,
    netUsdPerMonthToday: marginUsdPerDay * DAYS_PER_MONTH,
  };
  const { count, discountRatioPerYear, priceUsdPerBtc } = inputs;
  return {
    host: computeProjection(hostFlows, count, discountRatioPerYear, priceUsdPerBtc),
    client: computeProjection(clientFlows, count, discountRatioPerYear, priceUsdPerBtc),
  };
}
