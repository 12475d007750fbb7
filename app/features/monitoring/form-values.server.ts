/** From the texts of a form to a request of the use cases, and from what is wrong with it to words beside its fields. */
import type { z } from 'zod';
import { explainIssues, type Ranges } from '#app/features/api/wire/explain-issues.ts';
import { type Fault, toFault } from '#app/features/api/wire/fault.ts';
import { wordFaults, wordRange } from '#app/features/api/wire/word-faults.ts';
import type { ChangeFault } from '#app/features/sites/refused-change.ts';
import { detectLanguage } from '#app/platform/i18n/detect-language.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { createFormat } from '#app/ui/format.ts';
import { parseTypedNumber } from '#app/ui/typed-number.ts';
import type { FormFault } from './form-fault.ts';

const MAX_TEXT = 2_000;
/** Of a bound that is no whole number. */
const MAX_DIGITS = 4;

/** Null: there is no such field, or a file. */
export function readText(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().slice(0, MAX_TEXT) : null;
}

/** Texts as they are typed: an empty one says that there is nothing. Of fields that the form does not have nothing is said. */
export function readTexts(form: FormData, names: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = readText(form, name);
      return text === null ? [] : [[name, text === '' ? null : text]];
    }),
  );
}

/** Numbers as people type them; what cannot be read stays a text, which the schema refuses. */
export function readNumbers(form: FormData, names: readonly string[]): Record<string, number | string | null> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = readText(form, name);
      if (text === null) return [];
      const typed = parseTypedNumber(text);
      return [[name, typed.kind === 'number' ? typed.value : typed.kind === 'empty' ? null : text]];
    }),
  );
}

export type Parsed<T> = { kind: 'ok'; value: T } | { kind: 'faulty'; faults: Fault[] };

export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  given: Record<string, unknown>,
  ranges: Ranges,
): Parsed<z.infer<Schema>> {
  const parsed = schema.safeParse(given);
  return parsed.success ? { kind: 'ok', value: parsed.data } : { kind: 'faulty', faults: explainIssues(parsed.error, given, [], ranges) };
}

export const toFaults = (faults: readonly ChangeFault[]): Fault[] =>
  faults.map(({ field, value, code, details }) => toFault(field, value, code, details));

/** In the reader's language. */
export async function sayFaults(request: Request, faults: readonly Fault[]): Promise<FormFault[]> {
  const [t, own] = await Promise.all([i18nServer.getFixedT(request, 'api-errors'), i18nServer.getFixedT(request, 'monitoring')]);
  const { number } = createFormat(detectLanguage(request));
  const say = (value: number) => number(value, Number.isInteger(value) ? 0 : MAX_DIGITS);
  return wordFaults(faults, t, say).map(({ field, message }, index) => {
    const fault = faults[index];
    // The words of the API speak of JSON.
    if (fault?.code === 'not_a_number' && fault.min !== null)
      return { field, message: own('form.notANumber', { range: wordRange(fault, t, say) }) };
    return { field, message: fault?.code === 'missing' ? own('form.missing') : message };
  });
}
