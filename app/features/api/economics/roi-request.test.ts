import { describe, expect, it } from 'vitest';
import { GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { FIELDS, findFieldError } from '#engine/units/fields.ts';
import { FIELD_NAMES, RoiFieldsSchema, RoiRequestSchema } from './roi-request.ts';

describe('RoiFieldsSchema', () => {
  it("accepts exactly what the engine's table of fields accepts", () => {
    for (const name of FIELD_NAMES) {
      const { min, max } = FIELDS[name];
      const step = Math.max(Math.abs(max) * 1e-9, 1e-9);
      const values = [min, max, min - step, max + step, min + step, 0, 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', [], {}, true];
      for (const value of values) {
        const isAccepted = RoiFieldsSchema.safeParse({ [name]: value }).success;
        expect(isAccepted, `${name} = ${String(value)}`).toBe(findFieldError(name, value) === null);
      }
    }
  });

  it('refuses names that come with every JavaScript object', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(RoiFieldsSchema.safeParse(JSON.parse(`{"${name}": 1}`)).success, name).toBe(false);
    }
  });
});

describe('RoiRequestSchema', () => {
  it('requires the power price', () => {
    const { powerUsdPerKwh: _price, ...rest } = GOLDEN_EXAMPLE;
    expect(RoiRequestSchema.safeParse(GOLDEN_EXAMPLE).success).toBe(true);
    expect(RoiRequestSchema.safeParse(rest).success).toBe(false);
  });
});
