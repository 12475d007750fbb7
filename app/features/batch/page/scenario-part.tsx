/** The scenario panel: what is the same for all rows. Every move computes all of them again. */
import { useCallback } from 'react';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { NumberField } from '#app/ui/field.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { parseTypedNumber, toTypedText } from '#app/ui/typed-number.ts';
import { isMoney, rangeOf, SCENARIO_FIELDS, type ScenarioError, type ScenarioField, type ScenarioFieldName } from './scenario-form.ts';
import { type Batch, type Texts, useTexts } from './use-batch.ts';

const MAX_DIGITS = 6;
const PERCENT_FIELDS_PER_MONTH: readonly ScenarioFieldName[] = ['growth', 'rise', 'decay'];

function sayLimit(format: Batch['format'], value: number): string {
  const decimals = Math.min(MAX_DIGITS, (String(Number(value.toPrecision(MAX_DIGITS))).split('.')[1] ?? '').length);
  return format.number(value, decimals);
}

function sayError(t: Texts, format: Batch['format'], { code, min, max, minExclusive }: ScenarioError): string {
  const range = { min: sayLimit(format, min), max: sayLimit(format, max) };
  return code === 'out_of_range' && minExclusive ? t('page.input.above', range) : t(`page.input.${code}`, range);
}

function unitOf(t: Texts, name: ScenarioFieldName): string | undefined {
  const { unit }: ScenarioField = SCENARIO_FIELDS[name];
  if (unit === 'percent') {
    if (PERCENT_FIELDS_PER_MONTH.includes(name)) return t('page.unitName.percentPerMonth');
    return name === 'discount' ? t('page.unitName.percentPerYear') : '%';
  }
  if (unit === 'trillions') return 'T';
  if (unit === 'months') return t('page.unitName.months');
  if (unit === 'moneyPerKwh') return t('page.unitName.perKwh');
  if (unit === 'moneyPerThs') return '/TH';
  if (unit === 'money') return t('page.unitName.each');
  return undefined;
}

/** What counts while the field is empty. */
function emptyValueOf(batch: Batch, name: ScenarioFieldName): number | null {
  const { market } = batch.page;
  if (name === 'price') return market.priceUsdPerBtc.value;
  if (name === 'difficulty') return market.difficulty.value === null ? null : market.difficulty.value / 1e12;
  if (name === 'rate') return market.cnyPerUsd.value;
  if (name === 'moveTo') {
    const cheapest = batch.figures?.summary.cheapestPowerUsdPerKwh ?? null;
    return cheapest === null ? null : cheapest * batch.scenario.moneyPerUsd;
  }
  return null;
}

function sayStandard(batch: Batch, t: Texts, name: ScenarioFieldName, empty: number | null): string {
  const { market } = batch.page;
  const figure =
    name === 'price' ? market.priceUsdPerBtc : name === 'difficulty' ? market.difficulty : name === 'rate' ? market.cnyPerUsd : null;
  if (figure !== null) {
    if (empty === null) return t('page.input.unknown');
    return figure.at === null
      ? t('page.input.market', { value: sayLimit(batch.format, empty) })
      : t('page.input.marketDated', { value: sayLimit(batch.format, empty), date: batch.format.date(figure.at) });
  }
  if (name === 'moveTo') return empty === null ? '' : t('page.input.cheapest', { value: sayLimit(batch.format, empty) });
  const { standard } = SCENARIO_FIELDS[name];
  return standard === '' ? t('page.input.optional') : t('page.input.standard', { value: sayLimit(batch.format, Number(standard)) });
}

export function ScenarioInput({ batch, name }: { batch: Batch; name: ScenarioFieldName }) {
  const t = useTexts();
  const { form, scenario, format, change } = batch;
  const { unit, slider }: ScenarioField = SCENARIO_FIELDS[name];
  const range = rangeOf(name, scenario.moneyPerUsd);
  const shown = slider ?? range;
  const typed = parseTypedNumber(form[name]);
  const error = scenario.errors.find((one) => one.name === name) ?? null;
  const empty = emptyValueOf(batch, name);
  const setText = useCallback((text: string) => change({ [name]: text }), [change, name]);
  const prefix = isMoney(unit) ? (form.currency === 'cny' ? '¥' : '$') : unit === 'usdPerBtc' ? '$' : undefined;
  return (
    <NumberField
      name={name}
      label={t(`page.input.label.${name}`)}
      text={form[name]}
      onText={setText}
      value={typed.kind === 'number' ? typed.value : typed.kind === 'empty' ? empty : null}
      slider={slider}
      onSlide={(value) => setText(toTypedText(value))}
      prefix={prefix}
      unit={unitOf(t, name)}
      placeholder={empty === null ? undefined : sayLimit(format, empty)}
      range={t('page.input.range', { min: sayLimit(format, shown.min), max: sayLimit(format, shown.max) })}
      standard={sayStandard(batch, t, name, empty)}
      error={error === null ? null : sayError(t, format, error)}
    />
  );
}

export function ScenarioPart({ batch }: { batch: Batch }) {
  const t = useTexts();
  const { form, change, setCurrency, format, read } = batch;
  const without = read?.rowsWithoutPowerPrice ?? 0;
  return (
    <form className="batch-inputs sheet scrolls" aria-label={t('page.scenario')} onSubmit={(event) => event.preventDefault()}>
      <div className="row">
        <h2>{t('page.scenario')}</h2>
        <Segmented
          name="currency"
          legend={t('page.currency')}
          compact
          options={[
            { value: 'usd', label: '$' },
            { value: 'cny', label: '¥' },
          ]}
          value={form.currency}
          onSelect={setCurrency}
        />
      </div>
      {(['price', 'difficulty', 'months', 'growth', 'rise', 'discount'] as const).map((name) => (
        <ScenarioInput key={name} batch={batch} name={name} />
      ))}
      <Segmented
        name="off"
        legend={t('page.off')}
        options={[
          { value: 'yes', label: t('page.offYes') },
          { value: 'no', label: t('page.offNo') },
        ]}
        value={form.off}
        onSelect={(off) => change({ off })}
      />
      <div className="groups">
        <Disclosure
          title={t('page.forRows')}
          summary={without > 0 ? t('page.forRowsPower', { rows: format.integer(without) }) : t('page.forRowsNote')}
        >
          {(['power', 'pool', 'uptime', 'decay', 'pue', 'rate'] as const).map((name) => (
            <ScenarioInput key={name} batch={batch} name={name} />
          ))}
        </Disclosure>
      </div>
    </form>
  );
}
