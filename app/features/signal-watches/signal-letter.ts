/** A change of a signal as a letter: what turned, when, and how often it was right beside how often that happens anyway. */
import { createInstance } from 'i18next';
import type { SignalKey } from '#app/features/indicators/page/indicator-words.ts';
import { toIndicatorPath } from '#app/features/indicators/page/page-query.ts';
import { findSignal } from '#app/features/indicators/signals/signals.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import enSignals from '../../../locales/en/indicators.json';
import en from '../../../locales/en/signal-watches.json';
import zhSignals from '../../../locales/zh/indicators.json';
import zh from '../../../locales/zh/signal-watches.json';
import type { NewsFacts } from './news-facts.ts';
import type { SignalNewsView } from './watch-view.ts';

// The worker has no request to take the words from. Texts are at hand, so this is done when the call returns.
const i18n = createInstance();
void i18n.init({
  ...I18NEXT_OPTIONS,
  initImmediate: false,
  lng: 'en',
  resources: { en: { 'signal-watches': en, indicators: enSignals }, zh: { 'signal-watches': zh, indicators: zhSignals } },
});

/** Without an `origin` there is no link: nobody said where the product is reached. */
export function writeSignalLetter(to: string, language: Language, news: SignalNewsView, origin: string | undefined): Letter {
  const t = i18n.getFixedT(language, 'signal-watches');
  const name = i18n.getFixedT(language, 'indicators')(`signals.${news.signal as SignalKey}`);
  const format = createFormat(language);
  const indicator = findSignal(news.signal)?.indicator;
  return {
    to,
    language,
    subject: t(news.isOn ? 'letter.on' : 'letter.off', { name }),
    paragraphs: [
      t(news.isOn ? 'letter.turnedOn' : 'letter.turnedOff', {
        name,
        at: format.date(news.at),
        close: format.usd(news.facts.closeUsdPerBtc, 0),
      }),
      ...sayRecord(news.facts, format, t),
      t('letter.caution'),
    ],
    action:
      origin === undefined || indicator === undefined
        ? null
        : { label: t('letter.open'), url: `${origin}${toIndicatorPath({ indicator, interval: '1d', span: '1y' })}` },
    footer: t('letter.footer'),
  };
}

type Say = ReturnType<typeof i18n.getFixedT<'signal-watches'>>;

/** One sentence a horizon; a horizon that was never reached is said as that. */
function sayRecord({ direction, outcomes }: NewsFacts, format: Format, t: Say): string[] {
  return outcomes.map(({ horizonDays, settled, hitRatio, baseRatio }) =>
    hitRatio === null
      ? t('record.none', { days: format.integer(horizonDays) })
      : t(`record.${direction}`, {
          days: format.integer(horizonDays),
          cases: format.integer(settled),
          hit: format.percent(hitRatio, 0),
          base: format.percent(baseRatio, 0),
        }),
  );
}
