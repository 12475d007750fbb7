/** All sites: what each does now, and what it did in the last 24 hours. */
import { useTranslation } from 'react-i18next';
import type { OpenOfSite } from '#app/features/alerts/read/open-alerts.server.ts';
import { sayAvailability } from '#app/features/monitoring/charts/time-split.tsx';
import { sayAge } from '#app/features/monitoring/say-age.ts';
import { sayPower } from '#app/features/monitoring/say-power.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';

import { toGapLimitS } from '#app/features/telemetry/layers.ts';
import { TIME_STATES } from '#app/features/telemetry/store/sample-state.ts';

import { PATHS, toSiteEditPath, toSitePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { OverviewView, SiteCard } from './read-overview.server.ts';

export function OverviewPage({ view }: { view: OverviewView }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  const { sites, total, may } = view;
  const title =
    sites.length === 0
      ? t('overview.title')
      : total.machines === 0
        ? t('overview.noMachines', { count: sites.length })
        : t('overview.finding', { hashing: format.integer(total.byState.hashing), machines: format.integer(total.machines) });
  return (
    <main className="page fleet">
      <FleetNav />
      <header className="row wrap">
        <div>
          <h1>{title}</h1>
          <p className="measure mute">{t(view.isOwnOnly ? 'overview.leadOwn' : 'overview.lead')}</p>
        </div>
        {sites.length === 0 ? null : <Acts may={may} />}
      </header>
      {sites.length === 0 ? <Empty may={may} /> : <Sites view={view} format={format} />}
    </main>
  );
}

function Acts({ may }: { may: OverviewView['may'] }) {
  const { t } = useTranslation('monitoring');
  return (
    <div className="acts">
      {may.createSites ? (
        <a className="btn" href={PATHS.newSite}>
          {t('overview.addSite')}
        </a>
      ) : null}
      {may.writeMachines ? (
        <a className="btn main" href={PATHS.importMachines}>
          {t('overview.import')}
        </a>
      ) : null}
    </div>
  );
}

function Empty({ may }: { may: OverviewView['may'] }) {
  const { t } = useTranslation('monitoring');
  return (
    <section className="fleet-empty" aria-labelledby="empty">
      <h2 id="empty">{t('overview.emptyTitle')}</h2>
      <p className="measure mute">{t(may.createSites ? 'overview.emptyText' : 'overview.emptyOthers')}</p>
      {may.createSites ? (
        <div className="acts">
          <a className="btn main" href={PATHS.newSite}>
            {t('overview.addSite')}
          </a>
        </div>
      ) : null}
    </section>
  );
}

function Sites({ view, format }: { view: OverviewView; format: Format }) {
  const { t } = useTranslation('monitoring');
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('overview.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.site')}</th>
            <th scope="col" className="num">
              {t('figure.hashrate')}
            </th>
            <th scope="col" className="num">
              {t('figure.power')}
            </th>
            <th scope="col" className="num">
              {t('figure.efficiency')} <small>J/TH</small>
            </th>
            <th scope="col">{t('overview.machines')}</th>
            {view.openAlerts === null ? null : (
              <th scope="col" className="num">
                {t('overview.alerts')}
              </th>
            )}
            <th scope="col" className="num">
              {t('figure.availability')} <small>{t('overview.day')}</small>
            </th>
            <th scope="col" className="num">
              {t('overview.age')}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.sites.map((site) => (
            <SiteLine key={site.id} site={site} view={view} format={format} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SiteLine({ site, view, format }: { site: SiteCard; view: OverviewView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { now, uptime } = site;
  const nowS = view.nowMs / 1000;
  const isOld = now.lastS !== null && nowS - now.lastS > toGapLimitS(site.cadenceS);
  const silence = <Unknown reason={t(now.machines === 0 ? 'unknown.noMachines' : 'unknown.silent')} />;
  const availability = sayAvailability(uptime, format);
  return (
    <tr>
      <th scope="row">
        <a href={toSitePath(site.id)}>{site.name}</a>{' '}
        {site.status === 'active' ? null : <span className="tag">{t(`siteStatus.${site.status}`)}</span>}{' '}
        {site.isDemo ? <span className="tag">{t('overview.demo')}</span> : null}
        <small>
          {site.location ?? site.timeZone}
          {view.may.writeSites ? (
            <>
              {' · '}
              <a href={toSiteEditPath(site.id)} aria-label={t('site.edit', { name: site.name })}>
                {t('form.edit')}
              </a>
            </>
          ) : null}
        </small>
      </th>
      <td className="num" data-l={t('figure.hashrate')}>
        {now.hashrateThs === null ? silence : format.hashrate(now.hashrateThs, 2)}
      </td>
      <td className="num" data-l={t('figure.power')}>
        {now.powerW === null ? silence : sayPower(now.powerW, format)}
        {now.powerW !== null && now.powerKnown < now.machines - now.byState.unknown ? (
          <small>{t('figure.powerOf', { count: now.powerKnown, known: format.integer(now.powerKnown) })}</small>
        ) : null}
      </td>
      <td className="num" data-l={t('figure.efficiency')}>
        {now.efficiencyJPerTh === null ? silence : format.number(now.efficiencyJPerTh, 1)}
      </td>
      <td className="all">
        <ul className="state-list">
          {TIME_STATES.filter((state) => now.byState[state] > 0).map((state) => (
            <li key={state}>
              <i className={`key s-${state}`} aria-hidden="true" />
              {t(`state.${state}`)} {format.integer(now.byState[state])}
            </li>
          ))}
          {now.machines === 0 ? <li className="dim">{t('overview.none')}</li> : null}
          {site.waiting === 0 ? null : (
            <li>
              <a href={`${PATHS.machines}?siteId=${site.id}`}>
                {t('overview.waiting', { count: site.waiting, waiting: format.integer(site.waiting) })}
              </a>
            </li>
          )}
        </ul>
      </td>
      {view.openAlerts === null ? null : (
        <td className="num" data-l={t('overview.alerts')}>
          <SiteAlerts siteId={site.id} open={view.openAlerts[site.id] ?? null} format={format} />
        </td>
      )}
      <td className="num" data-l={t('figure.availability')}>
        {availability.value ?? <Unknown reason={t('unknown.noRollUp')} />}
        {availability.bounds === null ? null : <small>{availability.bounds}</small>}
      </td>
      <td className={isOld ? 'num loss' : 'num'} data-l={t('overview.age')}>
        {now.lastS === null ? <Unknown reason={t('unknown.never')} /> : sayAge(t, now.lastS, nowS)}
      </td>
    </tr>
  );
}

function SiteAlerts({ siteId, open, format }: { siteId: string; open: OpenOfSite | null; format: Format }) {
  const { t } = useTranslation('monitoring');
  if (open === null) return <span className="dim">{t('overview.noAlerts')}</span>;
  return (
    <a href={`${PATHS.alerts}?siteId=${siteId}`}>
      {format.integer(open.alerts)}{' '}
      <span className={open.gravest === 'P0' || open.gravest === 'P1' ? 'tag bad' : 'tag'}>{open.gravest}</span>
    </a>
  );
}
