import { describe, expect, it } from 'vitest';
import { aForm } from './sample-problem.fixture.ts';
import { createPreset, emptyRow, OWN_PRICES, type WhatIfForm } from './what-if-form.ts';
import { parseWhatIfUrl, replaceWhatIfParams, toWhatIfParams } from './what-if-url.ts';

const roundTrip = (form: WhatIfForm) => parseWhatIfUrl(new URLSearchParams(toWhatIfParams(form).toString()));

describe('toWhatIfParams', () => {
  it('writes nothing of a preset but its name, and nothing at all of the first one', () => {
    expect(toWhatIfParams(createPreset('small')).toString()).toBe('');
    expect(toWhatIfParams(createPreset('evening')).toString()).toBe('preset=evening');
  });

  it.each<[string, Partial<WhatIfForm>]>([
    ['a changed cap', { caps: [{ from: '16:00', to: '20:00', kw: '120.5' }] }],
    ['no cap', { caps: [] }],
    [
      'a fleet of its own',
      { rows: [{ ...emptyRow(), model: 'Antminer S21+', count: '7', client: 'Ännchen & Söhne', highW: '4000', highThs: '240' }] },
    ],
    ['no fleet', { rows: [] }],
    ['a floor taken away', { floors: { A: '' } }],
    [
      'own prices in one column',
      { day: OWN_PRICES, prices: '40.5 -3 0', unit: 'cnyPerKwh', step: '15', date: '2026-01-15', zone: 'Asia/Shanghai' },
    ],
    ['figures', { hashprice: '55', restart: '', ramp: '100', takeMwh: '4', takePrice: '30', demand: '0.3', peak: '20' }],
  ])('keeps %s', (_, changes) => {
    const form = aForm(changes);
    expect(roundTrip(form)).toEqual(form);
  });

  it('writes prices as numbers in one line, what cannot be read as it was typed, and leaves out what is too long for an address', () => {
    expect(toWhatIfParams(aForm({ day: OWN_PRICES, prices: '40\n41\r\n42\n' })).get('prices')).toBe('40 41 42');
    expect(toWhatIfParams(aForm({ day: OWN_PRICES, prices: 'hour;price\n0;40,5\n1;-38,2' })).get('prices')).toBe('40.5 -38.2');
    expect(toWhatIfParams(aForm({ day: OWN_PRICES, prices: '40\ncheap' })).get('prices')).toBe('40\ncheap');
    expect(toWhatIfParams(aForm({ day: OWN_PRICES, prices: 'x'.repeat(4001) })).has('prices')).toBe(false);
  });
});

describe('parseWhatIfUrl', () => {
  it('reads what a form without script sends: every field, empty rows among them', () => {
    const params = new URLSearchParams('m1=Antminer+S21&n1=5&c1=&lw1=&lt1=&hw1=&ht1=&m2=&n2=&c2=&cf1=15:00&ct1=21:00&ck1=&sla.A=');
    const form = parseWhatIfUrl(params);
    expect(form.rows).toEqual([{ ...emptyRow(), model: 'Antminer S21', count: '5' }]);
    expect(form.caps).toEqual([]);
  });

  it('survives whatever stands in an address', () => {
    const form = parseWhatIfUrl(
      new URLSearchParams(`preset=__proto__&unit=gold&step=7&m1=${'x'.repeat(500)}&n1=%00%01&day=%0a&m13=late&zone=%F0%9F`),
    );
    expect(form.preset).toBe('small');
    expect([form.unit, form.step]).toEqual(['usdPerMwh', 'auto']);
    expect(form.rows).toHaveLength(1);
    expect(form.rows[0]?.model).toHaveLength(60);
  });
});

describe('replaceWhatIfParams', () => {
  it('keeps what is not the form’s', () => {
    const params = replaceWhatIfParams(new URLSearchParams('lng=zh&utm_source=x&ck1=5&sla.B=4&m1=old'), createPreset('evening'));
    expect(params.toString()).toBe('preset=evening&lng=zh&utm_source=x');
  });
});
