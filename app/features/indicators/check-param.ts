/** Whether a number may be a parameter. Pure. */
import type { Param } from './indicator.ts';

export type ParamTrouble = 'out_of_range' | 'not_an_integer';

/** `null`: it may. NaN is out of every range. */
export function checkParam(value: number, { min, max, minExclusive, integer }: Param): ParamTrouble | null {
  if (!(value >= min && value <= max) || (minExclusive && value === min)) return 'out_of_range';
  return integer && !Number.isInteger(value) ? 'not_an_integer' : null;
}
