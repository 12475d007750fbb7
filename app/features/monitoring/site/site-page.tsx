/** One site: its machines where they stand, live, and what it did over a day, a week or a month. */
import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenAlerts } from '#app/features/alerts/pages/open-alerts.tsx';
import { HistoryHead } from '#app/features/monitoring/charts/history-head.tsx';
import { SeriesChart } from '#app/features/monitoring/charts/series-chart.tsx';
import { sayAvailability, TimeSplitBar } from '#app/features/monitoring/charts/time-split.tsx';
import { type FleetCells, type FleetNow, findWorst, readState, summariseCells } from '#app/features/monitoring/rack-map/fleet-cells.ts';
import { RackMap } from '#app/features/monitoring/rack-map/rack-map.tsx';
import { type LiveCells, useLiveCells } from '#app/features/monitoring/rack-map/use-live-cells.ts';
import { sayAge } from '#app/features/monitoring/say-age.ts';
import { sayPower } from '#app/features/monitoring/say-power.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { TIME_STATES } from '#app/features/telemetry/store/sample-state.ts';
import { PATHS, toMachinePath, toSiteEditPath, toSitePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import type { SitePageView } from './read-site-page.server.ts';

const WORST = 10;
/** Hundreds of rows are written again this often while somebody reads them, and not at all while they are folded. */
const TABLE_STEP_S = 5;

export function SitePage({ view }: { view: SitePageView }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  const { shownS, ...live } = useLiveCells(view);
  const { site, gapS } = view;
  const now = summariseCells(live.cells, shownS, gapS);
  const isOld = now.lastS !== null && shownS - now.lastS > gapS;
  return (
    <main className="page fleet">
      <FleetNav />
      <header className="row wrap">
        <div>
          <h1>
            {site.name} {site.isDemo ? <span className="tag">{t('overview.demo')}</span> : null}
          </h1>
          <p className="mute">
            {now.machines === 0
              ? t('site.noMachines')
              : t('site.finding', { hashing: format.integer(now.byState.hashing), machines: format.integer(now.machines) })}
            <SentenceGap />
            <span className={isOld ? 'loss' : 'dim'}>
              {now.lastS === null ? t('unknown.never') : t(isOld ? 'site.old' : 'site.age', { age: sayAge(t, now.lastS, shownS) })}
            </span>
          </p>
          {view.isOwnOnly ? <p className="small dim">{t('site.ownOnly')}</p> : null}
        </div>
        <div className="acts">
          <a className="btn sm" href={`${PATHS.machines}?siteId=${site.id}`}>
            {t('site.machines')}
          </a>
          {view.mayEdit ? (
            <a className="btn sm" href={toSiteEditPath(site.id)}>
              {t('form.edit')}
            </a>
          ) : null}
        </div>
      </header>
      <Figures view={view} now={now} format={format} />
      {view.openAlerts === null ? null : <OpenAlerts open={view.openAlerts} of={{ siteId: site.id }} />}
      {now.machines === 0 ? <NoMachines view={view} /> : <Machines view={view} live={live} nowS={shownS} format={format} />}
      <History view={view} format={format} />
    </main>
  );
}

function NoMachines({ view }: { view: SitePageView }) {
  const { t } = useTranslation('monitoring');
  return (
    <section className="fleet-empty" aria-labelledby="none">
      <h2 id="none">{t('site.noMachines')}</h2>
      <p className="measure mute">
        {view.site.waiting > 0 ? t('site.waitingText', { count: view.site.waiting }) : t('site.noMachinesText')}
      </p>
      {view.mayEdit ? (
        <div className="acts">
          <a
            className="btn main"
            href={view.site.waiting > 0 ? `${PATHS.machines}?siteId=${view.site.id}` : `${PATHS.importMachines}?siteId=${view.site.id}`}
          >
            {t(view.site.waiting > 0 ? 'site.toApproval' : 'overview.import')}
          </a>
        </div>
      ) : null}
    </section>
  );
}

function Figures({ view, now, format }: { view: SitePageView; now: FleetNow; format: Format }) {
  const { t } = useTranslation('monitoring');
  const silent = t(now.machines === 0 ? 'unknown.noMachines' : 'unknown.silent');
  const availability = sayAvailability(view.site.uptime, format);
  const unpowered = now.powerKnown < now.machines - now.byState.unknown;
  return (
    <dl className="figs fleet-figs">
      <Figure
        main
        label={t('figure.hashrate')}
        value={now.hashrateThs === null ? null : format.hashrate(now.hashrateThs, 2)}
        unknownReason={silent}
      />
      <Figure
        label={t('figure.power')}
        value={now.powerW === null ? null : sayPower(now.powerW, format)}
        unknownReason={silent}
        basis={unpowered ? t('figure.powerOf', { count: now.powerKnown, known: format.integer(now.powerKnown) }) : t('figure.powerBasis')}
      />
      <Figure
        label={t('figure.efficiency')}
        value={now.efficiencyJPerTh === null ? null : format.number(now.efficiencyJPerTh, 1)}
        unit="J/TH"
        unknownReason={silent}
        basis={t('figure.efficiencyBasis')}
      />
      <Figure
        label={t('figure.availabilityDay')}
        value={availability.value}
        unknownReason={t('unknown.noRollUp')}
        basis={
          availability.bounds === null ? t('figure.availabilityBasis') : t('figure.availabilityBounds', { bounds: availability.bounds })
        }
      />
    </dl>
  );
}

function Machines({ view, live, nowS, format }: { view: SitePageView; live: LiveCells; nowS: number; format: Format }) {
  const { t } = useTranslation('monitoring');
  const [isOpen, setOpen] = useState(false);
  const tableS = isOpen ? Math.floor(nowS / TABLE_STEP_S) * TABLE_STEP_S : view.nowMs / 1000;
  return (
    <>
      <section aria-labelledby="map">
        <div className="row wrap">
          <h2 id="map">{t('map.title')}</h2>
          <p className="small dim">{t(live.source === 'stream' ? 'site.stream' : 'site.reload', { seconds: view.site.cadenceS })}</p>
        </div>
        {view.isCut ? <p className="note">{t('site.cut', { count: view.cells.numbers.length })}</p> : null}
        <RackMap view={view} live={live} format={format} />
        <DataDisclosure title={t('map.table')} onOpen={setOpen}>
          <RackTable view={view} cells={live.cells} nowS={tableS} format={format} />
        </DataDisclosure>
      </section>
      <Worst view={view} live={live} nowS={nowS} format={format} />
    </>
  );
}

type RackTableProps = { view: SitePageView; cells: FleetCells; nowS: number; format: Format };

const RackTable = memo(function RackTable({ view, cells, nowS, format }: RackTableProps) {
  const { t } = useTranslation('monitoring');
  const groups = useMemo(() => {
    const members = new Map<number | null, number[]>();
    cells.racks.forEach((rack, index) => {
      const list = members.get(rack);
      if (list) list.push(index);
      else members.set(rack, [index]);
    });
    return [...members].sort(([one], [other]) => (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY));
  }, [cells]);
  return (
    <div className="tw">
      <table className="t cards dense">
        <caption className="vh">{t('map.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('map.rack')}</th>
            {TIME_STATES.map((state) => (
              <th key={state} scope="col" className="num">
                {t(`state.${state}`)}
              </th>
            ))}
            <th scope="col" className="num">
              {t('figure.hashrate')}
            </th>
            <th scope="col" className="num">
              {t('figure.hottest')}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(([rack, indexes]) => {
            const sums = summariseCells(cells, nowS, view.gapS, indexes);
            const found = rack === null ? null : (view.racks[rack] ?? null);
            const hottest = Math.max(
              ...indexes.map((index) =>
                readState(cells, index, nowS, view.gapS) === 'unknown'
                  ? Number.NEGATIVE_INFINITY
                  : (cells.chipTemperatureC[index] ?? Number.NEGATIVE_INFINITY),
              ),
            );
            return (
              <tr key={found?.id ?? 'loose'}>
                <th scope="row">
                  {found === null ? (
                    t('map.loose')
                  ) : (
                    <a href={`${PATHS.machines}?siteId=${view.site.id}&rackId=${found.id}`}>{found.name}</a>
                  )}
                </th>
                {TIME_STATES.map((state) => (
                  <td key={state} className="num" data-l={t(`state.${state}`)}>
                    {format.integer(sums.byState[state])}
                  </td>
                ))}
                <td className="num" data-l={t('figure.hashrate')}>
                  {sums.hashrateThs === null ? <Unknown reason={t('unknown.silent')} /> : format.hashrate(sums.hashrateThs)}
                </td>
                <td className="num" data-l={t('figure.hottest')}>
                  {Number.isFinite(hottest) ? `${format.integer(hottest)} °C` : <Unknown reason={t('unknown.notReported')} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
});

function Worst({ view, live, nowS, format }: { view: SitePageView; live: LiveCells; nowS: number; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { cells } = live;
  const worst = findWorst(cells, nowS, view.gapS, WORST);
  return (
    <section aria-labelledby="worst">
      <h2 id="worst">{t('worst.title')}</h2>
      <p className="small dim measure">{t('worst.lead')}</p>
      {worst.length === 0 ? (
        <p className="note">{t('worst.none')}</p>
      ) : (
        <div className="tw">
          <table className="t cards dense">
            <caption className="vh">{t('worst.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('machine.machine')}</th>
                <th scope="col">{t('machine.state')}</th>
                <th scope="col" className="num">
                  {t('figure.hashrate')}
                </th>
                <th scope="col" className="num">
                  {t('worst.lost')}
                </th>
                <th scope="col" className="num">
                  {t('figure.chip')}
                </th>
                <th scope="col">{t('map.rack')}</th>
              </tr>
            </thead>
            <tbody>
              {worst.map(({ index, lostThs }) => {
                const rack = cells.racks[index] ?? null;
                const chip = cells.chipTemperatureC[index] ?? null;
                const number = cells.numbers[index] ?? 0;
                return (
                  <tr key={number}>
                    <th scope="row">
                      <a href={toMachinePath(number)}>{t('machine.number', { number })}</a>
                    </th>
                    <td data-l={t('machine.state')}>{t(`state.${readState(cells, index, nowS, view.gapS)}`)}</td>
                    <td className="num" data-l={t('figure.hashrate')}>
                      {cells.hashrateThs[index] === null ? (
                        <Unknown reason={t('unknown.notReported')} />
                      ) : (
                        format.hashrate(cells.hashrateThs[index])
                      )}
                    </td>
                    <td className="num loss" data-l={t('worst.lost')}>
                      −{format.hashrate(lostThs)}
                    </td>
                    <td className="num">{chip === null ? <Unknown reason={t('unknown.notReported')} /> : `${format.integer(chip)} °C`}</td>
                    <td>
                      {rack === null ? t('map.loose') : view.racks[rack]?.name}
                      {cells.rackRows[index] === null
                        ? null
                        : ` · ${t('map.position', { row: cells.rackRows[index], column: cells.rackColumns[index] })}`}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const History = memo(function History({ view, format }: { view: SitePageView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const availability = sayAvailability(view.uptime, format);
  return (
    <section aria-labelledby="history">
      <HistoryHead pagePath={toSitePath(view.site.id)} shown={view.window} />
      <h3>{t('uptime.title')}</h3>
      <TimeSplitBar uptime={view.uptime} format={format} label={t('uptime.title')} />
      {availability.value === null ? null : (
        <p className="small mute measure">
          {availability.bounds === null
            ? t('uptime.availability', { value: availability.value })
            : t('uptime.availabilityBounds', { value: availability.value, bounds: availability.bounds })}
        </p>
      )}
      <SeriesChart
        points={view.series}
        timeZone={view.site.timeZone}
        label={t('history.label', { name: view.site.name })}
        format={format}
      />
    </section>
  );
});
