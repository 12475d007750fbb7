/** What is wrong with a field and what to do, in the reader's language. Pure. */
import type { Format } from '#app/ui/format.ts';
import type { Texts } from './use-what-if.ts';
import type { FormError } from './what-if-form.ts';

/** As many digits as the limit needs, at most four. */
export function sayLimit(format: Format, limit: number): string {
  const digits = [0, 1, 2, 3].find((places) => Math.abs(limit * 10 ** places - Math.round(limit * 10 ** places)) < 1e-9) ?? 4;
  return format.number(limit, digits);
}

export function sayError(t: Texts, format: Format, { code, min, max, line, text, day }: FormError): string {
  return t(`error.${code}`, {
    min: min === undefined ? '' : sayLimit(format, min),
    max: max === undefined ? '' : sayLimit(format, max),
    line: line ?? '',
    text: text ?? '',
    ...(day === undefined
      ? {}
      : { date: format.date(`${day.date}T00:00:00Z`), zone: day.zone.replaceAll('_', ' '), hours: format.number(day.hours, 0) }),
  });
}
