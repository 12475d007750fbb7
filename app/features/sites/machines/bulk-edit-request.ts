// What a change of many machines is asked with. Pure.
import { z } from 'zod';
import { SharedChangeSchema } from './machine-fields.ts';
import { MachineFilterSchema } from './machine-query.ts';

/** Machines of one act. */
export const MAX_BULK_MACHINES = 10_000;

/** `ids` or `filter`, one of them. `expected` is the count of the preview: when another one fits by now, nothing is done. */
export const BulkEditSchema = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(MAX_BULK_MACHINES).optional(),
  filter: MachineFilterSchema.optional(),
  change: SharedChangeSchema,
  preview: z.boolean().optional(),
  expected: z.number().int().min(0).max(MAX_BULK_MACHINES).optional(),
});
export type BulkEdit = z.infer<typeof BulkEditSchema>;
