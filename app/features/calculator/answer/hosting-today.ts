/** Today's figures of the host of a contract (DOMAIN 5). Pure. */
import type { RoiInputs, Today } from '#engine';
import { DAYS_PER_MONTH } from '#engine/units/constants.ts';

export type HostToday = {
  /** What the client pays: power at the client's price, and hosting fees. */
  revenueUsdPerDay: number;
  /** What the host pays for the same energy. */
  powerUsdPerDay: number;
  maintenanceUsdPerDay: number;
  netUsdPerDay: number;
  energyKwhPerDay: number;
};

/**
 * `net = (clientPower - power) * kWh + (hosting fee - maintenance) * count / 30.4375` in USD/day (DOMAIN 5, monthly fees over the
 * projection's month). `clientToday`: today's figures at the client's price. A client whose machines would be switched off at these
 * figures (revenue below the power bill, shutdown on) buys no energy.
 */
export function computeHostToday(inputs: RoiInputs, clientPowerUsdPerKwh: number, clientToday: Today): HostToday {
  const isOff = inputs.shutdownWhenUnprofitable && clientToday.revenueUsdPerDay < clientToday.powerUsdPerDay;
  const energyKwhPerDay = isOff ? 0 : clientToday.energyKwhPerDay;
  const feeUsdPerDay = (inputs.hostingFeeUsdPerMonth * inputs.count) / DAYS_PER_MONTH;
  const maintenanceUsdPerDay = (inputs.maintenanceUsdPerMonth * inputs.count) / DAYS_PER_MONTH;
  const revenueUsdPerDay = clientPowerUsdPerKwh * energyKwhPerDay + feeUsdPerDay;
  const powerUsdPerDay = inputs.powerUsdPerKwh * energyKwhPerDay;
  return {
    revenueUsdPerDay,
    powerUsdPerDay,
    maintenanceUsdPerDay,
    netUsdPerDay: revenueUsdPerDay - powerUsdPerDay - maintenanceUsdPerDay,
    energyKwhPerDay,
  };
}
