/** What a rule would have found in the stored samples: how many alerts, on which machines, when. */
import { useTranslation } from 'react-i18next';
import type { RuleTestAnswer } from '#app/features/alerts/settings/test-rule.server.ts';
import { toMachinePath } from '#app/paths.ts';
import type { Format } from '#app/ui/format.ts';

const SHOWN_ALERTS = 50;
const SHOWN_MACHINES = 12;

export function RuleTestResult({ answer, siteName, format }: { answer: RuleTestAnswer; siteName: string; format: Format }) {
  const { t } = useTranslation('alert-settings');
  const { alerts, named, machines, machinesTested, samples } = answer;
  const hit = new Set(named.flatMap((one) => one.machines)).size;
  const facts = {
    site: siteName,
    from: format.dateTime(answer.fromAt),
    to: format.dateTime(answer.toAt),
    samples: format.integer(samples),
    tested: format.integer(machinesTested),
    machines: format.integer(machines),
  };
  return (
    <section aria-labelledby="tested" className="note alert-test">
      <h2 id="tested">
        {samples === 0
          ? t('test.noSamples')
          : alerts === 0
            ? t('test.none')
            : t('test.found', { count: alerts, alerts: format.integer(alerts), machines: format.integer(hit) })}
      </h2>
      <p className="small measure">{t(machinesTested < machines ? 'test.basisPart' : 'test.basis', facts)}</p>
      {named.length === 0 ? null : (
        <div className="tw">
          <table className="t cards dense">
            <caption className="vh">{t('test.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('test.opened')}</th>
                <th scope="col">{t('test.resolved')}</th>
                <th scope="col">{t('rules.severity')}</th>
                <th scope="col">{t('test.where')}</th>
              </tr>
            </thead>
            <tbody>
              {named.slice(0, SHOWN_ALERTS).map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: alerts that nobody keeps have no name, and the list never changes
                <AlertLine key={index} alert={one} format={format} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {alerts > SHOWN_ALERTS ? <p className="small dim">{t('test.more', { shown: SHOWN_ALERTS, all: format.integer(alerts) })}</p> : null}
    </section>
  );
}

function AlertLine({ alert, format }: { alert: RuleTestAnswer['named'][number]; format: Format }) {
  const { t } = useTranslation('alert-settings');
  const { t: tAlerts } = useTranslation('alerts');
  const { t: tFleet } = useTranslation('monitoring');
  const { scope, machines } = alert;
  return (
    <tr>
      <th scope="row">{format.dateTime(alert.openedAt)}</th>
      <td data-l={t('test.resolved')}>{alert.resolvedAt === null ? tAlerts('one.still') : format.dateTime(alert.resolvedAt)}</td>
      <td data-l={t('rules.severity')}>{alert.severity}</td>
      <td className="all" data-l={t('test.where')}>
        {scope === 'machine' ? null : `${t('test.cause', { scope: tAlerts(`scope.${scope}`), count: machines.length })} `}
        <span className="alert-machines">
          {machines.slice(0, SHOWN_MACHINES).map((number) => (
            <a key={number} href={toMachinePath(number)}>
              {tFleet('machine.number', { number })}
            </a>
          ))}
          {machines.length > SHOWN_MACHINES ? <span>{t('test.moreMachines', { count: machines.length - SHOWN_MACHINES })}</span> : null}
        </span>
      </td>
    </tr>
  );
}
