/**
 * The two sides of a hosting contract (DOMAIN section 5) for rows whose file names what the client pays for power. The file's power price is then the host's. Figures
 * of today, at the network and price of the scenario; the same rules as the calculator's page of one machine. Pure.
 */
import type { ComputedBatch } from './compute-batch.ts';

export type HostedRow = {
  clientPowerUsdPerKwh: number;
  /** Of all machines of the row, in USD a day. `revenue - client price * energy - hosting fee - maintenance`. */
  clientNetUsdPerDay: number;
  /** `(client price - power price) * energy + hosting fee - maintenance`; no energy is sold to a client whose machines do not earn their power and are switched off then. */
  hostNetUsdPerDay: number;
};

export type HostedSums = {
  rows: number;
  machines: number;
  clientNetUsdPerDay: number;
  hostNetUsdPerDay: number;
  /** Machines with which the client loses money today. */
  clientLosingMachines: number;
};

const DAYS_PER_MONTH = 30.4375;

type Computed = Pick<ComputedBatch, 'machines' | 'results' | 'status'>;

/** `null`: the row names no client's price, or was refused. */
export function computeHostedRow(
  { machines, results, status }: Computed,
  row: number,
  clientPowerUsdPerKwh: number | null,
): HostedRow | null {
  if (clientPowerUsdPerKwh === null || status[row] !== 0) return null;
  const energyKwhPerDay = results.energyKwhPerDay[row]!;
  const revenueUsdPerDay = results.revenueUsdPerDay[row]!;
  const clientPowerUsdPerDay = clientPowerUsdPerKwh * energyKwhPerDay;
  const isOff = machines.shutdownWhenUnprofitable[row] !== 0 && revenueUsdPerDay < clientPowerUsdPerDay;
  const soldKwhPerDay = isOff ? 0 : energyKwhPerDay;
  const perMonth = (usdPerMonth: number) => (usdPerMonth * machines.count[row]!) / DAYS_PER_MONTH;
  const feeUsdPerDay = perMonth(machines.hostingFeeUsdPerMonth[row]!);
  const maintenanceUsdPerDay = perMonth(machines.maintenanceUsdPerMonth[row]!);
  return {
    clientPowerUsdPerKwh,
    clientNetUsdPerDay: revenueUsdPerDay - clientPowerUsdPerDay - feeUsdPerDay - maintenanceUsdPerDay,
    hostNetUsdPerDay: (clientPowerUsdPerKwh - machines.powerUsdPerKwh[row]!) * soldKwhPerDay + feeUsdPerDay - maintenanceUsdPerDay,
  };
}

/** O(rows). `null`: no row names a client's price. */
export function sumHosted(
  batch: Computed & Pick<ComputedBatch, 'rowCount'>,
  clientPowerOf: (row: number) => number | null,
): HostedSums | null {
  const sums: HostedSums = { rows: 0, machines: 0, clientNetUsdPerDay: 0, hostNetUsdPerDay: 0, clientLosingMachines: 0 };
  for (let row = 0; row < batch.rowCount; row++) {
    const hosted = computeHostedRow(batch, row, clientPowerOf(row));
    if (hosted === null) continue;
    const machines = batch.machines.count[row]!;
    sums.rows++;
    sums.machines += machines;
    sums.clientNetUsdPerDay += hosted.clientNetUsdPerDay;
    sums.hostNetUsdPerDay += hosted.hostNetUsdPerDay;
    if (hosted.clientNetUsdPerDay < 0) sums.clientLosingMachines += machines;
  }
  return sums.rows === 0 ? null : sums;
}
