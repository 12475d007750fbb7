/**
 * The page's texts at the speed of a slider: i18next resolves a key once, values are put in by a plain replacement. Serves this
 * room's texts only, which use neither plurals nor contexts; a test compares it with i18next.
 */
import type { TFunction } from 'i18next';

type Values = Record<string, string | number>;

const PLACEHOLDER = /\{\{(\w+)\}\}/g;
const wrapped = new WeakMap<TFunction<'calculator'>, TFunction<'calculator'>>();

/** Same texts as `t`. One wrapper for each `t`, so that it can be compared by identity. */
export function toFastTexts(t: TFunction<'calculator'>): TFunction<'calculator'> {
  const known = wrapped.get(t);
  if (known !== undefined) return known;
  const templates = new Map<string, string>();
  const say = (key: string, values?: Values): string => {
    let template = templates.get(key);
    if (template === undefined) {
      template = String(t(key as 'meta.title', { skipInterpolation: true }));
      templates.set(key, template);
    }
    if (values === undefined) return template;
    return template.replace(PLACEHOLDER, (_, name: string) => String(values[name] ?? ''));
  };
  const fast = say as unknown as TFunction<'calculator'>;
  wrapped.set(t, fast);
  return fast;
}
