/** A site entered or changed. A plain form. */
import { useTranslation } from 'react-i18next';
import { OtherFaults, SelectField, TextField } from '#app/features/monitoring/fields.tsx';
import type { FormResult } from '#app/features/monitoring/form-fault.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { SITE_STATUSES } from '#app/features/sites/sites/site-fields.ts';
import { PATHS, toSitePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import { SITE_NUMBERS, SITE_TEXTS, type SiteFormView } from './site-form.ts';

const UNITS: Partial<Record<(typeof SITE_NUMBERS)[number], string>> = {
  capacityKw: 'kW',
  tariffUsdPerKwh: 'USD/kWh',
  latitude: '°',
  longitude: '°',
};

export function SiteFormPage({ view, result }: { view: SiteFormView; result: FormResult | null }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  const values = result?.kind === 'faulty' ? result.values : view.values;
  const faults = result?.kind === 'faulty' ? result.faults : [];
  const range = (name: (typeof SITE_NUMBERS)[number]) =>
    t('form.range', { min: format.number(view.ranges[name].min), max: format.number(view.ranges[name].max) });
  const number = (name: (typeof SITE_NUMBERS)[number]) => (
    <TextField
      key={name}
      name={name}
      label={t(`site.field.${name}`)}
      value={values[name]}
      faults={faults}
      unit={name === 'pollCadenceS' ? t('form.seconds') : UNITS[name]}
      isNumber
      hint={range(name)}
    />
  );
  return (
    <main className="page fleet">
      <FleetNav />
      <header>
        <h1>{t(view.id === null ? 'site.new' : 'site.edit', { name: view.values.name ?? '' })}</h1>
        <p className="measure mute">{t('site.formLead')}</p>
      </header>
      <form method="post" className="fleet-form">
        <CsrfField />
        <OtherFaults faults={faults} shown={[...SITE_TEXTS, ...SITE_NUMBERS]} />
        <TextField name="name" label={t('site.field.name')} value={values.name} faults={faults} isRequired maxLength={200} />
        <TextField name="location" label={t('site.field.location')} value={values.location} faults={faults} maxLength={500} />
        <TextField
          name="timeZone"
          label={t('site.field.timeZone')}
          value={values.timeZone}
          faults={faults}
          isRequired
          list="time-zones"
          hint={t('site.timeZoneHint')}
        />
        <datalist id="time-zones">
          {view.timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <SelectField name="status" label={t('site.field.status')} value={values.status} faults={faults}>
          {SITE_STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`siteStatus.${status}`)}
            </option>
          ))}
        </SelectField>
        {SITE_NUMBERS.map(number)}
        <TextField name="contact" label={t('site.field.contact')} value={values.contact} faults={faults} maxLength={500} />
        <div className="acts wide-row">
          <button type="submit" className="btn main">
            {t(view.id === null ? 'site.create' : 'form.save')}
          </button>
          <a className="btn" href={view.id === null ? PATHS.sites : toSitePath(view.id)}>
            {t('form.cancel')}
          </a>
        </div>
      </form>
    </main>
  );
}
