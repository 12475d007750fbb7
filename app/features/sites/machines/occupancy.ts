// What only one machine can have: a serial number, a MAC address, an address on a site, a position in a rack. Pure.
import { type ChangeFault, toChangeFault } from '../refused-change.ts';
import type { MachineField, MachineValues } from './machine-fields.ts';

type Holding = { key: string; field: MachineField };

export const serialKey = (serial: string): string => `serial ${serial}`;
export const macKey = (mac: string): string => `mac ${mac}`;
/** Where machines answer unless somebody says otherwise: CGMiner's own default. The database's index takes the same. */
const USUAL_PORT = 4_028;
export const addressKey = (siteId: string, host: string, port: number | null): string => `address ${siteId} ${host} ${port ?? USUAL_PORT}`;

/** A retired machine keeps its numbers, and neither its address nor its position. */
export function listHoldings(machine: Omit<MachineValues, 'approval'>): Holding[] {
  const { serial, macAddress, siteId, host, port, rackId, rackRow, rackColumn, status } = machine;
  const holdings: Holding[] = [];
  if (serial !== null) holdings.push({ key: serialKey(serial), field: 'serial' });
  if (macAddress !== null) holdings.push({ key: macKey(macAddress), field: 'macAddress' });
  if (status === 'retired') return holdings;
  if (host !== null) holdings.push({ key: addressKey(siteId, host, port), field: 'host' });
  if (rackId !== null && rackRow !== null) holdings.push({ key: `position ${rackId} ${rackRow} ${rackColumn}`, field: 'rackRow' });
  return holdings;
}

/** Who holds what; the id of a machine, or any name of one that is about to be written. */
export class Occupancy {
  readonly #holders = new Map<string, string>();

  find(key: string): string | null {
    return this.#holders.get(key) ?? null;
  }

  /** What of this machine somebody else holds. */
  findTaken(id: string, machine: MachineValues): ChangeFault[] {
    return listHoldings(machine).flatMap(({ key, field }) => {
      const holder = this.find(key);
      return holder === null || holder === id ? [] : [toChangeFault(field, toShown(machine[field]), 'taken')];
    });
  }

  /** Lets go of what it will not hold any more: before others of one act are asked whether they may take it. */
  release(id: string, before: MachineValues, after: MachineValues): void {
    const kept = new Set(listHoldings(after).map(({ key }) => key));
    for (const { key } of listHoldings(before)) if (!kept.has(key) && this.find(key) === id) this.#holders.delete(key);
  }

  /** From what it held before to what it holds now. */
  occupy(id: string, before: MachineValues | null, after: MachineValues): void {
    for (const { key } of before === null ? [] : listHoldings(before)) if (this.find(key) === id) this.#holders.delete(key);
    for (const { key } of listHoldings(after)) this.#holders.set(key, id);
  }
}

function toShown(value: MachineValues[MachineField]): string | number | null {
  return Array.isArray(value) ? value.join(', ') : value;
}
