import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import en from '../../../../locales/en/api-errors.json';
import zh from '../../../../locales/zh/api-errors.json';
import { type FaultCode, toFault, toFieldFault } from './fault.ts';
import { type ApiErrorTexts, wordFaults } from './word-faults.ts';

async function textsIn(lng: string): Promise<ApiErrorTexts> {
  const instance = createInstance();
  await instance.init({ ...I18NEXT_OPTIONS, lng, resources: { en: { 'api-errors': en }, zh: { 'api-errors': zh } } });
  return instance.getFixedT(lng, 'api-errors');
}

function messageOf(fault: Parameters<typeof wordFaults>[0][number], t: ApiErrorTexts): string | undefined {
  return wordFaults([fault], t)[0]?.message;
}

describe('wordFaults', () => {
  it('says the range with its unit and which end belongs to it', async () => {
    const t = await textsIn('en');
    expect(messageOf(toFieldFault('hashrateThs', 0, 'out_of_range'), t)).toBe('Must be above 0 and at most 1000000 TH/s.');
    expect(messageOf(toFieldFault('uptimeRatio', 2, 'out_of_range'), t)).toBe('Must be from 0 to 1.');
    expect(messageOf(toFieldFault('count', 1.5, 'not_an_integer'), t)).toBe('Must be a whole number, from 1 to 1000000 machines.');
    expect(messageOf(toFieldFault('powerUsdPerKwh', 11, 'out_of_range'), t)).toBe('Must be from -1 to 10 USD/kWh.');
  });

  it('says rates in words: 1 per month, not 1 1/month', async () => {
    const [en, zh] = [await textsIn('en'), await textsIn('zh')];
    const growth = toFieldFault('networkGrowthRatioPerMonth', 2, 'out_of_range');
    expect(messageOf(growth, en)).toBe('Must be above -0.9 and at most 1 per month.');
    expect(messageOf(growth, zh)).toBe('必须大于 -0.9 且不超过 1（每月）。');
    expect(messageOf(toFieldFault('discountRatioPerYear', 11, 'out_of_range'), en)).toBe('Must be from 0 to 10 per year.');
    expect(messageOf(toFieldFault('feesBtcPerBlock', -1, 'out_of_range'), en)).toBe('Must be from 0 to 1000 BTC/block.');
  });

  it('writes numbers as JSON does, or as the reader of a form does', async () => {
    const t = await textsIn('en');
    const fault = toFieldFault('hashrateThs', 0, 'out_of_range');
    const grouped = (value: number) => value.toLocaleString('en-US');
    expect(wordFaults([fault], t, grouped)[0]?.message).toBe('Must be above 0 and at most 1,000,000 TH/s.');
    const many = toFault('machines', 60_000, 'too_many', { max: 10_000 });
    expect([wordFaults([many], t), wordFaults([many], t, grouped)].map(([one]) => one?.message)).toEqual([
      'At most 10000 at once. Narrow it down.',
      'At most 10,000 at once. Narrow it down.',
    ]);
  });

  it('names the number of months that is too many', async () => {
    const fault = { ...toFault('months', 432_000, 'too_many_months'), min: 0, max: 400_000 };
    expect(messageOf(fault, await textsIn('en'))).toContain('400000');
  });

  it('speaks Chinese', async () => {
    const t = await textsIn('zh');
    expect(messageOf(toFieldFault('hashrateThs', 0, 'out_of_range'), t)).toBe('必须大于 0 且不超过 1000000 TH/s。');
    expect(messageOf(toFault('cout', 1, 'unknown_field'), t)).toBe('没有名为 cout 的字段。');
  });

  it('has complete words for every kind of fault in every language', async () => {
    const details = {
      least: 1e-14,
      suggestions: 'A, B',
      choices: 'a',
      other: 'a',
      from: 'a',
      first: 'a',
      last: 'a',
      reason: 'A reason.',
      rows: 1,
      columns: 1,
      machines: 1,
      max: 1,
      limit: 1,
      line: 1,
      column: 2,
      offset: 3,
      token: 'NaN',
      list: 'sites',
      count: 4,
      low: 5,
      names: 'fast, slow',
      seconds: 20,
    };
    const codes: Record<FaultCode, true> = {
      missing: true,
      missing_or_model: true,
      not_a_number: true,
      not_an_integer: true,
      out_of_range: true,
      not_finite: true,
      not_a_boolean: true,
      not_a_choice: true,
      not_a_text: true,
      empty_text: true,
      unknown_field: true,
      unknown_model: true,
      market_unknown: true,
      not_an_object: true,
      not_an_array: true,
      too_many_rows: true,
      too_many_months: true,
      too_many_entries: true,
      too_few_entries: true,
      duplicate_id: true,
      unknown_id: true,
      taken: true,
      unknown_reference: true,
      not_a_mac: true,
      not_a_host: true,
      not_a_target: true,
      not_a_day: true,
      needs_other: true,
      no_identity: true,
      outside_rack: true,
      no_such_step: true,
      not_empty: true,
      too_many: true,
      not_as_seen: true,
      not_in_history: true,
      unreadable_file: true,
      no_columns: true,
      preview_outdated: true,
      not_computed: true,
      wrong_length: true,
      bad_modes: true,
      not_an_instant: true,
      not_a_time: true,
      not_a_moment: true,
      not_a_month: true,
      not_a_quarter: true,
      not_after: true,
      not_after_from: true,
      below_low: true,
      not_storable: true,
      not_stored: true,
      not_a_parameter: true,
      no_parameters: true,
      given_twice: true,
      not_a_time_zone: true,
      too_many_units: true,
      too_large: true,
      beyond_lattice: true,
      score_missing: true,
      constant_series: true,
      no_model: true,
      no_usable_model: true,
      no_movement: true,
      takes_too_long: true,
      needs_custom: true,
      not_a_string: true,
      needs_client_power: true,
      duplicate_field: true,
      not_json: true,
      not_json_number: true,
      empty_body: true,
      not_utf8: true,
      unknown_parameter: true,
      repeated_parameter: true,
      bad_parameter: true,
      not_a_cursor: true,
      too_many_to_sort: true,
    };
    for (const language of LANGUAGES) {
      const t = await textsIn(language);
      for (const code of Object.keys(codes) as FaultCode[]) {
        const message = messageOf({ ...toFieldFault('height', -1, code), details }, t);
        expect(message, `${language} ${code}`).toMatch(/[.。]$/);
        expect(message, `${language} ${code}`).not.toMatch(/\{\{|undefined|^error\./);
      }
    }
  });

  it('carries a script as text and bounds a long name', async () => {
    const t = await textsIn('en');
    const script = '<script>alert(1)</script>';
    const [error] = wordFaults([toFault('model', script, 'unknown_model', { suggestions: '' })], t);
    expect(error).toMatchObject({ field: 'model', value: script, min: null, max: null });
    expect(error?.message).not.toContain('script');
    const [long] = wordFaults([toFault('n'.repeat(5000), 0, 'unknown_field')], t);
    expect(long?.field).toHaveLength(200);
    expect(long?.message.length).toBeLessThan(300);
  });
});
