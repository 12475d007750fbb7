/** What is entered of a machine, and every change of it. */
import { useTranslation } from 'react-i18next';
import { sayChange } from '#app/features/monitoring/say-change.ts';
import { Unknown } from '#app/ui/figure.tsx';
import type { Format } from '#app/ui/format.ts';
import type { MachinePageView } from './read-machine-page.server.ts';

export function MachineFacts({ view: { machine, seesHost }, format }: { view: MachinePageView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { rackRow, rackColumn, ratedHashrateThs, ratedPowerW, purchasedOn = null, purchaseUsd = null, tags = [] } = machine;
  const rack =
    machine.rack === null
      ? null
      : `${machine.rack.name}${rackRow === null ? '' : ` · ${t('map.position', { row: rackRow, column: rackColumn })}`}`;
  const address = machine.host == null ? null : `${machine.host}${machine.port == null ? '' : `:${machine.port}`}`;
  const facts: [string, string | null][] = [
    [t('machine.client'), machine.client?.name ?? t('machines.noClient')],
    [t('map.rack'), rack ?? t('map.loose')],
    [t('machine.field.ratedHashrateThs'), ratedHashrateThs === null ? null : format.hashrate(ratedHashrateThs)],
    [t('machine.field.ratedPowerW'), ratedPowerW === null ? null : `${format.number(ratedPowerW)} W`],
    [t('machine.field.firmware'), machine.firmware],
    ...(seesHost
      ? ([
          [t('machine.field.host'), address],
          [t('machine.field.macAddress'), machine.macAddress ?? null],
          [t('machine.field.worker'), machine.worker ?? null],
          [t('machine.field.purchasedOn'), purchasedOn === null ? null : format.date(purchasedOn)],
          [t('machine.field.purchaseUsd'), purchaseUsd === null ? null : format.usd(purchaseUsd)],
          [t('machine.field.tags'), tags.length === 0 ? null : tags.join(', ')],
        ] satisfies [string, string | null][])
      : []),
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t('machine.facts')}</h2>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? <Unknown reason={t('unknown.notGiven')} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Changes({ view: { changes, timeZone }, format }: { view: MachinePageView; format: Format }) {
  const { t } = useTranslation('monitoring');
  const sayTime = format.dateTimeIn(timeZone);
  return (
    <section aria-labelledby="events">
      <h2 id="events">{t('events.title')}</h2>
      {changes.length === 0 ? (
        <p className="note">{t('events.none')}</p>
      ) : (
        <div className="tw">
          <table className="t cards dense">
            <caption className="vh">{t('events.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('events.what')}</th>
                <th scope="col">{t('events.when')}</th>
                <th scope="col">{t('events.who')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ id, at, field, user, ...change }) => (
                <tr key={id}>
                  <th scope="row">{field === null ? t('events.added') : sayChange({ field, ...change }, { t, format })}</th>
                  <td data-l={t('events.when')}>{sayTime(at)}</td>
                  <td data-l={t('events.who')}>{user?.name ?? t('events.nobody')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
