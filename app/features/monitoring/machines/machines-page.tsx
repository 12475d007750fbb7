/** The list of machines: searched, filtered, paged by a cursor, and changed many at once. Works without script. */
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '#app/features/monitoring/fields.tsx';
import { sayAge } from '#app/features/monitoring/say-age.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { APPROVALS, MACHINE_STATUSES } from '#app/features/sites/machines/machine-fields.ts';
import { BY_NUMBER, type MachineSortField, readSort, SORT_NAMES, writeSort } from '#app/features/sites/machines/machine-order.ts';
import { PATHS, toMachinePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { BulkResult } from './bulk-form.ts';
import { SORT_PARAM, toMachinesParams } from './machines-query.ts';
import type { MachinesView } from './read-machines-page.server.ts';

const BULK_FORM = 'bulk';

export function MachinesPage({ view, result }: { view: MachinesView; result: BulkResult | null }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  const { counts, may } = view;
  const isFiltered = Object.keys(view.texts).length > 0;
  return (
    <main className="page fleet">
      <FleetNav />
      <header className="row wrap">
        <div>
          <h1>{t('machines.finding', { count: counts.total, total: format.integer(counts.total) })}</h1>
          <Counts view={view} format={format} />
        </div>
        {may.writeMachines ? (
          <div className="acts">
            <a className="btn" href={PATHS.importMachines}>
              {t('overview.import')}
            </a>
          </div>
        ) : null}
      </header>
      <Filters view={view} />
      {view.isFaulty ? (
        <div className="note bad" role="alert">
          <p>{t('machines.faulty')}</p>
        </div>
      ) : null}
      {result === null ? null : <Result result={result} format={format} />}
      {view.mostSorted !== null ? (
        <p className="note">{t('machines.tooManyToSort', { max: format.integer(view.mostSorted) })}</p>
      ) : view.machines.length === 0 ? (
        <section className="fleet-empty" aria-labelledby="empty">
          <h2 id="empty">{t(isFiltered ? 'machines.noneFits' : 'machines.none')}</h2>
          <p className="mute measure">{t(isFiltered ? 'machines.noneFitsText' : 'machines.noneText')}</p>
        </section>
      ) : (
        <MachineTable view={view} format={format} />
      )}
      <nav className="acts" aria-label={t('machines.pages')}>
        {view.isFirst ? null : (
          <a className="btn sm" href={`${PATHS.machines}?${toMachinesParams(view.texts, view.sort)}`}>
            {t('machines.first')}
          </a>
        )}
        {view.next === null ? null : (
          <a className="btn sm" href={`${PATHS.machines}?${toMachinesParams(view.texts, view.sort, view.next)}`}>
            {t('machines.next')}
          </a>
        )}
      </nav>
      {may.writeMachines && view.machines.length > 0 ? <Bulk view={view} format={format} /> : null}
    </main>
  );
}

function Counts({ view: { counts }, format }: { view: MachinesView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const parts = [
    ...MACHINE_STATUSES.map((status) => [t(`status.${status}`), counts.byStatus[status] ?? 0] as const),
    ...APPROVALS.filter((approval) => approval !== 'approved').map(
      (approval) => [t(`approval.${approval}`), counts.byApproval[approval] ?? 0] as const,
    ),
  ].filter(([, count]) => count > 0);
  return (
    <ul className="state-list mute">
      {parts.map(([label, count]) => (
        <li key={label}>
          {label} {format.integer(count)}
        </li>
      ))}
    </ul>
  );
}

function Filters({ view }: { view: MachinesView }) {
  const { t } = useTranslation('monitoring');
  const { texts } = view;
  const sayOrder = (name: string) => {
    const order = readSort(name) ?? BY_NUMBER;
    return t(order.isDescending ? 'machines.downwards' : 'machines.upwards', { field: t(`machines.order.${order.field}`) });
  };
  const any = <option value="">{t('machines.any')}</option>;
  const named = (list: { id: string; name: string }[]) =>
    list.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ));
  return (
    <form method="get" action={PATHS.machines} className="fleet-form filters" aria-label={t('machines.filters')}>
      <TextField name="q" type="search" label={t('machines.search')} value={texts.q} hint={t('machines.searchHint')} maxLength={100} />
      <SelectField name="siteId" label={t('overview.site')} value={texts.siteId}>
        {any}
        {named(view.sites)}
      </SelectField>
      {view.racks.length === 0 ? null : (
        <SelectField name="rackId" label={t('map.rack')} value={texts.rackId}>
          {any}
          {named(view.racks)}
        </SelectField>
      )}
      {view.clients.length === 0 ? null : (
        <SelectField name="clientId" label={t('machine.client')} value={texts.clientId}>
          {any}
          <option value="none">{t('machines.noClient')}</option>
          {named(view.clients)}
        </SelectField>
      )}
      <SelectField name="status" label={t('machine.status')} value={texts.status}>
        {any}
        {MACHINE_STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </SelectField>
      <SelectField name="approval" label={t('machine.approval')} value={texts.approval}>
        {any}
        {APPROVALS.map((approval) => (
          <option key={approval} value={approval}>
            {t(`approval.${approval}`)}
          </option>
        ))}
      </SelectField>
      {view.seesHost ? <TextField name="tag" label={t('machine.tag')} value={texts.tag} maxLength={50} /> : null}
      <SelectField name={SORT_PARAM} label={t('machines.sort')} value={writeSort(view.sort)}>
        {SORT_NAMES.map((name) => (
          <option key={name} value={name}>
            {sayOrder(name)}
          </option>
        ))}
      </SelectField>
      <div className="acts beside">
        <button type="submit" className="btn main">
          {t('machines.apply')}
        </button>
        <a className="btn" href={PATHS.machines}>
          {t('machines.clear')}
        </a>
      </div>
    </form>
  );
}

type SortHeadProps = { view: MachinesView; field: MachineSortField; label: string; isNumber?: boolean; isBeside?: boolean };

/** A link, so that it works without script and can be passed on. The first click sorts upwards, the next one turns it. */
function SortHead({ view: { sort, texts }, field, label, isNumber = false, isBeside = false }: SortHeadProps) {
  const isThis = sort.field === field;
  const next = { field, isDescending: isThis && !sort.isDescending };
  return (
    <th
      scope="col"
      className={isBeside ? 'num beside' : isNumber ? 'num' : undefined}
      aria-sort={isThis ? (sort.isDescending ? 'descending' : 'ascending') : undefined}
    >
      <a className="sort" href={`${PATHS.machines}?${toMachinesParams(texts, next)}`}>
        {label}
        <span aria-hidden="true">{isThis ? (sort.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </a>
    </th>
  );
}

function MachineTable({ view, format }: { view: MachinesView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const nowS = view.nowMs / 1000;
  return (
    <div className="tw">
      <table className="t cards dense machines">
        <caption className="vh">{t('nav.machines')}</caption>
        <thead>
          <tr>
            {view.may.writeMachines ? (
              <th scope="col">
                <span className="vh">{t('machines.choose')}</span>
              </th>
            ) : null}
            <SortHead view={view} field="serial" label={t('machine.machine')} />
            <SortHead view={view} field="model" label={t('machine.model')} />
            <th scope="col">{t('machine.place')}</th>
            <th scope="col" className="beside">
              {t('machine.client')}
            </th>
            <SortHead view={view} field="status" label={t('machine.status')} />
            <th scope="col">{t('machine.now')}</th>
            <SortHead view={view} field="hashrateThs" label={t('figure.hashrate')} isNumber />
            <SortHead view={view} field="chipTemperatureC" label={t('figure.chip')} isNumber />
            <SortHead view={view} field="atS" label={t('overview.age')} isNumber isBeside />
          </tr>
        </thead>
        <tbody>
          {view.machines.map((machine) => {
            const { now } = machine;
            const name = machine.serial ?? t('machine.number', { number: machine.number });
            const client = machine.client?.name ?? t('machines.noClient');
            const silent = (
              <Unknown reason={t(now === null ? 'unknown.never' : now.state === 'unknown' ? 'unknown.stale' : 'unknown.notReported')} />
            );
            return (
              <tr key={machine.id}>
                {view.may.writeMachines ? (
                  <td className="all">
                    <input
                      className="fleet-pick"
                      type="checkbox"
                      name="machine"
                      value={machine.id}
                      form={BULK_FORM}
                      aria-label={t('machines.chooseOne', { name })}
                    />
                  </td>
                ) : null}
                <th scope="row">
                  <a href={toMachinePath(machine.number)}>{name}</a>
                  <small>
                    {t('machine.number', { number: machine.number })}
                    {machine.host ? ` · ${machine.host}` : ''}
                  </small>
                </th>
                <td>
                  {machine.model ?? <Unknown reason={t('unknown.notGiven')} />}
                  <small className="below">{client}</small>
                </td>
                <td className="all">
                  {machine.site.name}
                  <small>
                    {machine.rack === null ? t('map.loose') : machine.rack.name}
                    {machine.rackRow === null ? '' : ` · ${t('map.position', { row: machine.rackRow, column: machine.rackColumn })}`}
                  </small>
                </td>
                <td className="beside">{client}</td>
                <td>
                  {t(`status.${machine.status}`)}
                  {machine.approval === 'approved' ? null : <small>{t(`approval.${machine.approval}`)}</small>}
                </td>
                <td data-l={t('machine.now')}>
                  {now === null ? silent : t(`state.${now.state}`)}
                  {now?.atS == null ? null : <small className="below">{sayAge(t, now.atS, nowS)}</small>}
                </td>
                <td className="num" data-l={t('figure.hashrate')}>
                  {now?.hashrateThs == null ? silent : format.hashrate(now.hashrateThs)}
                </td>
                <td className="num">{now?.chipTemperatureC == null ? silent : `${format.integer(now.chipTemperatureC)} °C`}</td>
                <td className="num beside" data-l={t('overview.age')}>
                  {now?.atS == null ? silent : sayAge(t, now.atS, nowS)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Bulk({ view, format }: { view: MachinesView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const total = format.integer(view.counts.total);
  return (
    <section aria-labelledby="bulk-title">
      <h2 id="bulk-title">{t('bulk.title')}</h2>
      <p className="small mute measure">{t('bulk.lead')}</p>
      <form method="post" id={BULK_FORM} className="fleet-form">
        <CsrfField />
        <input type="hidden" name="filter" value={toMachinesParams(view.texts, BY_NUMBER)} />
        <SelectField name="scope" label={t('bulk.scope')} value="chosen">
          <option value="chosen">{t('bulk.chosen')}</option>
          <option value="filter">{t('bulk.filter', { count: view.counts.total, total })}</option>
        </SelectField>
        <SelectField name="change" label={t('bulk.change')}>
          <option value="">{t('bulk.choose')}</option>
          <optgroup label={t('machine.status')}>
            {MACHINE_STATUSES.map((status) => (
              <option key={status} value={`status=${status}`}>
                {t(`status.${status}`)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('machine.approval')}>
            {APPROVALS.filter((approval) => view.may.approveMachines || approval === 'draft' || approval === 'pending').map((approval) => (
              <option key={approval} value={`approval=${approval}`}>
                {t(`approval.${approval}`)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('machine.client')}>
            <option value="clientId=">{t('machines.noClient')}</option>
            {view.clients.map(({ id, name }) => (
              <option key={id} value={`clientId=${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('machine.tag')}>
            <option value="addTags=">{t('bulk.addTag')}</option>
            <option value="removeTags=">{t('bulk.removeTag')}</option>
          </optgroup>
        </SelectField>
        <TextField name="tag" label={t('bulk.tag')} maxLength={50} />
        <div className="acts beside">
          <button type="submit" className="btn">
            {t('bulk.preview')}
          </button>
        </div>
      </form>
    </section>
  );
}

function Result({ result, format }: { result: BulkResult; format: Format }) {
  const { t } = useTranslation('monitoring');
  if (result.kind === 'done') {
    return (
      <output className="note">
        <span>{t('bulk.done', { count: result.changed, changed: format.integer(result.changed) })}</span>
      </output>
    );
  }
  if (result.kind === 'refused') {
    return (
      <div className="note bad" role="alert">
        <div>
          <p>{t(`bulk.refused.${result.reason}`)}</p>
          <ul>
            {result.faults.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                <b>{field}</b> {message}
              </li>
            ))}
          </ul>
        </div>
      </div>
    );
  }
  const { sent, fitting, changed } = result;
  return (
    <form method="post" className="note row wrap" aria-label={t('bulk.title')}>
      <output>{t('bulk.counted', { count: fitting, fitting: format.integer(fitting), changed: format.integer(changed) })}</output>
      <CsrfField />
      <input type="hidden" name="scope" value={sent.scope} />
      <input type="hidden" name="filter" value={sent.filter} />
      <input type="hidden" name="change" value={sent.change} />
      <input type="hidden" name="tag" value={sent.tag} />
      <input type="hidden" name="expected" value={fitting} />
      {sent.ids.map((id) => (
        <input key={id} type="hidden" name="machine" value={id} />
      ))}
      {changed === 0 ? null : (
        <button type="submit" className="btn main">
          {t('bulk.apply', { count: changed, changed: format.integer(changed) })}
        </button>
      )}
    </form>
  );
}
