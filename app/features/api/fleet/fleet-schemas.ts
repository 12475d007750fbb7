/** The requests and answers of sites, clients and machines as zod schemas, for the OpenAPI document (decision 0093). */
import { z } from 'zod';
import { ClientChangeSchema, NewClientSchema } from '#app/features/sites/clients/client-fields.ts';
import { IMPORT_FIELDS } from '#app/features/sites/import/import-words.ts';
import { BulkEditSchema } from '#app/features/sites/machines/bulk-edit-request.ts';
import { APPROVALS, MACHINE_STATUSES, MachineChangeSchema, NewMachineSchema } from '#app/features/sites/machines/machine-fields.ts';
import {
  NewPlaceSchema,
  NewSiteSchema,
  PLACE_KINDS,
  PlaceChangeSchema,
  SITE_STATUSES,
  SiteChangeSchema,
} from '#app/features/sites/sites/site-fields.ts';

const id = z.uuid();
const count = z.int().min(0);
const text = z.string().nullable();
const figure = z.number().nullable();
const named = z.strictObject({ id, name: z.string() });
const times = { createdAt: z.string(), updatedAt: z.string() };
const counts = z.record(z.string(), count);

const FleetSiteSchema = z.strictObject({
  id,
  number: count,
  name: z.string(),
  location: text,
  latitude: figure,
  longitude: figure,
  timeZone: z.string(),
  capacityKw: figure,
  tariffUsdPerKwh: figure.optional(),
  pue: figure,
  contact: text.optional(),
  status: z.enum(SITE_STATUSES),
  pollCadenceS: count,
  isDemo: z.boolean(),
  machines: count,
  ...times,
});

const FleetPlaceSchema = z.strictObject({
  id,
  parentId: id.nullable(),
  kind: z.enum(PLACE_KINDS),
  name: z.string(),
  rows: count.nullable(),
  columns: count.nullable(),
  machines: count,
});

const FleetClientSchema = z.strictObject({
  id,
  name: z.string(),
  contact: text.optional(),
  isDemo: z.boolean(),
  machines: count,
  createdAt: z.string(),
});

const FleetMachineSchema = z.strictObject({
  id,
  number: count,
  site: named,
  client: named.nullable(),
  rack: named.nullable(),
  rackRow: count.nullable(),
  rackColumn: count.nullable(),
  serial: text,
  macAddress: text.optional(),
  model: text,
  catalogueId: text,
  ratedHashrateThs: figure,
  ratedPowerW: figure,
  host: text.optional(),
  port: count.nullable().optional(),
  worker: text.optional(),
  firmware: text,
  purchasedOn: text.optional(),
  purchaseUsd: figure.optional(),
  approval: z.enum(APPROVALS),
  status: z.enum(MACHINE_STATUSES),
  tags: z.array(z.string()).optional(),
  ...times,
});

const entry = { row: count };

export const FLEET_REQUESTS = {
  NewSite: NewSiteSchema,
  SiteChange: SiteChangeSchema,
  NewPlace: NewPlaceSchema,
  PlaceChange: PlaceChangeSchema,
  NewClient: NewClientSchema,
  ClientChange: ClientChangeSchema,
  NewMachine: NewMachineSchema,
  MachineChange: MachineChangeSchema,
  MachineBulkEdit: BulkEditSchema,
  MachineImportUpload: z.strictObject({
    file: z.string(),
    siteId: id,
    columns: z.array(z.strictObject({ column: count, field: z.enum(IMPORT_FIELDS).nullable() })).optional(),
    digest: z.string().optional(),
  }),
};

export const FLEET_ANSWERS = {
  FleetSite: FleetSiteSchema,
  FleetSites: z.strictObject({ sites: z.array(FleetSiteSchema) }),
  FleetPlace: FleetPlaceSchema,
  FleetPlaces: z.strictObject({ places: z.array(FleetPlaceSchema) }),
  FleetClient: FleetClientSchema,
  FleetClients: z.strictObject({ clients: z.array(FleetClientSchema) }),
  FleetMachine: FleetMachineSchema,
  FleetMachines: z.strictObject({
    machines: z.array(FleetMachineSchema),
    next: text,
    counts: z.strictObject({ total: count, bySite: counts, byStatus: counts, byApproval: counts }),
  }),
  MachineBulkAnswer: z.strictObject({ fitting: count, changed: count, setId: id.nullable() }),
  MachineHistory: z.strictObject({
    changes: z.array(
      z.strictObject({
        id: z.string(),
        at: z.string(),
        user: named.nullable(),
        act: z.string(),
        setId: id,
        field: text,
        from: z.unknown(),
        to: z.unknown(),
        fromName: text,
        toName: text,
      }),
    ),
    next: text,
  }),
  MachineImportAnswer: z.strictObject({
    isWritten: z.boolean(),
    ledger: z.strictObject({
      rowsIn: count,
      entriesIn: count,
      created: count,
      updated: count,
      unchanged: count,
      inError: count,
      skipped: count,
    }),
    columns: z.array(z.strictObject({ column: count, header: z.string(), field: text, unit: text })),
    problems: z.array(
      z.strictObject({
        ...entry,
        line: count,
        field: text,
        header: z.string(),
        value: z.string(),
        code: z.string(),
        details: z.record(z.string(), z.unknown()),
        message: z.string(),
      }),
    ),
    created: z.array(z.strictObject({ ...entry, serial: text, macAddress: text, host: text, model: text })),
    updated: z.array(
      z.strictObject({
        ...entry,
        id,
        number: count,
        changes: z.array(z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown(), fromName: text, toName: text })),
      }),
    ),
    digest: z.string(),
    setId: id.nullable(),
  }),
};
