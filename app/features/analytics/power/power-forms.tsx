/** The two forms of the page: a file for a series, and a new series. Plain forms. */
import { useTranslation } from 'react-i18next';
import { OtherFaults, SelectField, TextField } from '#app/features/monitoring/fields.tsx';
import { ORIGINS } from '#app/features/power-prices/series-fields.ts';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { createFormat } from '#app/ui/format.ts';
import { POWER_CURRENCIES, POWER_PRICE_UNITS, RESOLUTIONS_MINUTES } from '#engine/units/power-price.ts';
import { type PowerPageView, type PowerResult, SERIES_FIELDS } from './power-view.ts';

export function UploadPart({ view }: { view: PowerPageView }) {
  const { t } = useTranslation('power-prices');
  return (
    <section aria-labelledby="upload">
      <h2 id="upload">{t('upload.title')}</h2>
      <p className="small dim measure">{t('upload.lead', { mb: view.maxFileMb })}</p>
      <form method="post" action={PATHS.marketPower} encType="multipart/form-data" className="form-grid">
        <CsrfField />
        <SelectField name="seriesId" label={t('upload.series')} value={view.chosen?.series.id}>
          {view.series.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <div className="field one">
          <label htmlFor="price-file">{t('upload.file')}</label>
          <input id="price-file" name="file" type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" required />
        </div>
        <div className="acts wide-row">
          <button type="submit" name="intent" value="load" className="btn main">
            {t('upload.act')}
          </button>
        </div>
      </form>
    </section>
  );
}

export function AddPart({ view, result }: { view: PowerPageView; result: PowerResult | null }) {
  const { t } = useTranslation('power-prices');
  const faulty = result?.kind === 'faulty' ? result : null;
  const isFirst = view.series.length === 0;
  return (
    <section aria-labelledby="add">
      <h2 id="add" className="vh">
        {t('add.title')}
      </h2>
      <Disclosure title={t('add.title')} summary={t('add.lead')} open={isFirst || faulty !== null}>
        <AddForm view={view} faulty={faulty} isFirst={isFirst} />
      </Disclosure>
    </section>
  );
}

type Faulty = Extract<PowerResult, { kind: 'faulty' }>;

function AddForm({ view, faulty, isFirst }: { view: PowerPageView; faulty: Faulty | null; isFirst: boolean }) {
  const { t } = useTranslation('power-prices');
  const format = createFormat(useLocale());
  const values = faulty?.values ?? { origin: 'file' };
  const faults = faulty?.faults ?? [];
  const { min, max, standard } = view.everyMinutes;
  const common = (name: (typeof SERIES_FIELDS)[number]) => ({ name, label: t(`field.${name}`), value: values[name], faults });
  const choose = <option value="">{t('add.choose')}</option>;
  return (
    <form method="post" action={PATHS.marketPower} className="form-grid">
      <CsrfField />
      <OtherFaults faults={faults} shown={SERIES_FIELDS} />
      <TextField {...common('name')} isRequired maxLength={100} hint={t('hint.name')} />
      <SelectField {...common('origin')} hint={view.hasErcotKey ? t('hint.ercot') : t('hint.ercotOff')}>
        {ORIGINS.map((origin) => (
          <option key={origin} value={origin}>
            {t(`origin.${origin}`)}
          </option>
        ))}
      </SelectField>
      <TextField {...common('timeZone')} list="price-zones" hint={t('hint.timeZone')} />
      <datalist id="price-zones">
        {view.timeZones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <SelectField {...common('resolutionMinutes')}>
        {choose}
        {RESOLUTIONS_MINUTES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t('minutes', { minutes })}
          </option>
        ))}
      </SelectField>
      <SelectField {...common('currency')}>
        {choose}
        {POWER_CURRENCIES.map((currency) => (
          <option key={currency} value={currency}>
            {t(`currency.${currency}`)}
          </option>
        ))}
      </SelectField>
      <SelectField {...common('unit')}>
        {choose}
        {POWER_PRICE_UNITS.map((unit) => (
          <option key={unit} value={unit}>
            {t(`unit.${unit}`)}
          </option>
        ))}
      </SelectField>
      <TextField {...common('node')} maxLength={60} hint={t('hint.node')} />
      <TextField {...common('priceColumn')} maxLength={100} hint={t('hint.priceColumn')} />
      <TextField {...common('url')} maxLength={1000} hint={t('hint.url')} />
      <TextField
        {...common('everyMinutes')}
        isNumber
        unit={t('minuteUnit')}
        hint={t('hint.everyMinutes', { min: format.integer(min), max: format.integer(max), standard: format.integer(standard) })}
      />
      <div className="acts wide-row">
        <button type="submit" name="intent" value="add" className={isFirst ? 'btn main' : 'btn'}>
          {t('add.act')}
        </button>
      </div>
    </form>
  );
}
