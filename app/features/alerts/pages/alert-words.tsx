// Parts of an alert that the list and the page of one share.
import { useTranslation } from 'react-i18next';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import type { AlertView } from '../read/alert-view.ts';
import type { Severity } from '../rules/rule-table.ts';

export function useAlertWords() {
  const { t } = useTranslation('alerts');
  return { t, format: createFormat(useLocale()) };
}

/** The word carries the meaning; the colour repeats it. */
export function SeverityTag({ severity }: { severity: Severity }) {
  return <span className={severity === 'P0' || severity === 'P1' ? 'tag bad' : 'tag'}>{severity}</span>;
}

/** What it is about: a machine, or a place with its kind. */
export function useSubject(): (alert: Pick<AlertView, 'scope' | 'subject' | 'site'>) => string {
  const { t } = useAlertWords();
  return ({ scope, subject }) => {
    if (subject === null) return t('hidden');
    return scope === 'machine' ? subject : `${t(`scope.${scope}`)} ${subject}`;
  };
}

export function StateWords({ alert }: { alert: AlertView }) {
  const { t, format } = useAlertWords();
  const sayTime = format.dateTimeIn(alert.site.timeZone);
  const words: string[] = [];
  if (alert.resolvedAt !== null) words.push(t('state.resolved', { at: sayTime(alert.resolvedAt) }));
  else if (alert.acknowledgedAt === null) words.push(t('state.open'));
  else words.push(t('state.acknowledged'));
  if (alert.snoozedUntil !== null) words.push(t('state.snoozed', { until: sayTime(alert.snoozedUntil) }));
  if (alert.assignee) words.push(t('state.assigned', { name: alert.assignee.name }));
  if (alert.occurrences > 1) words.push(t('state.again', { times: format.integer(alert.occurrences) }));
  return <>{words.join(' · ')}</>;
}
