/** One machine: what it last said, board by board, what it did over time, and what was changed on it. */
import { useTranslation } from 'react-i18next';
import { OpenAlerts } from '#app/features/alerts/pages/open-alerts.tsx';
import { HistoryHead } from '#app/features/monitoring/charts/history-head.tsx';
import { SeriesChart } from '#app/features/monitoring/charts/series-chart.tsx';
import { sayAvailability, TimeSplitBar } from '#app/features/monitoring/charts/time-split.tsx';
import type { FormResult } from '#app/features/monitoring/form-fault.ts';
import { sayAge } from '#app/features/monitoring/say-age.ts';
import { sayPower } from '#app/features/monitoring/say-power.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { hasStep } from '#app/features/sites/machines/approval.ts';
import type { Approval } from '#app/features/sites/machines/machine-fields.ts';
import { PATHS, toMachinePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { Changes, MachineFacts } from './machine-facts.tsx';
import { Boards, Fans, Pools } from './machine-parts.tsx';
import type { MachineLive, MachinePageView } from './read-machine-page.server.ts';

export function MachinePage({ view, result }: { view: MachinePageView; result: FormResult | null }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  const { machine, live } = view;
  const name = machine.serial ?? t('machine.number', { number: machine.number });
  return (
    <main className="page fleet">
      <FleetNav />
      <header className="row wrap">
        <div>
          <h1>
            {name} <span className="tag">{t(`status.${machine.status}`)}</span>
            {machine.approval === 'approved' ? null : <span className="tag bad">{t(`approval.${machine.approval}`)}</span>}
          </h1>
          <p className="mute">
            {t('machine.number', { number: machine.number })}
            {machine.model === null ? '' : ` · ${machine.model}`} · {machine.site.name}
          </p>
          <Heard view={view} />
        </div>
        <div className="acts">
          <a className="btn sm" href={`${PATHS.machines}?siteId=${machine.site.id}`}>
            {t('nav.machines')}
          </a>
          {view.may.writeMachines ? (
            <a className="btn sm" href={`${toMachinePath(machine.number)}/edit`}>
              {t('form.edit')}
            </a>
          ) : null}
        </div>
      </header>
      <Approving view={view} result={result} />
      {live === null ? null : <Figures live={live} format={format} />}
      {view.openAlerts === null ? null : <OpenAlerts open={view.openAlerts} of={{ machineId: machine.id }} />}
      {live?.snapshot == null ? (
        <p className="note">{t(machine.approval === 'approved' ? 'machine.silent' : 'machine.notPolled')}</p>
      ) : (
        <>
          <Boards boards={live.snapshot.boards} format={format} />
          <div className="fleet-pair">
            <Fans fans={live.snapshot.fans} format={format} />
            <Pools pools={live.snapshot.pools} format={format} />
          </div>
        </>
      )}
      <History view={view} name={name} format={format} />
      <MachineFacts view={view} format={format} />
      <Changes view={view} format={format} />
      {live?.host?.raw == null ? null : (
        <section aria-labelledby="raw">
          <h2 id="raw">{t('machine.raw')}</h2>
          <DataDisclosure title={t('machine.rawShow')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
            <pre tabIndex={0}>{live.host.raw}</pre>
          </DataDisclosure>
        </section>
      )}
    </main>
  );
}

function Heard({ view: { live, nowMs } }: { view: MachinePageView }) {
  const { t } = useTranslation('monitoring');
  if (live === null) return <p className="dim">{t('unknown.never')}</p>;
  const nowS = nowMs / 1000;
  return (
    <>
      <p className={live.isStale ? 'loss' : 'mute'}>
        {t(`state.${live.state}`)} · {t('machine.asked', { age: sayAge(t, live.atS, nowS) })}
        {live.trouble === 'none' ? '' : ` · ${t(`trouble.${live.trouble}`)}`}
        {live.host?.troubleDetail == null ? '' : ` (${live.host.troubleDetail})`}
      </p>
      {live.readAtS !== null && live.readAtS < live.atS ? (
        <p className="small loss">{t('machine.lastAnswer', { age: sayAge(t, live.readAtS, nowS) })}</p>
      ) : null}
    </>
  );
}

const STEPS: readonly Approval[] = ['pending', 'approved', 'rejected', 'draft'];

function Approving({ view, result }: { view: MachinePageView; result: FormResult | null }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  const { machine, may } = view;
  const steps = STEPS.filter(
    (to) => hasStep(machine.approval, to) && (to === 'approved' || to === 'rejected' ? may.approveMachines : may.writeMachines),
  );
  if (result?.kind !== 'faulty' && steps.length === 0) return null;
  return (
    <div className="note row wrap">
      <div>
        <p>{t(`approvalText.${machine.approval}`)}</p>
        {result?.kind === 'faulty' ? (
          <p className="loss" role="alert">
            {format.sentences(...result.faults.map(({ message }) => message))}
          </p>
        ) : null}
      </div>
      <form method="post" className="acts">
        <CsrfField />
        {steps.map((to) => (
          <button key={to} type="submit" name="approval" value={to} className={to === 'approved' ? 'btn main' : 'btn'}>
            {t(`approvalStep.${to}`)}
          </button>
        ))}
      </form>
    </div>
  );
}

function Figures({ live, format }: { live: MachineLive; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { snapshot } = live;
  // What was said too long ago is no longer what the machine does; the parts below keep it, with its time.
  const now = live.isStale || live.trouble !== 'none' ? null : snapshot;
  const reason = t(now === null ? 'unknown.stale' : 'unknown.notReported');
  const ths = now?.hashrateThs ?? null;
  const watts = now?.powerW ?? null;
  const degrees = (value: number | null | undefined) => (value === null || value === undefined ? null : format.number(value));
  return (
    <dl className="figs fleet-figs">
      <Figure main label={t('figure.hashrate')} value={ths === null ? null : format.hashrate(ths, 2)} unknownReason={reason} />
      <Figure label={t('figure.power')} value={watts === null ? null : sayPower(watts, format)} unknownReason={reason} />
      <Figure
        label={t('figure.efficiency')}
        value={ths === null || watts === null || ths <= 0 ? null : format.number(watts / ths, 1)}
        unit="J/TH"
        unknownReason={reason}
      />
      <Figure
        label={t('figure.hottest')}
        value={degrees(now?.chipTemperatureC)}
        unit="°C"
        unknownReason={reason}
        basis={
          now?.inletTemperatureC == null && now?.outletTemperatureC == null
            ? null
            : t('machine.air', { inlet: degrees(now?.inletTemperatureC) ?? '—', outlet: degrees(now?.outletTemperatureC) ?? '—' })
        }
      />
    </dl>
  );
}

function History({ view, name, format }: { view: MachinePageView; name: string; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { sums } = view;
  const availability = sayAvailability(sums?.uptime ?? null, format);
  // The clock of the site, as on the chart above.
  const sayTime = format.dateTimeIn(view.timeZone);
  return (
    <section aria-labelledby="history">
      <HistoryHead pagePath={toMachinePath(view.machine.number)} shown={view.window} />
      <SeriesChart points={view.points} timeZone={view.timeZone} label={t('history.label', { name })} format={format} />
      <h3>{t('machine.time')}</h3>
      <TimeSplitBar uptime={sums?.uptime ?? null} format={format} label={t('machine.time')} />
      {sums === null ? null : (
        <p className="small mute measure">
          {t('machine.wholeDays', { from: sayTime(new Date(sums.fromS * 1000)), to: sayTime(new Date(sums.toS * 1000)) })}
          <SentenceGap />
          {availability.value === null ? null : t('uptime.availability', { value: availability.value })}
          {availability.value === null ? null : <SentenceGap />}
          {sums.energy.energyKwh === null ? (
            <Unknown reason={t('energy.unknown')} />
          ) : (
            t('machine.energy', {
              kwh: format.number(sums.energy.energyKwh, 1),
              estimated: format.percent(sums.energy.estimatedRatio ?? 0, 0),
            })
          )}
        </p>
      )}
    </section>
  );
}
