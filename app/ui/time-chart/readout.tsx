/** The figures of one moment in a line above the chart; it keeps its place, so nothing moves when the pointer does. */
import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../format.ts';
import { listSaid, sayReading } from './say-reading.ts';
import type { Pane, Series } from './series.ts';

function toneOf(series: Series): string {
  if (series.kind === 'band') return 'band';
  if (series.kind === 'candles') return 'tone1';
  return series.tone === 'bySign' ? 'tone1' : `tone${series.tone}`;
}

export function Readout({ panes, index, moment }: { panes: readonly Pane[]; index: number; moment: string | null }) {
  const { t } = useTranslation('chart');
  return (
    <p className="tc-read small">
      <b>{moment ?? UNKNOWN}</b>
      {panes.flatMap((pane) =>
        listSaid(pane, index).map((series) => (
          <span key={`${pane.id}-${series.id}`}>
            <i className={`tc-key ${toneOf(series)}`} aria-hidden="true" />
            {series.name} <b>{sayReading(t, pane, series, index)}</b>
          </span>
        )),
      )}
    </p>
  );
}
