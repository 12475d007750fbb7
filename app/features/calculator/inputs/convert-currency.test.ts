import { describe, expect, it } from 'vitest';
import { type CalculatorForm, createDefaultForm } from './calculator-form.ts';
import { convertCurrency } from './convert-currency.ts';

const CNY_PER_USD = 7.0197;

function aForm(changes: Partial<CalculatorForm>): CalculatorForm {
  return { ...createDefaultForm(), ...changes };
}

function thereAndBack(form: CalculatorForm): CalculatorForm {
  return convertCurrency(convertCurrency(form, 'cny', CNY_PER_USD), 'usd', CNY_PER_USD);
}

describe('convertCurrency', () => {
  it('carries amounts over at the rate', () => {
    // 3200 * 7.0197 = 22463.04, six digits: 22463
    expect(convertCurrency(aForm({ capex: '3200' }), 'cny', CNY_PER_USD).capex).toBe('22463');
  });

  it('gives every figure of up to five digits back as it was typed', () => {
    for (const typed of ['3200', '0.072', '0.06', '1', '99999', '87508', '0.055', '-0.05', '12.345', '0']) {
      expect(thereAndBack(aForm({ capex: typed, power: typed }))).toMatchObject({ capex: typed, power: typed });
    }
  });

  it('leaves what cannot be read to the person', () => {
    expect(convertCurrency(aForm({ capex: '1,5' }), 'cny', CNY_PER_USD).capex).toBe('1,5');
  });
});
