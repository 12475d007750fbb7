/** A channel made or changed; of a new webhook the secret, once. Works without script. */
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '#app/features/alerts/rules/rule-table.ts';
import { CHANNEL_KINDS, CHANNEL_RANGES } from '#app/features/alerts/settings/channel-fields.ts';
import type { NewChannelView } from '#app/features/alerts/settings/channel-store.server.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS } from '#app/paths.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '#app/platform/i18n/languages.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { OtherFaults, SelectField, TextField } from '../fields.tsx';
import type { ChannelFormResult, ChannelPageView } from './alert-settings-view.ts';

const NAMES = ['kind', 'name', 'target', 'siteId', 'language', 'leastSeverity', 'messagesPerHour'];

export function ChannelPage({ view, result }: { view: ChannelPageView; result: ChannelFormResult | null }) {
  const { t } = useTranslation('alert-settings');
  const { channel } = view;
  const made = result?.kind === 'made' ? result.channel : null;
  return (
    <main className="page fleet alert-settings">
      <FleetNav />
      <header>
        <p className="small">
          <a href={`${PATHS.alertSettings}#channels`}>{t('page.back')}</a>
        </p>
        <h1>{made === null ? t(channel === null ? 'channel.new' : 'channel.edit', { name: channel?.name }) : made.name}</h1>
        {made === null ? <p className="measure mute">{t('channel.lead')}</p> : null}
      </header>
      {made === null ? <ChannelForm view={view} result={result} /> : <Secret channel={made} />}
      {channel === null ? null : <Deleting name={channel.name} />}
    </main>
  );
}

function Secret({ channel }: { channel: NewChannelView }) {
  const { t } = useTranslation('alert-settings');
  return (
    <section aria-labelledby="secret">
      <h2 id="secret">{t('channel.secret')}</h2>
      <p className="measure">{t('channel.secretText')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, and keys must reach it */}
      <pre tabIndex={0}>{channel.secret}</pre>
      <p className="measure small dim">{t('channel.signature')}</p>
      <div className="acts">
        <a className="btn main" href={`${PATHS.alertSettings}#channels`}>
          {t('channel.kept')}
        </a>
      </div>
    </section>
  );
}

function ChannelForm({ view, result }: { view: ChannelPageView; result: ChannelFormResult | null }) {
  const { t } = useTranslation('alert-settings');
  const { t: tAlerts } = useTranslation('alerts');
  const values = result?.kind === 'faulty' ? result.values : view.values;
  const faults = result?.kind === 'faulty' ? result.faults : [];
  const { min, max } = CHANNEL_RANGES.messagesPerHour;
  return (
    <form method="post" className="fleet-form">
      <CsrfField />
      <OtherFaults faults={faults} shown={NAMES} />
      <TextField name="name" label={t('channels.name')} value={values.name} faults={faults} isRequired maxLength={100} />
      {view.channel === null ? (
        <SelectField name="kind" label={t('channel.kindLabel')} value={values.kind} faults={faults}>
          {CHANNEL_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`channel.kind.${kind}`)}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TextField
        name="target"
        label={t('channel.target')}
        value={values.target}
        faults={faults}
        isRequired
        maxLength={500}
        hint={t(view.channel === null ? 'channel.targetHint' : `channel.targetOf.${view.channel.kind}`)}
      />
      <SelectField name="leastSeverity" label={t('channel.leastSeverity')} value={values.leastSeverity} faults={faults}>
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {tAlerts(`open.${severity}`)}
          </option>
        ))}
      </SelectField>
      <SelectField name="siteId" label={t('channel.site')} value={values.siteId} faults={faults}>
        <option value="">{t('channels.allSites')}</option>
        {view.sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        name="messagesPerHour"
        label={t('channel.messagesPerHour')}
        value={values.messagesPerHour}
        faults={faults}
        isNumber
        hint={t('channel.budgetHint', { min, max })}
      />
      <SelectField name="language" label={t('channel.language')} value={values.language} faults={faults}>
        {LANGUAGES.map((language) => (
          <option key={language} value={language} lang={language}>
            {LANGUAGE_NAMES[language]}
          </option>
        ))}
      </SelectField>
      <div className="acts wide-row">
        <button type="submit" className="btn main" name="intent" value="save">
          {t(view.channel === null ? 'channel.create' : 'rule.save')}
        </button>
        <a className="btn" href={`${PATHS.alertSettings}#channels`}>
          {t('rule.cancel')}
        </a>
      </div>
    </form>
  );
}

/** Folded, so that nobody deletes with one slip. */
function Deleting({ name }: { name: string }) {
  const { t } = useTranslation('alert-settings');
  return (
    <details className="data">
      <summary>{t('channel.delete')}</summary>
      <form method="post" className="acts">
        <CsrfField />
        <p className="measure">{t('channel.deleteText', { name })}</p>
        <button type="submit" className="btn" name="intent" value="delete">
          {t('channel.deleteNow', { name })}
        </button>
      </form>
    </details>
  );
}
