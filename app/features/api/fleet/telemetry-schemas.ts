/** The answers of telemetry as zod schemas, for the OpenAPI document (decision 0095). */
import { z } from 'zod';
import { MeterReadingsSchema } from '#app/features/telemetry/energy/meter-readings.ts';
import { METER_UNITS, METER_VALUES } from '#app/features/telemetry/meter-file/meter-columns.ts';
import { TIME_STATES, TROUBLES } from '#app/features/telemetry/store/sample-state.ts';

const id = z.uuid();
const count = z.int().min(0);
const seconds = z.number().min(0);
const figure = z.number().nullable();
const ratio = z.number().min(0).max(1);
const text = z.string().nullable();
const state = z.enum(TIME_STATES);
const trouble = z.enum(TROUBLES);

const LiveStateSchema = z.strictObject({
  machineId: id,
  number: count,
  siteId: id,
  clientId: id.nullable(),
  model: text,
  rackId: id.nullable(),
  rackRow: count.nullable(),
  rackColumn: count.nullable(),
  ratedHashrateThs: figure,
  state: state.nullable(),
  trouble: trouble.nullable(),
  atS: figure,
  readAtS: figure,
  hashrateThs: figure,
  powerW: figure,
  chipTemperatureC: figure,
  fanRpm: figure,
  boardsAlive: figure,
});

const MachineSampleSchema = z.strictObject({
  atS: seconds,
  state,
  trouble,
  hashrateThs: figure,
  powerW: figure,
  acceptedShares: figure,
  rejectedShares: figure,
  hardwareErrors: figure,
  uptimeS: figure,
  chipTemperatureC: figure,
  boardTemperatureC: figure,
  inletTemperatureC: figure,
  fanRpm: figure,
  boardsAlive: figure,
  chips: figure,
});

const MachinePointSchema = z.strictObject({ atS: seconds, hashrateThs: figure, powerW: figure });

const MachineBucketSchema = z.strictObject({
  ...MachinePointSchema.shape,
  samples: count,
  failedSamples: count,
  hashrateMinThs: figure,
  hashrateMaxThs: figure,
  hashingS: seconds,
  curtailedS: seconds,
  plannedS: seconds,
  faultyS: seconds,
  unknownS: seconds,
  energyMachineKwh: z.number(),
  energyRatedKwh: z.number(),
  powerKnownS: seconds,
  acceptedShares: figure,
  rejectedShares: figure,
  hardwareErrors: figure,
  chipTemperatureMaxC: figure,
  boardTemperatureMaxC: figure,
  inletTemperatureMaxC: figure,
});

const split = { hashingRatio: ratio, curtailedRatio: ratio, plannedRatio: ratio, faultyRatio: ratio, unknownRatio: ratio };

const SitePointSchema = z.strictObject({
  atS: seconds,
  machines: count,
  hashrateThs: figure,
  powerW: figure,
  readRatio: ratio,
  estimatedRatio: ratio.nullable(),
  powerUnknownRatio: ratio,
  ...split,
  chipTemperatureMaxC: figure,
});

const DemandSchema = z.strictObject({
  atS: seconds,
  demandKw: figure,
  source: z.enum(['meter', 'machines']),
  estimatedRatio: ratio.nullable(),
  unknownRatio: ratio.nullable(),
});

export const TELEMETRY_REQUESTS = {
  MeterReadings: MeterReadingsSchema,
  MeterFileUpload: z.strictObject({
    file: z.string(),
    column: z.string().optional(),
    values: z.enum(METER_VALUES).optional(),
    digest: z.string().optional(),
  }),
};

export const TELEMETRY_ANSWERS = {
  MeterReadingsTaken: z.strictObject({ written: count }),
  MeterFileAnswer: z.strictObject({
    isWritten: z.boolean(),
    ledger: z.strictObject({
      rowsIn: count,
      added: count,
      replaced: count,
      unchanged: count,
      unpaired: count,
      blank: count,
      repeated: count,
      inError: count,
    }),
    columns: z.strictObject({
      time: z.string(),
      value: z.string(),
      unit: z.enum(METER_UNITS),
      isEnd: z.boolean(),
      values: z.enum(METER_VALUES),
    }),
    timeZone: z.string(),
    energyKwh: z.number(),
    fromAt: z.string(),
    toAt: z.string(),
    missingQuarters: count,
    digest: z.string(),
    problems: z.array(z.strictObject({ line: count, column: z.string(), value: z.string(), code: z.string(), message: z.string() })),
  }),
  LiveState: LiveStateSchema,
  LiveStates: z.strictObject({ machines: z.array(LiveStateSchema), next: count.nullable() }),
  LiveCells: z.strictObject({
    atS: seconds,
    numbers: z.array(count),
    states: z.array(count),
    hashrateThs: z.array(figure),
    powerW: z.array(figure),
    chipTemperatureC: z.array(figure),
  }),
  MachineLive: z.strictObject({
    atS: seconds,
    readAtS: figure,
    state,
    trouble,
    troubleDetail: text.optional(),
    snapshot: z.record(z.string(), z.unknown()).nullable(),
  }),
  MachineSample: MachineSampleSchema,
  MachineSamples: z.strictObject({ samples: z.array(MachineSampleSchema), next: count.nullable() }),
  MachinePoint: MachinePointSchema,
  MachineBucket: MachineBucketSchema,
  MachineOverTime: z.strictObject({
    layer: z.enum(['slots', 'hours', 'days']),
    stepS: count.optional(),
    timeZone: z.string().optional(),
    points: z.array(MachinePointSchema).optional(),
    buckets: z.array(MachineBucketSchema).optional(),
  }),
  SitePoint: SitePointSchema,
  SiteSeries: z.strictObject({ stepS: count, timeZone: z.string(), points: z.array(SitePointSchema) }),
  Demand: DemandSchema,
  MonthDemand: z.strictObject({ month: z.string(), timeZone: z.string(), quarters: z.array(DemandSchema), peak: DemandSchema.nullable() }),
  EnergyAndUptime: z.strictObject({
    fromS: seconds,
    toS: seconds,
    energy: z.strictObject({
      energyKwh: figure,
      meterRatio: ratio.nullable(),
      estimatedRatio: ratio.nullable(),
      unknownRatio: ratio.nullable(),
    }),
    uptime: z.strictObject({
      totalS: seconds,
      split: z.strictObject(split).nullable(),
      availability: z.strictObject({ ratio: ratio.nullable(), leastRatio: ratio.nullable(), mostRatio: ratio.nullable() }),
    }),
    unratedMachines: count.nullable(),
  }),
};
