import { describe, expect, it } from 'vitest';
import { SIGNALS } from '#app/features/indicators/signals/signals.ts';
import { readShippedDays } from '#app/features/indicators/stored-history.server.ts';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';
import { judgeSignals, listNews, MAX_NEWS_AGE_CANDLES } from './judge-signal.ts';
import { NewsFactsSchema } from './news-facts.ts';
import { writeSignalLetter } from './signal-letter.ts';

const TO = 'lin@mine.example';
const facts = {
  direction: 'fall' as const,
  closeUsdPerBtc: 87_508.83,
  outcomes: [
    { horizonDays: 7, settled: 13, hitRatio: 9 / 13, baseRatio: 0.45 },
    { horizonDays: 30, settled: 0, hitRatio: null, baseRatio: 0.44 },
  ],
};

describe('the letter about a signal', () => {
  it('says what turned, on which candle, and how often it was right beside any day; what nobody knows yet it says as that', () => {
    const news = { signal: 'death-cross', at: '2025-11-16T00:00:00.000Z', isOn: true, facts };
    const { subject, paragraphs, action } = writeSignalLetter(TO, 'en', news, 'https://mine.example');
    expect(subject).toBe('Signal on: Death cross: SMA 50 falls below SMA 200');
    expect(paragraphs.slice(0, 3)).toEqual([
      'Death cross: SMA 50 falls below SMA 200: turned on with the candle of Nov 16, 2025 (UTC), which closed at $87,509.',
      '7 days later the price was lower in 69% of 13 cases; after any day it was in 45%.',
      '30 days later: no case so far whose time has passed.',
    ]);
    expect(action?.url).toContain('indicator=sma');
    expect(writeSignalLetter(TO, 'en', news, undefined).action).toBeNull();
  });

  it.each(LANGUAGES)('has words for every signal, on and off, in %s', (language) => {
    for (const { name } of SIGNALS) {
      for (const isOn of [true, false]) {
        const letter = writeSignalLetter(TO, language, { signal: name, at: '2025-11-16T00:00:00.000Z', isOn, facts }, undefined);
        expect([letter.subject, letter.footer, ...letter.paragraphs].join(' ')).not.toMatch(/letter\.|record\.|signals\.|\{\{/);
      }
    }
  });
});

describe('what is news of a signal', () => {
  const history = readShippedDays();
  const judgements = judgeSignals(history);

  it('is judged for every signal, with facts that can be kept', () => {
    expect([...judgements.keys()]).toEqual(SIGNALS.map(({ name }) => name));
    for (const { facts: known } of judgements.values())
      expect(NewsFactsSchema.safeParse({ ...known, closeUsdPerBtc: null }).success).toBe(true);
  });

  it('lies after what was judged before and within a week, and carries the close of its day', () => {
    for (const judgement of judgements.values()) {
      const news = listNews(judgement, history, 0);
      for (const { atMs, facts: known } of news) {
        expect(judgement.judgedMs - atMs).toBeLessThan(MAX_NEWS_AGE_CANDLES * history.stepMs);
        expect(known.closeUsdPerBtc).toBe(history.columns.close[(atMs - history.startAtMs) / history.stepMs]);
      }
      expect(listNews(judgement, history, judgement.judgedMs)).toEqual([]);
    }
  });
});
