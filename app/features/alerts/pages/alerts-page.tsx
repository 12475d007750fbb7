// The alerts of the workspace: what is open by severity, a filter in the address, the list. Works without script.

import { type ReactNode, useId } from 'react';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS, toAlertPath } from '#app/paths.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { ALERT_STATUSES, type AlertFilter, type AlertView } from '../read/alert-view.ts';
import { RULE_IDS, SEVERITIES } from '../rules/rule-table.ts';
import type { AlertsView } from './alert-page-views.ts';
import { SeverityTag, StateWords, useAlertWords, useSubject } from './alert-words.tsx';
import { sayEvidence } from './say-evidence.ts';

export function AlertsPage({ view }: { view: AlertsView }) {
  const { t } = useAlertWords();
  const isFiltered =
    view.filter.siteId !== undefined ||
    view.filter.machineId !== undefined ||
    view.filter.rule !== undefined ||
    view.filter.severity !== undefined;
  return (
    <main className="page alerts">
      <FleetNav />
      <header className="row wrap">
        <div className="alerts-head">
          <h1>{t('page.title')}</h1>
          <p className="measure mute">{t(view.isWholeWorkspace ? 'page.lead' : 'page.leadOwn')}</p>
        </div>
        {view.maySet ? (
          <div className="acts">
            <a className="btn" href={PATHS.alertSettings}>
              {t('page.settings')}
            </a>
          </div>
        ) : null}
      </header>
      <OpenCounts open={view.open} />
      <Filter view={view} />
      {view.filter.machineId === undefined ? null : (
        <p className="note">
          {t('filter.oneMachine')}
          <SentenceGap />
          <a href={PATHS.alerts}>{t('filter.allMachines')}</a>
        </p>
      )}
      {view.isFilterBad ? (
        <div className="note bad" role="alert">
          <p>{t('filter.bad')}</p>
        </div>
      ) : null}
      {view.alerts.length === 0 ? (
        <div className="alerts-empty">
          <h2>{t('empty.title')}</h2>
          <p className="mute">{t(isFiltered || view.filter.status !== 'open' ? 'empty.filtered' : 'empty.text')}</p>
        </div>
      ) : (
        <AlertTable alerts={view.alerts} />
      )}
      {view.next === null ? null : (
        <div className="acts">
          <a className="btn" href={toPageHref(view.filter, view.next)}>
            {t('more')}
          </a>
        </div>
      )}
    </main>
  );
}

function toPageHref({ status, siteId, machineId, severity = [], rule = [] }: AlertFilter, after: string): string {
  const params = new URLSearchParams({
    status,
    ...(siteId === undefined ? {} : { siteId }),
    ...(machineId === undefined ? {} : { machineId }),
  });
  for (const one of severity) params.append('severity', one);
  for (const one of rule) params.append('rule', one);
  params.set('after', after);
  return `${PATHS.alerts}?${params}`;
}

function OpenCounts({ open }: { open: AlertsView['open'] }) {
  const { t, format } = useAlertWords();
  return (
    <dl className="alerts-counts" aria-label={t('open.label')}>
      {SEVERITIES.map((severity) => (
        <div key={severity}>
          <dt>{t(`open.${severity}`)}</dt>
          <dd>{format.integer(open[severity])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Filter({ view: { filter, sites } }: { view: AlertsView }) {
  const { t } = useAlertWords();
  return (
    <form className="alerts-filter" method="get" action={PATHS.alerts} aria-label={t('filter.legend')}>
      {filter.machineId === undefined ? null : <input type="hidden" name="machineId" value={filter.machineId} />}
      <Choice name="status" label={t('filter.status')} value={filter.status}>
        {ALERT_STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </Choice>
      <Choice name="severity" label={t('filter.severity')} value={filter.severity?.[0] ?? ''}>
        <option value="">{t('filter.anySeverity')}</option>
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t(`open.${severity}`)}
          </option>
        ))}
      </Choice>
      <Choice name="rule" label={t('filter.rule')} value={filter.rule?.[0] ?? ''}>
        <option value="">{t('filter.anyRule')}</option>
        {RULE_IDS.map((rule) => (
          <option key={rule} value={rule}>
            {t(`rule.${rule}.name`)}
          </option>
        ))}
      </Choice>
      {sites.length < 2 ? null : (
        <Choice name="siteId" label={t('filter.site')} value={filter.siteId ?? ''}>
          <option value="">{t('filter.anySite')}</option>
          {sites.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      <div className="acts">
        <button type="submit" className="btn main">
          {t('filter.apply')}
        </button>
        <a className="btn" href={PATHS.alerts}>
          {t('filter.clear')}
        </a>
      </div>
    </form>
  );
}

export function Choice({ name, label, value, children }: { name: string; label: string; value: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <span className="box select">
        <select id={id} name={name} defaultValue={value}>
          {children}
        </select>
        <ChevronDownIcon />
      </span>
    </div>
  );
}

function AlertTable({ alerts }: { alerts: AlertView[] }) {
  const { t } = useAlertWords();
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.what')}</th>
            <th scope="col">{t('table.subject')}</th>
            <th scope="col">{t('table.site')}</th>
            <th scope="col" className="n">
              {t('table.machines')}
            </th>
            <th scope="col">{t('table.since')}</th>
            <th scope="col">{t('table.state')}</th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AlertRow({ alert }: { alert: AlertView }) {
  const { t, format } = useAlertWords();
  const subjectOf = useSubject();
  const evidence = sayEvidence(t, format, alert.rule, alert.evidence);
  return (
    <tr>
      <th scope="row">
        <SeverityTag severity={alert.severity} /> <a href={toAlertPath(alert.id)}>{t(`rule.${alert.rule}.name`)}</a>
        {evidence === null ? null : <small className="dim">{evidence}</small>}
      </th>
      <td data-l={t('table.subject')}>{subjectOf(alert)}</td>
      <td data-l={t('table.site')}>{alert.site.name}</td>
      <td className="n" data-l={t('table.machines')}>
        {format.integer(alert.resolvedAt === null ? alert.machines : alert.machinesEver)}
      </td>
      <td data-l={t('table.since')}>{format.dateTimeIn(alert.site.timeZone)(alert.openedAt)}</td>
      <td data-l={t('table.state')}>
        <StateWords alert={alert} />
      </td>
    </tr>
  );
}
