/**
 * The form in the URL and back (decision 0040). Names are those of the HTML form, so the page works by plain GET as well. Only what
 * differs from the defaults is written. Whatever stands in a URL is read into the form or becomes a field error; nothing throws.
 */
import {
  type CalculatorForm,
  CHOICE_FIELD_NAMES,
  CHOICES,
  CURRENCIES,
  type Currency,
  createDefaultForm,
  defaultText,
  FORM_FIELD_NAMES,
  type FormError,
  MODEL_FIELD_NAMES,
  NUMBER_FIELD_NAMES,
  plainError,
} from './calculator-form.ts';

/** Longest text kept of one input. The longest name of a machine on sale has under 40 characters. Ours. */
export const MAX_TEXT_LENGTH = 80;
/** Names the currency in which a submitted form was filled in, when the form asks for the other one. */
export const TYPED_IN = 'in';
/** Asks for a page that needs no script: nothing is streamed after the answer. */
export const WITHOUT_SCRIPT = 'nojs';

export type ParsedUrl = {
  form: CalculatorForm;
  /** The currency asked for. Differs from the form's when a form filled in one currency asks for the other. */
  currency: Currency;
  errors: FormError[];
};

function findCurrency(text: string | null): Currency | null {
  return CURRENCIES.find((currency) => currency === text) ?? null;
}

/** Reads the first value of every known name; unknown names are left alone (languages, campaign marks). O(fields). */
export function parseCalculatorUrl(params: URLSearchParams): ParsedUrl {
  const errors: FormError[] = [];
  const asked = params.get('currency');
  const currency = findCurrency(asked) ?? 'usd';
  if (asked !== null && findCurrency(asked) === null) errors.push(plainError('currency', 'unknown_choice'));
  const form = createDefaultForm(findCurrency(params.get(TYPED_IN)) ?? currency);

  for (const name of CHOICE_FIELD_NAMES) {
    const text = params.get(name);
    if (name === 'currency' || text === null) continue;
    const choices: readonly string[] = CHOICES[name];
    if (!choices.includes(text)) errors.push(plainError(name, 'unknown_choice'));
    else if (name === 'view') form.view = text as CalculatorForm['view'];
    else form[name] = text;
  }
  for (const name of [...MODEL_FIELD_NAMES, ...NUMBER_FIELD_NAMES, 'start'] as const) {
    const text = params.get(name);
    if (text === null) continue;
    // Control characters mean nothing in a name or number; a newline would be lost in an input field anyway.
    const clean = text.replace(/\p{Cc}/gu, ' ').trim();
    const letters = [...clean];
    if (letters.length > MAX_TEXT_LENGTH) errors.push(plainError(name, 'too_long'));
    form[name] = letters.slice(0, MAX_TEXT_LENGTH).join('').trim();
  }
  return { form, currency, errors };
}

/** The shortest URL parameters that give the form again. The order is that of the field table, so equal forms have equal URLs. */
export function toCalculatorParams(form: CalculatorForm): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of FORM_FIELD_NAMES) {
    if (name === 'currency') {
      if (form.currency !== 'usd') params.set(name, form.currency);
    } else if (form[name] !== defaultText(name, form.currency)) {
      params.set(name, form[name]);
    }
  }
  return params;
}

const OWN_NAMES: ReadonlySet<string> = new Set<string>([...FORM_FIELD_NAMES, TYPED_IN, WITHOUT_SCRIPT]);

/** Puts the form into existing parameters and keeps those that are not the calculator's (language, campaign marks). */
export function replaceCalculatorParams(current: URLSearchParams, form: CalculatorForm): URLSearchParams {
  const params = toCalculatorParams(form);
  for (const [name, value] of current) if (!OWN_NAMES.has(name)) params.append(name, value);
  return params;
}
