/** What is open on a site or a machine, on the page of it: the gravest, and the way to all. */
import { PATHS, toAlertPath } from '#app/paths.ts';
import type { OpenAlerts as Open, OpenAlertsOf } from '../read/open-alerts.server.ts';
import { SeverityTag, StateWords, useAlertWords, useSubject } from './alert-words.tsx';
import { sayEvidence } from './say-evidence.ts';

export function OpenAlerts({ open, of }: { open: Open; of: OpenAlertsOf }) {
  const { t, format } = useAlertWords();
  const subjectOf = useSubject();
  const { alerts, total } = open;
  const isSite = 'siteId' in of;
  return (
    <section aria-labelledby="alerts">
      <div className="row wrap">
        <h2 id="alerts">{total === 0 ? t('here.titleNone') : t('here.title', { count: total, total: format.integer(total) })}</h2>
        <a className="btn sm" href={`${PATHS.alerts}?${new URLSearchParams(isSite ? of : { ...of, status: 'all' })}`}>
          {t(isSite ? 'here.all' : 'here.allEver')}
        </a>
      </div>
      {alerts.length === 0 ? (
        <p className="small dim">{t(isSite ? 'here.noneOnSite' : 'here.noneOnMachine')}</p>
      ) : (
        <ul className="open-alerts">
          {alerts.map((alert) => {
            const evidence = sayEvidence(t, format, alert.rule, alert.evidence);
            return (
              <li key={alert.id}>
                <SeverityTag severity={alert.severity} />
                <span>
                  <a href={toAlertPath(alert.id)}>{t(`rule.${alert.rule}.name`)}</a>
                  {isSite || alert.scope !== 'machine' ? ` · ${subjectOf(alert)}` : null}
                  {alert.machines > 1 ? ` · ${t('here.machines', { machines: format.integer(alert.machines) })}` : null}
                  <small className="dim">
                    {evidence === null ? null : `${evidence} · `}
                    {t('here.since', { at: format.dateTimeIn(alert.site.timeZone)(alert.openedAt) })} · <StateWords alert={alert} />
                  </small>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
