/** What a site's own meter counted, as it is sent: kWh by quarters of an hour. Pure. */
import { z } from 'zod';
import { QUARTER_S } from '#app/features/telemetry/layers.ts';
import { type FieldRange, range } from '#engine/units/fields.ts';

/** A month of quarters and a little. */
export const MAX_METER_ROWS = 4_000;
/** 10 GW over a quarter of an hour. */
export const MAX_QUARTER_KWH = 2_500_000;
/** 2009-01-01: nobody mined before. */
export const EARLIEST_S = 1_230_768_000;

export const METER_FIELDS = { energyKwh: range('kWh', 0, MAX_QUARTER_KWH) } as const satisfies Record<string, FieldRange>;

export const MeterReadingsSchema = z.strictObject({
  quarters: z
    .array(z.strictObject({ atS: z.int().min(0), energyKwh: z.number().min(0).max(MAX_QUARTER_KWH) }))
    .min(1)
    .max(MAX_METER_ROWS),
});
export type MeterReadings = z.infer<typeof MeterReadingsSchema>;

/** Places in the list of what does not begin a quarter of an hour, or one that is not over at `nowS`. */
export function findBadQuarters({ quarters }: MeterReadings, nowS: number): number[] {
  return quarters.flatMap(({ atS }, place) => (atS % QUARTER_S === 0 && atS >= EARLIEST_S && atS + QUARTER_S <= nowS ? [] : [place]));
}
