/** A number of one of the engine's tables of fields as a zod schema: its range refuses requests, its unit and default stand in the OpenAPI document. */
import { z } from 'zod';
import type { FieldRange } from '#engine/units/fields.ts';

/** JSON numbers only: texts, null and infinities are refused. */
export function toNumberSchema({ unit, min, max, minExclusive, integer, default: absent }: FieldRange): z.ZodNumber {
  const whole = integer ? z.number().int() : z.number();
  const lower = minExclusive ? whole.gt(min) : whole.gte(min);
  return lower.lte(max).meta({ 'x-unit': unit, ...(absent === null ? {} : { default: absent }) });
}
