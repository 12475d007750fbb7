/** The settings of alerts: every rule as it works in the workspace or on one site, and the channels that alerts are told on. Works without script. */
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '#app/features/alerts/rules/rule-table.ts';
import type { ChannelView } from '#app/features/alerts/settings/channel-store.server.ts';
import type { RuleView } from '#app/features/alerts/settings/rule-store.server.ts';
import { listThresholds, toShown } from '#app/features/alerts/settings/shown-numbers.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS, toAlertChannelPath, toAlertRulePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { SelectField } from '../fields.tsx';
import type { AlertSettingsView, ChannelActResult } from './alert-settings-view.ts';
import { useOutcome, useShownNumber } from './setting-words.tsx';

type Props = { view: AlertSettingsView; result: ChannelActResult | null };

export function AlertSettingsPage({ view, result }: Props) {
  const { t } = useTranslation('alert-settings');
  const { t: tAlerts } = useTranslation('alerts');
  const format = createFormat(useLocale());
  return (
    <main className="page fleet alert-settings">
      <FleetNav />
      <header>
        <p className="small">
          <a href={PATHS.alerts}>{tAlerts('page.back')}</a>
        </p>
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead')}</p>
      </header>
      {view.saved === null ? null : <p className="note">{t('rules.saved', { rule: tAlerts(`rule.${view.saved}.name`) })}</p>}
      <Rules view={view} format={format} />
      <Channels view={view} result={result} format={format} />
    </main>
  );
}

