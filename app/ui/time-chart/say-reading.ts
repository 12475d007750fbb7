/** The figures of one moment in words: in the line above the chart, and for those who have it read to them. Pure. */
import type { TFunction } from 'i18next';
import { UNKNOWN } from '../format.ts';
import { extremeColumns, type Pane, readValue, type Series } from './series.ts';

type ChartTexts = TFunction<'chart'>;

/** One series at one moment: a value, a band from its lower to its upper end, a candle with its four prices. */
export function sayReading(t: ChartTexts, pane: Pane, series: Series, index: number): string {
  if (series.kind === 'candles') {
    const price = (values: typeof series.open) => pane.say(readValue(values, index));
    if (readValue(series.close, index) === null) return UNKNOWN;
    return t('ohlc', { open: price(series.open), high: price(series.high), low: price(series.low), close: price(series.close) });
  }
  const values = series.kind === 'band' ? [series.lower, series.upper] : [series.values];
  const known = values.map((column) => readValue(column, index));
  return known.every((value) => value === null) ? UNKNOWN : known.map((value) => pane.say(value)).join(' – ');
}

/** The series that the line above the chart names at a moment: of one and what stands in for it, the one that is known there. */
export function listSaid(pane: Pane, index: number): Series[] {
  const isKnown = (series: Series) => extremeColumns(series).some((values) => readValue(values, index) !== null);
  const unsaid = pane.series.flatMap((standIn) => {
    const main = pane.series.find(({ id }) => id === standIn.standsInFor);
    if (main === undefined) return [];
    return [isKnown(standIn) && !isKnown(main) ? main : standIn];
  });
  return pane.series.filter((series) => !unsaid.includes(series));
}

/** Everything that is known at the moment, pane by pane: what a slider says of itself is all that arrow keys make heard. */
export function sayMoment(t: ChartTexts, moment: string, panes: readonly Pane[], index: number): string {
  const ofPane = (pane: Pane) => {
    const known = pane.series.map((series) => [series.name, sayReading(t, pane, series, index)]).filter(([, value]) => value !== UNKNOWN);
    return known.length === 0 ? [] : [`${pane.title}: ${known.map((said) => said.join(' ')).join(', ')}`];
  };
  return [moment, ...panes.flatMap(ofPane)].join('; ');
}
