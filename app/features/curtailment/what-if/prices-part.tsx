/** Where the prices come from: a sample day, or the guest's own, pasted, typed or dropped as a file. The file is read here and goes nowhere. */
import { type DragEvent, useState } from 'react';
import { Sourced } from '#app/features/market/source-name.tsx';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { useFieldError } from './figure-input.tsx';
import { isKnownZone, minutesOfLocalDay } from './local-time.ts';
import type { StoredDays } from './stored-days.ts';
import { useFormat, useIsHydrated, useTexts, type WhatIf } from './use-what-if.ts';
import { MAX_PRICES_LENGTH, OWN_PRICES, PRICE_UNITS, SAMPLE_ZONE, STEPS, type WhatIfForm } from './what-if-form.ts';

const PRICE_FIELDS: readonly string[] = ['day', 'prices', 'unit', 'step', 'span', 'date', 'zone'];
/** Larger files are no day of prices. */
const MAX_FILE_BYTES = 1_000_000;

/** Zones of the markets miners buy in; the device's own is added where it is another one. */
const ZONES = [
  SAMPLE_ZONE,
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/Asuncion',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Helsinki',
  'Africa/Addis_Ababa',
  'Asia/Dubai',
  'Asia/Almaty',
  'Asia/Shanghai',
  'Australia/Sydney',
  'UTC',
] as const;

type ChoiceProps = {
  name: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly { value: string; label: string }[];
  error?: string | null;
};

