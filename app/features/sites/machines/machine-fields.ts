// What is known of a machine: its fields, their ranges and the request schemas made from them. Pure; the database checks the same ranges.

import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { isStorable } from '#app/platform/storable-text.ts';
import { type FieldRange, MACHINE_FIELDS, range } from '#engine/units/fields.ts';
import { PLACE_FIELDS } from '../sites/site-fields.ts';

export const MACHINE_STATUSES = ['active', 'maintenance', 'curtailed', 'retired'] as const;
export type MachineStatus = (typeof MACHINE_STATUSES)[number];
export const APPROVALS = ['draft', 'pending', 'approved', 'rejected'] as const;
export type Approval = (typeof APPROVALS)[number];

export const MAX_TAGS = 20;
export const MAX_TAG_LENGTH = 50;
export const MAX_MACHINE_TEXT_LENGTH = 200;

/** By the names of the request; hash rate and power as the calculator takes them. */
export const MACHINE_RANGES = {
  ratedHashrateThs: MACHINE_FIELDS.hashrateThs,
  ratedPowerW: MACHINE_FIELDS.powerW,
  purchaseUsd: range('USD', MACHINE_FIELDS.capexUsd.min, MACHINE_FIELDS.capexUsd.max),
  port: range('1', 1, 65_535, { integer: true }),
  rackRow: PLACE_FIELDS.rows,
  rackColumn: PLACE_FIELDS.columns,
} as const satisfies Record<string, FieldRange>;

/** What a machine is, apart from its numbers: what is written, compared and kept in the history. Null: not known, or none. */
export type MachineValues = {
  siteId: string;
  clientId: string | null;
  rackId: string | null;
  rackRow: number | null;
  rackColumn: number | null;
  serial: string | null;
  macAddress: string | null;
  model: string | null;
  catalogueId: string | null;
  ratedHashrateThs: number | null;
  ratedPowerW: number | null;
  host: string | null;
  port: number | null;
  worker: string | null;
  firmware: string | null;
  /** YYYY-MM-DD. */
  purchasedOn: string | null;
  purchaseUsd: number | null;
  approval: Approval;
  status: MachineStatus;
  tags: string[];
};
export type MachineField = keyof MachineValues;
export type StoredMachine = MachineValues & { id: string; number: number };

/** Never shown to a client, nor searched by one. A worker names the host's account at the pool. */
export const HOST_FIELDS = [
  'macAddress',
  'host',
  'port',
  'worker',
  'purchasedOn',
  'purchaseUsd',
  'tags',
] as const satisfies readonly MachineField[];
export type HostField = (typeof HOST_FIELDS)[number];

const figure = (name: keyof typeof MACHINE_RANGES) => toNumberSchema(MACHINE_RANGES[name]).nullable().optional();
const text = z.string().max(MAX_MACHINE_TEXT_LENGTH).refine(isStorable).nullable().optional();
const id = z.uuid().nullable().optional();
const tags = z.array(z.string().trim().min(1).max(MAX_TAG_LENGTH).refine(isStorable)).max(MAX_TAGS);

/** What many machines may be given at once. */
const shared = {
  clientId: id,
  rackId: id,
  model: text,
  ratedHashrateThs: figure('ratedHashrateThs'),
  ratedPowerW: figure('ratedPowerW'),
  firmware: text,
  purchasedOn: text,
  purchaseUsd: figure('purchaseUsd'),
  status: z.enum(MACHINE_STATUSES).optional(),
};
/** What one machine has for itself. */
const single = {
  rackRow: figure('rackRow'),
  rackColumn: figure('rackColumn'),
  serial: text,
  macAddress: text,
  host: text,
  port: figure('port'),
  worker: text,
  tags: tags.optional(),
};

export const NewMachineSchema = z.strictObject({ siteId: z.uuid(), ...shared, ...single });
export const MachineChangeSchema = z.strictObject({
  siteId: z.uuid().optional(),
  approval: z.enum(APPROVALS).optional(),
  ...shared,
  ...single,
});
export const SharedChangeSchema = z.strictObject({
  siteId: z.uuid().optional(),
  approval: z.enum(APPROVALS).optional(),
  ...shared,
  addTags: tags.optional(),
  removeTags: tags.optional(),
});
export type NewMachine = z.infer<typeof NewMachineSchema>;
export type MachineChange = z.infer<typeof MachineChangeSchema>;
export type SharedChange = z.infer<typeof SharedChangeSchema>;
