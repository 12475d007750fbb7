/** The figures of one moment in a line above the chart; it keeps its place, so nothing moves when the pointer does. */
import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../format.ts';
import { type Pane, readValue, type Series } from './series.ts';

function toneOf(series: Series): string {
  if (series.kind === 'band') return 'band';
  if (series.kind === 'candles') return 'tone1';
  return series.tone === 'bySign' ? 'tone1' : `tone${series.tone}`;
}

export function Readout({ panes, index, moment }: { panes: readonly Pane[]; index: number; moment: string | null }) {
  const { t } = useTranslation('chart');
  const say = (pane: Pane, series: Series): string => {
    if (series.kind === 'candles') {
      const price = (values: typeof series.open) => pane.say(readValue(values, index));
      if (readValue(series.close, index) === null) return UNKNOWN;
      return t('ohlc', { open: price(series.open), high: price(series.high), low: price(series.low), close: price(series.close) });
    }
    const values = series.kind === 'band' ? [series.lower, series.upper] : [series.values];
    const known = values.map((column) => readValue(column, index));
    // A band is said from its lower to its upper end.
    return known.every((value) => value === null) ? UNKNOWN : known.map((value) => pane.say(value)).join(' – ');
  };
  return (
    <p className="tc-read small">
      <b>{moment ?? UNKNOWN}</b>
      {panes.flatMap((pane) =>
        pane.series.map((series) => (
          <span key={`${pane.id}-${series.id}`}>
            <i className={`tc-key ${toneOf(series)}`} aria-hidden="true" />
            {series.name} <b>{say(pane, series)}</b>
          </span>
        )),
      )}
    </p>
  );
}
