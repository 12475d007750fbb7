/** Parameters of an indicator from a body or from an address: under their own name or another one that libraries give them. Pure. */

import { type Fault, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import { checkParam } from '#app/features/indicators/check-param.ts';
import type { Indicator, ParamValues } from '#app/features/indicators/indicator.ts';
import { defaultParams } from '#app/features/indicators/registry.ts';

/** Every value used, and what is wrong. `place` stands before the names in faults. */
export function readIndicatorParams(
  chosen: Readonly<Record<string, unknown>>,
  indicator: Indicator,
  place = '',
): { params: ParamValues; faults: Fault[] } {
  const faults: Fault[] = [];
  const params: Record<string, number> = { ...defaultParams(indicator) };
  const takenBy = new Map<string, string>();
  for (const [given, value] of Object.entries(chosen)) {
    const field = `${place}${given}`;
    const name = findParamName(indicator, given);
    const param = name === null ? undefined : indicator.params[name];
    if (name === null || param === undefined) {
      const names = Object.keys(indicator.params).join(', ');
      faults.push(toFault(field, value, names === '' ? 'no_parameters' : 'not_a_parameter', { names }));
      continue;
    }
    const other = takenBy.get(name);
    takenBy.set(name, given);
    if (other !== undefined) faults.push(toFault(field, value, 'given_twice', { other }));
    else if (typeof value !== 'number') faults.push(toRangeFault(field, value, 'not_a_number', param));
    else {
      const trouble = checkParam(value, param);
      if (trouble === null) params[name] = value;
      else faults.push(toRangeFault(field, value, trouble, param));
    }
  }
  const misfit = faults.length > 0 ? null : (indicator.findMisfit?.(params) ?? null);
  if (misfit !== null) {
    const { param, min, max } = misfit;
    faults.push(
      toRangeFault(`${place}${takenBy.get(param) ?? param}`, params[param], 'out_of_range', { ...indicator.params[param]!, min, max }),
    );
  }
  return { params, faults };
}

function findParamName({ params }: Indicator, given: string): string | null {
  if (Object.hasOwn(params, given)) return given;
  return Object.keys(params).find((name) => params[name]!.aliases.includes(given)) ?? null;
}