function Rules({ view, format }: { view: AlertSettingsView; format: Format }) {
  const { t } = useTranslation('alert-settings');
  const isReadOnly = view.site === null && !view.mayWriteWorkspace;
  return (
    <section aria-labelledby="rules">
      <h2 id="rules">{t('rules.title')}</h2>
      <p className="small dim measure">{t(view.site === null ? 'rules.leadWorkspace' : 'rules.leadSite', { name: view.site?.name })}</p>
      {view.sites.length === 0 ? null : <SiteChoice view={view} />}
      {isReadOnly ? <p className="note">{t('rules.noSite')}</p> : null}
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('rules.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('rules.rule')}</th>
              <th scope="col">{t('rules.state')}</th>
              <th scope="col">{t('rules.severity')}</th>
              <th scope="col">{t('rules.from')}</th>
              <th scope="col">{t('rules.thresholds')}</th>
            </tr>
          </thead>
          <tbody>
            {view.rules.map((rule) => (
              <RuleLine key={rule.rule} rule={rule} siteId={view.site?.id ?? null} isReadOnly={isReadOnly} format={format} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SiteChoice({ view: { site, sites, mayWriteWorkspace } }: { view: AlertSettingsView }) {
  const { t } = useTranslation('alert-settings');
  return (
    <form method="get" action={PATHS.alertSettings} className="fleet-form narrow">
      <SelectField key={site?.id ?? ''} name="siteId" label={t('rules.scope')} value={site?.id ?? ''}>
        {mayWriteWorkspace ? <option value="">{t('rules.wholeWorkspace')}</option> : null}
        {sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {t('rules.onSite', { name })}
          </option>
        ))}
      </SelectField>
      <div className="acts beside">
        <button type="submit" className="btn">
          {t('rules.show')}
        </button>
      </div>
    </form>
  );
}

type RuleLineProps = { rule: RuleView; siteId: string | null; isReadOnly: boolean; format: Format };

function RuleLine({ rule: { rule, isEnabled, severity, numbers, ofWorkspace, ofSite }, siteId, isReadOnly, format }: RuleLineProps) {
  const { t } = useTranslation('alert-settings');
  const { t: tAlerts } = useTranslation('alerts');
  const sayNumber = useShownNumber(format);
  const isSet = (change: object | null) => change !== null && Object.keys(change).length > 0;
  const from = isSet(ofSite) ? 'site' : isSet(ofWorkspace) ? 'workspace' : 'default';
  const thresholds = listThresholds(rule).flatMap((number) => {
    const value = numbers[number.name];
    return value === undefined ? [] : [`${t(`number.${number.name}`)} ${sayNumber(number, toShown(number, value))}`];
  });
  const name = tAlerts(`rule.${rule}.name`);
  return (
    <tr>
      <th scope="row">
        {isReadOnly ? name : <a href={toAlertRulePath(rule, siteId)}>{name}</a>}
        <small>{tAlerts(`rule.${rule}.what`)}</small>
      </th>
      <td data-l={t('rules.state')}>{isEnabled ? t('on') : <span className="tag">{t('off')}</span>}</td>
      <td data-l={t('rules.severity')}>{severity}</td>
      <td data-l={t('rules.from')} className={from === 'default' ? 'dim' : undefined}>
        {t(`source.${from}`)}
      </td>
      <td className={thresholds.length === 0 ? 'all small dim' : 'all small'}>
        {thresholds.length === 0 ? t('rules.noThreshold') : thresholds.join(' · ')}
      </td>
    </tr>
  );
}

function Channels({ view, result, format }: { view: AlertSettingsView; result: ChannelActResult | null; format: Format }) {
  const { t } = useTranslation('alert-settings');
  const { channels } = view;
  return (
    <section aria-labelledby="channels">
      <div className="row wrap">
        <h2 id="channels">{t('channels.title')}</h2>
        {view.mayAddChannels && channels !== null && channels.length > 0 ? (
          <a className="btn sm" href={PATHS.newAlertChannel}>
            {t('channels.add')}
          </a>
        ) : null}
      </div>
      <p className="small dim measure">{t('channels.lead')}</p>
      {result === null ? null : <ChannelResult result={result} />}
      {channels === null ? (
        <p className="note">{t('channels.hidden')}</p>
      ) : channels.length === 0 ? (
        <div className="fleet-empty">
          <p className="measure mute">{t('channels.none')}</p>
          {view.mayAddChannels ? (
            <div className="acts">
              <a className="btn main" href={PATHS.newAlertChannel}>
                {t('channels.add')}
              </a>
            </div>
          ) : null}
        </div>
      ) : (
        <ChannelTable channels={channels} view={view} format={format} />
      )}
    </section>
  );
}

function ChannelResult({ result }: { result: ChannelActResult }) {
  const { t } = useTranslation('alert-settings');
  const sayOutcome = useOutcome();
  if (result.kind === 'gone') {
    return (
      <p className="note bad" role="alert">
        {t('channels.gone')}
      </p>
    );
  }
  if (result.kind === 'switched') {
    return <p className="note">{t(result.isEnabled ? 'channels.switchedOn' : 'channels.switchedOff', { name: result.name })}</p>;
  }
  const { name, outcome } = result.tested;
  const isGood = outcome === 'delivered' || outcome === 'queued';
  return (
    <p className={isGood ? 'note' : 'note bad'} role={isGood ? undefined : 'alert'}>
      {t('channels.tested', { name, outcome: sayOutcome(outcome) })}
    </p>
  );
}

function ChannelTable({ channels, view, format }: { channels: ChannelView[]; view: AlertSettingsView; format: Format }) {
  const { t } = useTranslation('alert-settings');
  const sayOutcome = useOutcome();
  const siteOf = (id: string | null) => (id === null ? t('channels.allSites') : (view.sites.find((site) => site.id === id)?.name ?? '—'));
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('channels.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('channels.name')}</th>
            <th scope="col">{t('rules.state')}</th>
            <th scope="col">{t('channels.what')}</th>
            <th scope="col" className="num">
              {t('channels.budget')}
            </th>
            <th scope="col">{t('channels.last')}</th>
            <th scope="col">
              <span className="vh">{t('channels.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.id}>
              <th scope="row">
                <a href={toAlertChannelPath(channel.id)}>{channel.name}</a>
                <small className="breaks">
                  {t(`channel.kind.${channel.kind}`)}: {channel.target}
                </small>
              </th>
              <td data-l={t('rules.state')}>{channel.isEnabled ? t('on') : <span className="tag">{t('off')}</span>}</td>
              <td data-l={t('channels.what')}>
                {siteOf(channel.siteId)}
                <small>
                  {channel.leastSeverity === SEVERITIES[0] ? SEVERITIES[0] : t('channels.upTo', { severity: channel.leastSeverity })}
                </small>
              </td>
              <td className="num" data-l={t('channels.budget')}>
                {t('channels.perHour', { messages: format.integer(channel.messagesPerHour) })}
              </td>
              <td data-l={t('channels.last')}>{channel.lastOutcome === null ? t('channels.never') : sayOutcome(channel.lastOutcome)}</td>
              <td className="all">
                <ChannelActs channel={channel} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChannelActs({ channel: { id, name, isEnabled } }: { channel: ChannelView }) {
  const { t } = useTranslation('alert-settings');
  return (
    <form method="post" action={`${PATHS.alertSettings}#channels`} className="acts">
      <CsrfField />
      <input type="hidden" name="id" value={id} />
      <button type="submit" className="btn sm" name="intent" value="test" aria-label={t('channels.testOne', { name })}>
        {t('channels.test')}
      </button>
      <button
        type="submit"
        className="btn sm"
        name="intent"
        value={isEnabled ? 'switch-off' : 'switch-on'}
        aria-label={t(isEnabled ? 'channels.switchOffOne' : 'channels.switchOnOne', { name })}
      >
        {t(isEnabled ? 'channels.switchOff' : 'channels.switchOn')}
      </button>
    </form>
  );
}
