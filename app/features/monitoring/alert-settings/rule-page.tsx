/** One rule in the workspace or on one site: what it is set to, and what it would have found. Works without script. */
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '#app/features/alerts/rules/rule-table.ts';
import { listThresholds, listTimings, type ShownNumber, toShown } from '#app/features/alerts/settings/shown-numbers.ts';
import { TEST_RANGES } from '#app/features/alerts/settings/test-ranges.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { OtherFaults, SelectField, TextField } from '../fields.tsx';
import type { FormFault } from '../form-fault.ts';
import type { RuleActResult, RulePageView } from './alert-settings-view.ts';
import { RuleTestResult } from './rule-test-result.tsx';
import { useShownNumber, useUnit } from './setting-words.tsx';

export function RulePage({ view, result }: { view: RulePageView; result: RuleActResult | null }) {
  const { t } = useTranslation('alert-settings');
  const { t: tAlerts } = useTranslation('alerts');
  const format = createFormat(useLocale());
  const values = result?.values ?? view.values;
  const faults = result?.kind === 'faulty' ? result.faults : [];
  const backTo = view.site === null ? PATHS.alertSettings : `${PATHS.alertSettings}?siteId=${view.site.id}`;
  const mayWrite = view.site !== null || view.mayWriteWorkspace;
  return (
    <main className="page fleet alert-settings">
      <FleetNav />
      <header>
        <p className="small">
          <a href={backTo}>{t('page.back')}</a>
        </p>
        <h1>{tAlerts(`rule.${view.rule}.name`)}</h1>
        <p className="measure mute">
          {tAlerts(`rule.${view.rule}.what`)}
          <SentenceGap />
          {view.site === null ? t('rule.forWorkspace') : t('rule.forSite', { name: view.site.name })}
        </p>
      </header>
      {result?.kind === 'tested' ? <RuleTestResult answer={result.answer} siteName={result.siteName} format={format} /> : null}
      {mayWrite ? (
        <RuleForm view={view} values={values} faults={faults} backTo={backTo} format={format} />
      ) : (
        <p className="note">{t('rules.noSite')}</p>
      )}
    </main>
  );
}

type FormProps = { view: RulePageView; values: Record<string, string>; faults: readonly FormFault[]; backTo: string; format: Format };

function RuleForm({ view, values, faults, backTo, format }: FormProps) {
  const { t } = useTranslation('alert-settings');
  const { t: tAlerts } = useTranslation('alerts');
  const { below, rule } = view;
  const thresholds = listThresholds(rule);
  const timings = listTimings();
  const shown = ['isEnabled', 'severity', 'poolHosts', 'hours', ...[...thresholds, ...timings].map(({ name }) => `numbers.${name}`)];
  const inherited = view.site === null ? 'rule.byDefault' : 'rule.byWorkspace';
  return (
    <form method="post" className="alert-rule">
      <CsrfField />
      <OtherFaults faults={faults} shown={shown} />
      <fieldset className="fleet-form">
        <legend>{t('rule.whether')}</legend>
        <SelectField name="isEnabled" label={t('rule.isEnabled')} value={values.isEnabled} faults={faults}>
          <option value="">{t(inherited, { value: t(below.isEnabled ? 'on' : 'off') })}</option>
          <option value="on">{t('on')}</option>
          <option value="off">{t('off')}</option>
        </SelectField>
        <SelectField name="severity" label={t('rules.severity')} value={values.severity} faults={faults}>
          <option value="">{t(inherited, { value: below.severity })}</option>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {tAlerts(`open.${severity}`)}
            </option>
          ))}
        </SelectField>
        {rule === 'wrong-pool' ? (
          <TextField
            name="poolHosts"
            label={t('rule.poolHosts')}
            value={values.poolHosts}
            faults={faults}
            hint={below.poolHosts.length === 0 ? t('rule.poolHostsHint') : t('rule.poolHostsBelow', { hosts: below.poolHosts.join(', ') })}
          />
        ) : null}
      </fieldset>
      {thresholds.length === 0 ? null : (
        <fieldset className="fleet-form">
          <legend>{t('rules.thresholds')}</legend>
          <Numbers numbers={thresholds} below={below.numbers} values={values} faults={faults} format={format} />
        </fieldset>
      )}
      <fieldset className="fleet-form">
        <legend>{t('rule.timing')}</legend>
        <p className="small dim measure">{t('rule.timingLead')}</p>
        <Numbers numbers={timings} below={below.numbers} values={values} faults={faults} format={format} />
      </fieldset>
      <Testing view={view} values={values} faults={faults} />
      <div className="acts">
        <button type="submit" className="btn main" name="intent" value="save">
          {t('rule.save')}
        </button>
        <a className="btn" href={backTo}>
          {t('rule.cancel')}
        </a>
      </div>
    </form>
  );
}

type NumbersProps = {
  numbers: readonly ShownNumber[];
  below: Readonly<Record<string, number>>;
  values: Record<string, string>;
  faults: readonly FormFault[];
  format: Format;
};

function Numbers({ numbers, below, values, faults, format }: NumbersProps) {
  const { t } = useTranslation('alert-settings');
  const unitOf = useUnit();
  const say = useShownNumber(format);
  return numbers.map((number) => {
    const { name, range } = number;
    const inherited = below[name];
    const bounds = { min: format.number(toShown(number, range.min)), max: format.number(toShown(number, range.max)) };
    return (
      <TextField
        key={name}
        name={`numbers.${name}`}
        label={t(`number.${name}`)}
        value={values[`numbers.${name}`]}
        faults={faults}
        unit={unitOf(number) ?? undefined}
        isNumber
        hint={
          inherited === undefined
            ? t('rule.range', bounds)
            : t('rule.emptyIs', { value: say(number, toShown(number, inherited)), ...bounds })
        }
      />
    );
  });
}

function Testing({ view, values, faults }: { view: RulePageView; values: Record<string, string>; faults: readonly FormFault[] }) {
  const { t } = useTranslation('alert-settings');
  if (!view.isInHistory) {
    return (
      <fieldset className="fleet-form">
        <legend>{t('test.title')}</legend>
        <p className="note">{t('test.notInHistory')}</p>
      </fieldset>
    );
  }
  if (view.sites.length === 0) return null;
  const { min, max } = TEST_RANGES.hours;
  return (
    <fieldset className="fleet-form">
      <legend>{t('test.title')}</legend>
      <p className="small dim measure">{t('test.lead')}</p>
      {view.site === null ? (
        <SelectField name="testSiteId" label={t('test.site')} value={values.testSiteId} faults={faults}>
          {view.sites.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TextField
        name="hours"
        label={t('test.hours')}
        value={values.hours}
        faults={faults}
        unit={t('unit.h')}
        isNumber
        hint={t('rule.range', { min, max })}
      />
      <div className="acts beside">
        <button type="submit" className="btn" name="intent" value="test">
          {t('test.run')}
        </button>
      </div>
    </fieldset>
  );
}
