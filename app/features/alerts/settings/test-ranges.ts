/** How far back a rule may be tested. */
import { range } from '#engine/units/fields.ts';

export const TEST_HOURS_DEFAULT = 24;
export const TEST_RANGES = { hours: range('h', 1, 48, { integer: true, default: TEST_HOURS_DEFAULT }) };
