import { expect, it } from 'vitest';
import { createFormat } from '#app/ui/format.ts';
import { sayPower } from './say-power.ts';

it('steps the unit so that the figure stays below a thousand, and knows what is unknown', () => {
  const format = createFormat('en');
  expect([3_500, 999.99, 84_120, 21_000_000, 0].map((watts) => sayPower(watts, format))).toEqual([
    '3.50 kW',
    '1.00 kW',
    '84.12 kW',
    '21 MW',
    '0 W',
  ]);
  expect(sayPower(null, format)).toBe('—');
});
