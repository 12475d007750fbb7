/** A machine changed. A plain form. */
import { useTranslation } from 'react-i18next';
import { OtherFaults, SelectField, TextField } from '#app/features/monitoring/fields.tsx';
import type { FormResult } from '#app/features/monitoring/form-fault.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { MACHINE_STATUSES } from '#app/features/sites/machines/machine-fields.ts';
import { toMachinePath } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { MACHINE_NUMBERS, MACHINE_TEXTS, type MachineFormView } from './machine-form.ts';

const UNITS: Partial<Record<(typeof MACHINE_NUMBERS)[number], string>> = { ratedHashrateThs: 'TH/s', ratedPowerW: 'W', purchaseUsd: 'USD' };

export function MachineFormPage({ view, result }: { view: MachineFormView; result: FormResult | null }) {
  const { t } = useTranslation('monitoring');
  const values: Partial<Record<string, string>> = result?.kind === 'faulty' ? result.values : view.values;
  const faults = result?.kind === 'faulty' ? result.faults : [];
  const text = (name: Exclude<(typeof MACHINE_TEXTS)[number], 'status' | 'clientId' | 'rackId'>) => (
    <TextField
      name={name}
      label={t(`machine.field.${name}`)}
      value={values[name]}
      faults={faults}
      type={name === 'purchasedOn' ? 'date' : 'text'}
      maxLength={200}
    />
  );
  const number = (name: (typeof MACHINE_NUMBERS)[number]) => (
    <TextField name={name} label={t(`machine.field.${name}`)} value={values[name]} faults={faults} unit={UNITS[name]} isNumber />
  );
  return (
    <main className="page fleet">
      <FleetNav />
      <header>
        <h1>{t('site.edit', { name: view.name })}</h1>
        <p className="measure mute">{t('machine.formLead')}</p>
      </header>
      <form method="post" className="fleet-form">
        <CsrfField />
        <OtherFaults faults={faults} shown={[...MACHINE_TEXTS, ...MACHINE_NUMBERS, 'tags']} />
        {text('serial')}
        {text('macAddress')}
        {text('model')}
        <SelectField name="status" label={t('machine.status')} value={values.status} faults={faults} hint={t('machine.statusHint')}>
          {MACHINE_STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`status.${status}`)}
            </option>
          ))}
        </SelectField>
        <SelectField name="clientId" label={t('machine.client')} value={values.clientId} faults={faults}>
          <option value="">{t('machines.noClient')}</option>
          {view.clients.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField name="rackId" label={t('map.rack')} value={values.rackId} faults={faults}>
          <option value="">{t('map.loose')}</option>
          {view.racks.map(({ id, name, rows, columns }) => (
            <option key={id} value={id}>
              {name} ({rows} × {columns})
            </option>
          ))}
        </SelectField>
        {number('rackRow')}
        {number('rackColumn')}
        {text('host')}
        {number('port')}
        {number('ratedHashrateThs')}
        {number('ratedPowerW')}
        {text('worker')}
        {text('firmware')}
        {text('purchasedOn')}
        {number('purchaseUsd')}
        <TextField name="tags" label={t('machine.field.tags')} value={values.tags} faults={faults} hint={t('machine.tagsHint')} />
        <div className="acts wide-row">
          <button type="submit" className="btn main">
            {t('form.save')}
          </button>
          <a className="btn" href={toMachinePath(view.number)}>
            {t('form.cancel')}
          </a>
        </div>
      </form>
    </main>
  );
}
