import { describe, expect, it } from 'vitest';
import en from '../../../../locales/en/indicators.json';
import { INDICATORS } from '../registry.ts';
import { describeSignals } from '../signals/describe-signals.ts';
import { SIGNALS } from '../signals/signals.ts';
import { readShippedDays } from '../stored-history.server.ts';
import { countDifferent, SHOWN_INDICATORS, toIndicatorPage } from './indicator-page.ts';
import { readPageQuery } from './page-query.ts';
import { SPANS, type Span } from './spans.ts';

const history = readShippedDays();
const isKnown = (query: string) => readPageQuery(new URL(`http://localhost/market/indicators${query}`)) !== null;

describe('the page of indicators', () => {
  it.each(Object.keys(SPANS) as Span[])('draws every indicator over %s with the newest day last, within what a screen can show', (span) => {
    for (const indicator of SHOWN_INDICATORS) {
      const page = toIndicatorPage(indicator, span, history, []);
      const lastMs = history.startAtMs + (history.length - 1) * history.stepMs;
      expect(page.timesMs.at(-1)).toBe(lastMs);
      expect(page.rows[0]!.atMs).toBe(lastMs);
      expect(page.timesMs.length).toBeLessThanOrEqual(500);
      for (const line of page.lines) {
        expect(line.values).toHaveLength(page.timesMs.length);
        expect(line.values.at(-1)).toBe(line.last);
        expect(line.last).not.toBeNull();
      }
    }
  });

  it('has words for every output it shows and for every signal', () => {
    const outputs = new Set(SHOWN_INDICATORS.flatMap((indicator) => Object.keys(indicator.outputs)));
    expect(Object.keys(en.outputs).sort()).toEqual([...outputs].sort());
    expect(Object.keys(en.signals).sort()).toEqual(SIGNALS.map(({ name }) => name).sort());
  });

  it('shows nothing else than what was asked for', () => {
    expect([
      isKnown(''),
      isKnown('?indicator=rsi&span=1y'),
      isKnown('?indicator=atr'),
      isKnown('?span=2y'),
      isKnown('?indicator=x'),
    ]).toEqual([true, true, false, false, false]);
    expect(SHOWN_INDICATORS.length).toBeLessThan(INDICATORS.length);
  });

  it('counts outcomes that are better or worse than what happens anyway', () => {
    const counts = countDifferent(describeSignals(history));
    // Fifteen signals, three horizons.
    expect(counts.all).toBe(45);
    expect(counts).toMatchObject({ better: 0, worse: 1 });
  });
});
