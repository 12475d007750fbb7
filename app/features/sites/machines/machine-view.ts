// A machine as its reader may see it. Pure.
import { HOST_FIELDS, type HostField, type StoredMachine } from './machine-fields.ts';

type Named = { id: string; name: string };

export type MachineRow = StoredMachine & {
  siteName: string;
  clientName: string | null;
  rackName: string | null;
  createdAt: Date;
  updatedAt: Date;
};

type Plain = Omit<StoredMachine, 'siteId' | 'clientId' | 'rackId' | HostField>;

/** Null: not known, or none. The fields of the host are absent for whoever may not see them. */
export type MachineView = Plain & {
  site: Named;
  client: Named | null;
  rack: Named | null;
  createdAt: string;
  updatedAt: string;
} & Partial<Pick<StoredMachine, HostField>>;

export function toMachineView(row: MachineRow, seesHost: boolean): MachineView {
  const { siteId, siteName, clientId, clientName, rackId, rackName, createdAt, updatedAt, ...rest } = row;
  const view: MachineView = {
    ...rest,
    site: { id: siteId, name: siteName },
    client: clientId === null ? null : { id: clientId, name: clientName ?? '' },
    rack: rackId === null ? null : { id: rackId, name: rackName ?? '' },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
  if (!seesHost) for (const field of HOST_FIELDS) delete view[field];
  return view;
}
