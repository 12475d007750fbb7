import { describe, expect, it } from 'vitest';
import { type CalculatorForm, CHOICES, createDefaultForm, MODEL_FIELD_NAMES, NUMBER_FIELD_NAMES } from './calculator-form.ts';
import { MAX_TEXT_LENGTH, parseCalculatorUrl, replaceCalculatorParams, toCalculatorParams } from './calculator-url.ts';

/** Park and Miller's generator: the same forms in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const LETTERS = [...'0123456789.,-+&=?%#/\\"\'<> eE￥元度蚂蚁é'];

function createRandomForm(random: () => number): CalculatorForm {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const form = createDefaultForm(pick(CHOICES.currency));
  form.view = pick(CHOICES.view);
  form.payout = pick(CHOICES.payout);
  form.off = pick(CHOICES.off);
  form.curve = pick(CHOICES.curve);
  for (const name of [...MODEL_FIELD_NAMES, ...NUMBER_FIELD_NAMES]) {
    if (random() < 0.4) continue;
    form[name] = Array.from({ length: Math.floor(random() * 12) }, () => pick(LETTERS))
      .join('')
      .trim();
  }
  return form;
}

describe('the form in the URL', () => {
  it('comes back as it was written, for a thousand random forms', () => {
    const random = createRandom(20_251_122);
    for (let round = 0; round < 1000; round++) {
      const form = createRandomForm(random);
      const parsed = parseCalculatorUrl(new URLSearchParams(toCalculatorParams(form).toString()));
      expect(parsed).toEqual({ form, currency: form.currency, errors: [] });
    }
  });

  it('is empty for the defaults', () => {
    expect(toCalculatorParams(createDefaultForm()).toString()).toBe('');
    expect(toCalculatorParams(createDefaultForm('cny')).toString()).toBe('currency=cny');
  });

  it('keeps a field that was emptied by hand apart from one nobody touched', () => {
    const form = { ...createDefaultForm(), client: '' };
    expect(toCalculatorParams(form).toString()).toBe('client=');
    expect(parseCalculatorUrl(new URLSearchParams('client=')).form.client).toBe('');
  });

  it('turns unknown choices into field errors and keeps the default', () => {
    const { form, errors } = parseCalculatorUrl(new URLSearchParams('view=thief&currency=doge&payout=<script>&off=maybe'));
    expect(errors.map((error) => [error.name, error.code])).toEqual([
      ['currency', 'unknown_choice'],
      ['view', 'unknown_choice'],
      ['payout', 'unknown_choice'],
      ['off', 'unknown_choice'],
    ]);
    expect(form).toEqual(createDefaultForm());
  });

  it('cuts overlong text, says so, and takes the control characters out', () => {
    const params = new URLSearchParams({ model: 'A'.repeat(5000), power: '0.0\u0000\n5' });
    const { form, errors } = parseCalculatorUrl(params);
    expect(form.model).toBe('A'.repeat(MAX_TEXT_LENGTH));
    expect(errors.map((error) => [error.name, error.code])).toEqual([['model', 'too_long']]);
    expect(form.power).toBe('0.0  5');
  });

  it('survives names of object prototypes and repeated parameters', () => {
    const { form, errors } = parseCalculatorUrl(new URLSearchParams('__proto__=1&constructor=2&power=0.05&power=9'));
    expect(errors).toEqual([]);
    expect(form.power).toBe('0.05');
  });

  it('leaves parameters of others in place and drops its own helpers', () => {
    const current = new URLSearchParams('lng=zh&utm_source=x&power=0.09&in=usd&nojs=1');
    expect(replaceCalculatorParams(current, { ...createDefaultForm(), count: '5' }).toString()).toBe('count=5&lng=zh&utm_source=x');
  });

  it('tells in which currency a submitted form was filled in', () => {
    const parsed = parseCalculatorUrl(new URLSearchParams('currency=cny&in=usd&power=0.055'));
    expect(parsed.form.currency).toBe('usd');
    expect(parsed.currency).toBe('cny');
  });
});
