// News of alerts as a letter.
import { PATHS, toAlertPath } from '#app/paths.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import { createFormat } from '#app/ui/format.ts';
import { sayEvidence } from '../pages/say-evidence.ts';
import { getLetterTexts } from './letter-texts.ts';
import type { News } from './read-news.server.ts';

/** One piece of news is the subject; of a digest its number. `news` is not empty. Without an `origin` there is no link: nobody said where the product is reached. */
export function writeAlertLetter(to: string, language: Language, news: readonly News[], origin: string | undefined): Letter {
  const t = getLetterTexts(language);
  const format = createFormat(language);
  const lines = news.map((one) => {
    const about = t('letter.line', {
      severity: one.severity,
      what: t(`letter.kind.${one.kind}`),
      rule: t(`rule.${one.rule}.name`),
      site: one.site,
      subject: one.scope === 'machine' || one.scope === 'site' ? one.subject : `${t(`scope.${one.scope}`)} ${one.subject}`,
      machines: format.integer(one.machines),
      at: format.dateTimeIn(one.timeZone)(one.at),
    });
    return format.sentences(about, sayEvidence(t, format, one.rule, one.evidence));
  });
  const [first] = news;
  const isOne = news.length === 1 && first !== undefined;
  const subject = isOne
    ? t('letter.subjectOne', {
        severity: first.severity,
        rule: t(`rule.${first.rule}.name`),
        site: first.site,
        what: t(`letter.kind.${first.kind}`),
      })
    : t('letter.subjectMany', { alerts: format.integer(news.length) });
  return {
    to,
    language,
    subject,
    paragraphs: lines,
    action: origin === undefined ? null : { label: t('letter.open'), url: `${origin}${isOne ? toAlertPath(first.alertId) : PATHS.alerts}` },
    footer: t('letter.footer'),
  };
}
