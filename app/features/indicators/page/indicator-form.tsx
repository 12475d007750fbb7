/** What is shown: which indicator, over which candles, with which parameters. Forms and links that work without script; everything chosen stands in the address. */
import { Form, Link } from '@remix-run/react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { NumberField } from '#app/ui/field.tsx';
import type { Format } from '#app/ui/format.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { toTypedText } from '#app/ui/typed-number.ts';
import { GROUPS } from '../indicator.ts';
import type { IndicatorPage, ShownField } from './indicator-page.ts';
import type { IndicatorKey, LabelKey, ParamKey } from './indicator-words.ts';
import { PAGE_PARAMS, toIndicatorPath } from './page-query.ts';
import { INTERVALS, listSpans } from './spans.ts';
import type { ParamFault } from './typed-params.ts';

export function IndicatorChoice({ page }: { page: IndicatorPage }) {
  const { t } = useTranslation('indicators');
  const id = useId();
  const texts = Object.fromEntries(page.fields.map(({ name, text }) => [name, text]));
  const intervals = page.isDailyOnly ? INTERVALS.filter((interval) => interval === '1d') : INTERVALS;
  return (
    <div className="pick">
      <Form method="get" action={PATHS.marketIndicators} className="which" preventScrollReset>
        <div className="field one">
          <label htmlFor={id}>{t('page.indicator')}</label>
          <div className="box">
            <select id={id} name={PAGE_PARAMS.indicator} defaultValue={page.name} key={page.name}>
              {GROUPS.map((group) => (
                <optgroup key={group} label={t(`page.group.${group}`)}>
                  {page.choices
                    .filter((choice) => choice.group === group)
                    .map(({ name }) => (
                      <option key={name} value={name}>
                        {t(`names.${name as IndicatorKey}`)}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
            <ChevronDownIcon />
          </div>
        </div>
        <input type="hidden" name={PAGE_PARAMS.candles} value={page.interval} />
        <input type="hidden" name={PAGE_PARAMS.span} value={page.span} />
        <button type="submit" className="btn">
          {t('page.show')}
        </button>
      </Form>
      <nav className="spans" aria-label={t('page.spanLabel')}>
        {intervals.map((interval) => (
          <p key={interval}>
            <span className="small dim">{t(`page.candles.${interval}`)}</span>
            {listSpans(interval).map((span) => (
              <Link
                key={span}
                to={toIndicatorPath({ indicator: page.name, interval, span, texts })}
                preventScrollReset
                aria-current={interval === page.interval && span === page.span ? 'true' : undefined}
              >
                {t(`page.span.${span}`)}
              </Link>
            ))}
          </p>
        ))}
      </nav>
    </div>
  );
}

export function ParamForm({ page, format }: { page: IndicatorPage; format: Format }) {
  const { t } = useTranslation('indicators');
  const { name, interval, span, fields, faults } = page;
  if (fields.length === 0) return <p className="small dim">{t('page.noParams')}</p>;
  return (
    <Form method="get" action={PATHS.marketIndicators} className="params" preventScrollReset aria-label={t('page.params')}>
      <input type="hidden" name={PAGE_PARAMS.indicator} value={name} />
      <input type="hidden" name={PAGE_PARAMS.candles} value={interval} />
      <input type="hidden" name={PAGE_PARAMS.span} value={span} />
      {fields.map((field) => {
        const fault = faults.find(({ param }) => param === field.name);
        // What was typed last is where a field begins: the answer to another address is another field.
        return <ParamField key={`${name} ${field.name} ${field.text}`} field={field} fault={fault} format={format} />;
      })}
      <div className="acts">
        <button type="submit" className="btn main">
          {t('page.apply')}
        </button>
        <Link to={toIndicatorPath({ indicator: name, interval, span })} preventScrollReset>
          {t('page.defaults')}
        </Link>
      </div>
    </Form>
  );
}

function ParamField({ field, fault, format }: { field: ShownField; fault: ParamFault | undefined; format: Format }) {
  const { t } = useTranslation('indicators');
  const [text, setText] = useState(field.text);
  const { name, unit } = field;
  const label = t(`labels.${name as LabelKey}`);
  const say = (value: number) => format.number(value, decimalsOf(value));
  const limits = (min: number, max: number) =>
    t(field.minExclusive && min === field.min ? 'page.rangeAbove' : 'page.range', { min: say(min), max: say(max) });
  return (
    <NumberField
      name={name}
      label={label}
      text={text}
      onText={setText}
      unit={unit === '1' ? undefined : unit === 'candles' ? t('page.unit.candles') : unit}
      placeholder={toTypedText(field.default)}
      range={limits(field.min, field.max)}
      standard={t('page.default', { value: say(field.default) })}
      meaning={t(`params.${name as ParamKey}`)}
      error={
        fault === undefined ? null : t(`page.error.${fault.code}`, { name: label, value: field.text, range: limits(fault.min, fault.max) })
      }
    />
  );
}

/** As many as the number has, six at most. */
const decimalsOf = (value: number) => toTypedText(value).split('.')[1]?.length ?? 0;
