/** What the form of a machine holds. Pure. */
export const MACHINE_TEXTS = [
  'serial',
  'macAddress',
  'model',
  'host',
  'worker',
  'firmware',
  'purchasedOn',
  'status',
  'clientId',
  'rackId',
] as const;
export const MACHINE_NUMBERS = ['port', 'rackRow', 'rackColumn', 'ratedHashrateThs', 'ratedPowerW', 'purchaseUsd'] as const;
export type MachineFormField = (typeof MACHINE_TEXTS)[number] | (typeof MACHINE_NUMBERS)[number] | 'tags';

export type MachineFormView = {
  number: number;
  name: string;
  values: Record<MachineFormField, string>;
  clients: { id: string; name: string }[];
  racks: { id: string; name: string; rows: number | null; columns: number | null }[];
};
