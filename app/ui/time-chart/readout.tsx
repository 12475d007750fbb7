/** The figures of one moment in a line above the chart; it keeps its place, so nothing moves when the pointer does. */
import { UNKNOWN } from '../format.ts';
import { type Pane, readAt, type Series } from './series.ts';

function toneOf(series: Series): string {
  if (series.kind === 'band') return 'band';
  if (series.kind === 'candles') return 'tone1';
  return series.tone === 'bySign' ? 'tone1' : `tone${series.tone}`;
}

export function Readout({ panes, index, moment }: { panes: readonly Pane[]; index: number; moment: string | null }) {
  return (
    <p className="tc-read small">
      <b>{moment ?? UNKNOWN}</b>
      {panes.flatMap((pane) =>
        pane.series.map((series) => (
          <span key={`${pane.id}-${series.id}`}>
            <i className={`tc-key ${toneOf(series)}`} aria-hidden="true" />
            {series.name} <b>{sayAt(pane, series, index)}</b>
          </span>
        )),
      )}
    </p>
  );
}

/** A band is said from its lower to its upper end. */
export function sayAt(pane: Pane, series: Series, index: number): string {
  const values = readAt(series, index);
  return values.every((value) => value === null) ? UNKNOWN : values.map((value) => pane.say(value)).join(' – ');
}
