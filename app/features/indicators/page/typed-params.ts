/** Parameters of an indicator as they were typed into the form, and so into the address. Pure. */
import { parseTypedNumber, toTypedText } from '#app/ui/typed-number.ts';
import { checkParam, type ParamTrouble } from '../check-param.ts';
import type { Indicator, ParamValues } from '../indicator.ts';
import { defaultParams } from '../registry.ts';

/** Longer texts are no number; an address may hold anything. */
const MAX_TYPED = 40;

export type ParamFault = { param: string; code: 'not_a_number' | ParamTrouble; min: number; max: number };

export type TypedParams = {
  params: ParamValues;
  /** What stands in every field: as it was typed, or the default. */
  texts: Readonly<Record<string, string>>;
  faults: ParamFault[];
};

/** An empty field is the default. The range of a fault is the one that the other parameters leave. */
export function readTypedParams(query: URLSearchParams, indicator: Indicator): TypedParams {
  const params: Record<string, number> = { ...defaultParams(indicator) };
  const texts: Record<string, string> = {};
  const faults: ParamFault[] = [];
  for (const [name, param] of Object.entries(indicator.params)) {
    const typed = (query.get(name) ?? '').slice(0, MAX_TYPED);
    const read = parseTypedNumber(typed);
    texts[name] = read.kind === 'empty' ? toTypedText(param.default) : typed;
    if (read.kind === 'empty') continue;
    const code = read.kind === 'unreadable' ? 'not_a_number' : checkParam(read.value, param);
    if (code !== null) faults.push({ param: name, code, min: param.min, max: param.max });
    else if (read.kind === 'number') params[name] = read.value;
  }
  const misfit = faults.length > 0 ? null : (indicator.findMisfit?.(params) ?? null);
  if (misfit !== null) faults.push({ ...misfit, code: 'out_of_range' });
  return { params, texts, faults };
}
