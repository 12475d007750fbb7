/** What a site used in a month: in all, by client and by machine, and its demand by the quarter of an hour with the month's peak. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '#app/features/monitoring/fields.tsx';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import type { Energy } from '#app/features/telemetry/energy/energy.ts';
import { PATHS, toMachinePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { DownloadIcon } from '#app/ui/icons.tsx';
import type { Pane } from '#app/ui/time-chart/series.ts';
import { TimeChart } from '#app/ui/time-chart/time-chart.tsx';
import type { EnergyView } from './read-energy.server.ts';

const CHART_PX = 220;
const QUARTER_S = 900;

export function EnergyPage({ view }: { view: EnergyView }) {
  const { t } = useTranslation(['monitoring', 'meter']);
  const format = createFormat(useLocale());
  const { site, total, month } = view;
  const monthName = format.monthYear(`${month}-15T12:00:00Z`);
  return (
    <main className="page fleet">
      <FleetNav />
      <header>
        <h1>
          {site === null || total === null || total.energyKwh === null
            ? t('energy.title')
            : t(view.isOwnOnly ? 'energy.findingOwn' : 'energy.finding', {
                name: site.name,
                month: monthName,
                kwh: sayKwh(total.energyKwh, format),
              })}
        </h1>
        <p className="measure mute">{t('energy.lead')}</p>
      </header>
      {site === null ? (
        <p className="note">{t('overview.emptyTitle')}</p>
      ) : (
        <>
          <form method="get" action={PATHS.energy} className="fleet-form" aria-label={t('energy.filters')}>
            <SelectField name="siteId" label={t('overview.site')} value={site.id}>
              {view.sites.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
            <TextField name="month" type="month" label={t('energy.month')} value={month} isRequired />
            <div className="acts beside">
              <button type="submit" className="btn main">
                {t('energy.show')}
              </button>
            </div>
          </form>
          {view.maySendMeter ? (
            <p className="acts">
              <a className="btn" href={`${PATHS.meter}?siteId=${site.id}`}>
                {t('toMeter', { ns: 'meter' })}
              </a>
            </p>
          ) : null}
          <Totals view={view} format={format} />
          {view.demand === null ? null : <DemandChart view={view} format={format} />}
          {view.clients.length === 0 ? null : <Clients view={view} format={format} />}
          <Machines view={view} format={format} />
        </>
      )}
    </main>
  );
}

function sayKwh(energyKwh: number, format: Format): string {
  return energyKwh >= 100_000 ? `${format.number(energyKwh / 1000, 1)} MWh` : `${format.number(energyKwh, energyKwh < 1000 ? 1 : 0)} kWh`;
}

function Totals({ view, format }: { view: EnergyView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { total, demand } = view;
  const peak = demand?.peak ?? null;
  const nothing = t('energy.unknown');
  return (
    <dl className="figs fleet-figs five">
      <Figure
        main
        label={t('energy.energy')}
        value={total?.energyKwh == null ? null : sayKwh(total.energyKwh, format)}
        unknownReason={nothing}
      />
      {view.isOwnOnly ? null : (
        <Figure
          label={t('energy.metered')}
          value={total?.meterRatio == null ? null : format.percent(total.meterRatio)}
          unknownReason={nothing}
          basis={t('energy.meteredBasis')}
        />
      )}
      <Figure
        label={t('energy.estimated')}
        value={total?.estimatedRatio == null ? null : format.percent(total.estimatedRatio)}
        unknownReason={nothing}
        basis={t('energy.estimatedBasis')}
      />
      <Figure
        label={t('energy.unknownShare')}
        value={total?.unknownRatio == null ? null : format.percent(total.unknownRatio)}
        unknownReason={nothing}
        basis={t('energy.unknownBasis')}
      />
      {demand === null ? null : (
        <Figure
          label={t('energy.peak')}
          value={peak?.demandKw == null ? null : `${format.number(peak.demandKw, 1)} kW`}
          unknownReason={t('energy.noPeak')}
          basis={
            peak === null ? null : `${format.dateTimeIn(demand.timeZone)(new Date(peak.atS * 1000))} · ${t(`energy.source.${peak.source}`)}`
          }
        />
      )}
    </dl>
  );
}

function DemandChart({ view, format }: { view: EnergyView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { demand, site, month } = view;
  const quarters = demand?.quarters;
  const { times, panes } = useMemo(() => {
    const atS: number[] = [];
    const values: (number | null)[] = [];
    for (const quarter of quarters ?? []) {
      const lastS = atS.at(-1);
      if (lastS !== undefined && quarter.atS - lastS > QUARTER_S) {
        atS.push(lastS + QUARTER_S);
        values.push(null);
      }
      atS.push(quarter.atS);
      values.push(quarter.demandKw);
    }
    const pane: Pane = {
      id: 'demand',
      title: t('energy.demandKw'),
      heightPx: CHART_PX,
      scale: 'linear',
      includesZero: true,
      series: [{ kind: 'steps', id: 'demand', name: t('energy.demand'), tone: 2, values }],
      say: (value) => (value === null ? format.number(null) : `${format.number(value, 1)} kW`),
      sayTick: (value) => format.number(value),
    };
    return { times: atS.map((one) => one * 1000), panes: [pane] };
  }, [quarters, t, format]);
  if (site === null) return null;
  return (
    <section aria-labelledby="demand">
      <div className="row wrap">
        <h2 id="demand">{t('energy.demandTitle')}</h2>
        <a className="btn sm" href={`${PATHS.energyCsv}?siteId=${site.id}&month=${month}&of=demand`} download>
          <DownloadIcon /> CSV
        </a>
      </div>
      <p className="small dim measure">{t('energy.demandLead', { zone: site.timeZone })}</p>
      {times.length < 2 ? (
        <p className="note">{t('energy.noPeak')}</p>
      ) : (
        <TimeChart label={t('energy.demandTitle')} times={times} panes={panes} timeZone={site.timeZone} />
      )}
    </section>
  );
}

function EnergyCells({ energy, format }: { energy: Energy; format: Format }) {
  const { t } = useTranslation('monitoring');
  const nothing = <Unknown reason={t('energy.unknown')} />;
  return (
    <>
      <td className="num" data-l="kWh">
        {energy.energyKwh === null ? nothing : format.number(energy.energyKwh, 1)}
      </td>
      <td className="num" data-l={t('energy.estimated')}>
        {energy.estimatedRatio === null ? nothing : format.percent(energy.estimatedRatio)}
      </td>
      <td className="num" data-l={t('energy.unknownShare')}>
        {energy.unknownRatio === null ? nothing : format.percent(energy.unknownRatio)}
      </td>
    </>
  );
}

function EnergyHeads({ first }: { first: string }) {
  const { t } = useTranslation('monitoring');
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="num">
          kWh
        </th>
        <th scope="col" className="num">
          {t('energy.estimated')}
        </th>
        <th scope="col" className="num">
          {t('energy.unknownShare')}
        </th>
      </tr>
    </thead>
  );
}

function Clients({ view, format }: { view: EnergyView; format: Format }) {
  const { t } = useTranslation('monitoring');
  return (
    <section aria-labelledby="clients">
      <h2 id="clients">{t('energy.byClient')}</h2>
      <div className="tw">
        <table className="t cards dense">
          <caption className="vh">{t('energy.byClient')}</caption>
          <EnergyHeads first={t('machine.client')} />
          <tbody>
            {view.clients.map((client) => (
              <tr key={client.name ?? ''}>
                <th scope="row">{client.name ?? t('energy.gone')}</th>
                <EnergyCells energy={client} format={format} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Machines({ view, format }: { view: EnergyView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { machines, machineCount, site, month } = view;
  if (site === null) return null;
  return (
    <section aria-labelledby="machines">
      <div className="row wrap">
        <h2 id="machines">{t('energy.byMachine')}</h2>
        <a className="btn sm" href={`${PATHS.energyCsv}?siteId=${site.id}&month=${month}&of=machines`} download>
          <DownloadIcon /> CSV
        </a>
      </div>
      {machines.length === 0 ? (
        <p className="note">{t('energy.noDays')}</p>
      ) : (
        <>
          <p className="small dim measure">{t('energy.most', { count: machines.length, all: format.integer(machineCount) })}</p>
          <div className="tw">
            <table className="t cards dense">
              <caption className="vh">{t('energy.byMachine')}</caption>
              <EnergyHeads first={t('machine.machine')} />
              <tbody>
                {machines.map((machine) => (
                  <tr key={machine.number}>
                    <th scope="row">
                      <a href={toMachinePath(machine.number)}>{machine.serial ?? t('machine.number', { number: machine.number })}</a>
                    </th>
                    <EnergyCells energy={machine} format={format} />
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
