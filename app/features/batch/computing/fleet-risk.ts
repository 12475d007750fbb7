/** A batch as the engine's fleet for the simulation of risk: equal groups joined, so that their number counts and not that of the rows. */
import type { FleetMachine } from '#engine';
import type { ComputedBatch } from './compute-batch.ts';
import { FLOW_FIELDS } from './scenario.ts';

/** Columns that two groups must share to be one. The discount rate is the fleet's own. */
const KEY_COLUMNS = [...FLOW_FIELDS, 'shutdownWhenUnprofitable'] as const;

/** Most different groups the engine simulates as one fleet. */
export const MAX_RISK_GROUPS = 32_768;

/** `null`: more different groups than the engine takes. */
export function toFleetMachines({ machines, status, rowCount }: ComputedBatch): FleetMachine[] | null {
  const groups = new Map<string, FleetMachine>();
  for (let row = 0; row < rowCount; row++) {
    if (status[row] !== 0) continue;
    let key = '';
    for (const name of KEY_COLUMNS) key += `${machines[name][row]!}|`;
    const known = groups.get(key);
    if (known !== undefined) {
      known.count += machines.count[row]!;
      continue;
    }
    if (groups.size === MAX_RISK_GROUPS) return null;
    groups.set(key, {
      hashrateThs: machines.hashrateThs[row]!,
      powerW: machines.powerW[row]!,
      count: machines.count[row]!,
      powerUsdPerKwh: machines.powerUsdPerKwh[row]!,
      poolFeeRatio: machines.poolFeeRatio[row]!,
      uptimeRatio: machines.uptimeRatio[row]!,
      pue: machines.pue[row]!,
      hashrateDecayRatioPerMonth: machines.hashrateDecayRatioPerMonth[row]!,
      hostingFeeUsdPerMonth: machines.hostingFeeUsdPerMonth[row]!,
      maintenanceUsdPerMonth: machines.maintenanceUsdPerMonth[row]!,
      capexUsd: machines.capexUsd[row]!,
      residualUsd: machines.residualUsd[row]!,
      heldRatio: machines.heldRatio[row]!,
      shutdownWhenUnprofitable: machines.shutdownWhenUnprofitable[row] === 1,
    });
  }
  return [...groups.values()];
}