export function Choice({ name, label, value, onValue, options, error = null }: ChoiceProps) {
  const id = `whatif-${name}`;
  return (
    <div className="small-field">
      <label htmlFor={id}>{label}</label>
      <div className={error ? 'box bad' : 'box'}>
        <select
          id={id}
          name={name}
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
          aria-describedby={error ? `${id}-error` : undefined}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
      {error ? (
        <p className="hint bad" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

function useZones(chosen: string) {
  const t = useTexts();
  const isHydrated = useIsHydrated();
  const own = isHydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : null;
  const zones = [...new Set([...ZONES, ...(own && isKnownZone(own) ? [own] : []), chosen])];
  return zones.map((zone) => ({ value: zone, label: zone === own ? t('zone.browser', { zone }) : zone.replaceAll('_', ' ') }));
}

function OwnPrices({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const format = useFormat();
  const { form, change, page, outcome, isStale } = whatIf;
  const [isOver, setIsOver] = useState(false);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const pricesError = useFieldError(whatIf, 'prices');
  const error = isTooLarge ? t('prices.fileTooLarge') : pricesError;
  const unitError = useFieldError(whatIf, 'unit');
  const zones = useZones(form.zone);
  const set = (part: Partial<WhatIfForm>) => change(part);
  const { value: rate, source } = page.market.cnyPerUsd;

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setIsTooLarge(file.size > MAX_FILE_BYTES);
    if (file.size <= MAX_FILE_BYTES) change({ prices: (await file.text()).slice(0, MAX_FILE_BYTES) });
  }
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const read = !isStale && outcome?.setting.source === null ? outcome.setting.problem : null;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shorter way to what the button below does */}
      <div
        className={isOver ? 'small-field drop over' : 'small-field drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <label htmlFor="whatif-prices">{t('prices.text')}</label>
        <textarea
          id="whatif-prices"
          name="prices"
          rows={6}
          value={form.prices}
          maxLength={MAX_PRICES_LENGTH * 10}
          spellCheck={false}
          placeholder={t('prices.placeholder')}
          onChange={(event) => {
            setIsTooLarge(false);
            set({ prices: event.currentTarget.value });
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby="whatif-prices-hint"
        />
        <p className={error ? 'hint bad' : 'hint'} id="whatif-prices-hint" role={error ? 'alert' : undefined}>
          {error ??
            (read
              ? t('prices.read', {
                  count: read.interval.count,
                  n: format.integer(read.interval.count),
                  low: format.number(Math.min(...read.priceUsdPerMwh), 2),
                  high: format.number(Math.max(...read.priceUsdPerMwh), 2),
                  minutes: read.interval.minutes,
                })
              : null)}
        </p>
        <label className="btn sm scripted file">
          {t('prices.file')}
          <input
            className="vh"
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
      </div>
      {form.span === 'asGiven' || whatIf.errors.some(({ day }) => day !== undefined) ? (
        <label className="tick">
          <input
            type="checkbox"
            name="span"
            value="asGiven"
            checked={form.span === 'asGiven'}
            onChange={(event) => set({ span: event.currentTarget.checked ? 'asGiven' : 'day' })}
          />
          <span>{t('prices.asGiven')}</span>
        </label>
      ) : null}
      <div className="fleet-modes">
        <Choice
          name="unit"
          label={t('prices.unit')}
          value={form.unit}
          onValue={(unit) => set({ unit: PRICE_UNITS.find((one) => one === unit) ?? form.unit })}
          options={PRICE_UNITS.map((unit) => ({ value: unit, label: t(`prices.${unit}`) }))}
          error={unitError}
        />
        <Choice
          name="step"
          label={t('prices.step')}
          value={form.step}
          onValue={(step) => set({ step: STEPS.find((one) => one === step) ?? form.step })}
          options={STEPS.map((step) => ({ value: step, label: step === 'auto' ? t('prices.auto') : t('prices.minutes', { n: step }) }))}
        />
        <DateInput whatIf={whatIf} />
        <Choice
          name="zone"
          label={t('prices.zone')}
          value={form.zone}
          onValue={(zone) => set({ zone })}
          options={zones}
          error={useFieldError(whatIf, 'zone')}
        />
      </div>
      {form.unit === 'cnyPerKwh' && rate !== null ? (
        <p className="small dim">{t('prices.rate', { rate: format.number(rate, 4), source })}</p>
      ) : null}
    </>
  );
}

function DateInput({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const error = useFieldError(whatIf, 'date');
  return (
    <div className="small-field">
      <label htmlFor="whatif-date">{t('prices.date')}</label>
      <div className={error ? 'box bad' : 'box'}>
        <input
          id="whatif-date"
          type="date"
          name="date"
          value={whatIf.form.date}
          onChange={(event) => whatIf.change({ date: event.currentTarget.value })}
        />
      </div>
      {error ? (
        <p className="hint bad" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** A day of its own, with what is known of it in one line while the group is closed. */
export function PricesPart({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const format = useFormat();
  const isHydrated = useIsHydrated();
  const { form, page, change, outcome, errors } = whatIf;
  const isOwn = form.day === OWN_PRICES;
  const sayDay = (date: string) => format.date(`${date}T00:00:00Z`);
  const sample = page.sampleDays.find(({ date }) => date === form.day);
  const stored = page.storedDays.find(({ key }) => key === form.day);
  const sayDays = ({ name, fromDate, toDate }: StoredDays) =>
    fromDate === toDate
      ? t('prices.storedDay', { name, date: sayDay(fromDate) })
      : t('prices.storedDays', { name, from: sayDay(fromDate), to: sayDay(toDate) });
  const options = [
    ...page.sampleDays.map(({ date }) => ({ value: date, label: t('prices.sample', { date: sayDay(date) }) })),
    ...page.storedDays.map((days) => ({ value: days.key, label: sayDays(days) })),
    { value: OWN_PRICES, label: t('prices.own') },
  ];
  // A day of the address that is not offered has to stay chosen: a list without it would show its first day instead.
  const isOffered = options.some(({ value }) => value === form.day);
  const planned = outcome?.setting;
  const hours = planned ? minutesOfLocalDay(planned.zone, planned.date) / 60 : 24;
  const hasError = errors.some(({ field }) => PRICE_FIELDS.includes(field));
  const summary = hasError ? (
    <span className="loss">{t('form.broken')}</span>
  ) : isOwn ? (
    t('prices.own')
  ) : stored ? (
    sayDays(stored)
  ) : (
    t('prices.sample', { date: sayDay(form.day) })
  );
  return (
    <Disclosure title={t('prices.title')} summary={summary} open={hasError || isOwn || stored !== undefined}>
      <Choice
        name="day"
        label={t('prices.day')}
        value={form.day}
        onValue={(day) => change({ day })}
        options={isOffered ? options : [{ value: form.day, label: t('prices.notOffered') }, ...options]}
        error={useFieldError(whatIf, 'day')}
      />
      {sample ? (
        <p className="small dim">
          <Sourced source={sample.source} say={(source) => t('prices.source', { date: sayDay(sample.date), zone: sample.zone, source })} />
        </p>
      ) : null}
      {stored ? (
        <p className="small dim">
          {format.sentences(
            t('prices.storedSource', {
              name: stored.name,
              source: stored.source,
              time: stored.fetchedAt === null ? '' : format.dateTime(stored.fetchedAt),
              minutes: stored.minutes,
              zone: stored.zone.replaceAll('_', ' '),
            }),
            stored.rate === null
              ? null
              : t(stored.rate.at === null ? 'prices.storedRate' : 'prices.storedRateDated', {
                  rate: format.number(stored.rate.currencyPerUsd, 4),
                  currency: stored.rate.currency,
                  source: stored.rate.source,
                  date: stored.rate.at === null ? '' : format.date(stored.rate.at),
                }),
          )}
        </p>
      ) : null}
      {page.withoutRate.length === 0 ? null : (
        <p className="small dim">
          {t('prices.withoutRate', { series: format.list(page.withoutRate.map(({ name, currency }) => `${name} (${currency})`)) })}
        </p>
      )}
      {isOwn ? (
        <OwnPrices whatIf={whatIf} />
      ) : isHydrated ? null : (
        // Without script the field has to be there before somebody chooses it.
        <div className="noscript">
          <OwnPrices whatIf={whatIf} />
        </div>
      )}
      {hours === 24 ? null : <p className="small">{t('prices.clock', { hours: format.number(hours, Number.isInteger(hours) ? 0 : 1) })}</p>}
    </Disclosure>
  );
}
