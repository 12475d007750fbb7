// Machines in the order of what they do now. A figure counts as long as the machine is heard of; then nobody knows it, and the machine comes last.
import type { LiveSort, MachineSort } from '#app/features/sites/machines/machine-order.ts';
import { isLiveSort } from '#app/features/sites/machines/machine-order.ts';
import { type MachineOrder, toEnteredOrder } from '#app/features/sites/machines/order-machines.server.ts';
import { GAP_CADENCES } from '#app/features/telemetry/layers.ts';
import { Prisma } from '#app/generated/prisma/client.ts';

/** The figures lie beside the last answer in full, one machine a page: more is not read for one list. It is more than the largest site. */
export const MAX_LIVE_SORTED = 10_000;

const FIGURES: Readonly<Record<LiveSort, Prisma.Sql>> = {
  hashrateThs: Prisma.sql`l.hashrate_ths`,
  chipTemperatureC: Prisma.sql`l.chip_temperature_c`,
  atS: Prisma.sql`l.at_s`,
};

/** When a machine was last asked is known however long ago it is. */
export function toMachineOrder({ field, isDescending }: MachineSort, nowS: number): MachineOrder {
  if (!isLiveSort(field)) return toEnteredOrder(field, isDescending);
  const figure = FIGURES[field];
  const fresh = Prisma.sql`l.at_s >= ${nowS}::float8 - o.poll_cadence_s * ${GAP_CADENCES}::float8`;
  return {
    kind: 'later',
    key: field === 'atS' ? Prisma.sql`${figure}::float8` : Prisma.sql`(CASE WHEN ${fresh} THEN ${figure} END)::float8`,
    join: Prisma.sql`JOIN sites o ON o.id = f.site_id LEFT JOIN telemetry_live l ON l.machine = f.number AND f.approval = 'approved' AND f.status <> 'retired'`,
    most: MAX_LIVE_SORTED,
    type: 'float8',
    isDescending,
  };
}
