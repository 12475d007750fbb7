/**
 * Series over time in panes that share one axis: candles, lines, bands, bars. The server draws it, so it is read without script; with it, a drag, the wheel, buttons or the keys look closer and
 * move, and a line of figures names what is under the pointer. The figures stand in a table behind a toggle.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../platform/i18n/use-language.ts';
import { fullRange, layOutChart, type TimeRange } from './layout.ts';
import { PaneView } from './pane-view.tsx';
import { Readout } from './readout.tsx';
import { sayMoment } from './say-reading.ts';
import { findNewestKnown, type Moment, type Pane } from './series.ts';
import { TimeTable } from './time-table.tsx';
import { createTimeWords } from './time-words.ts';
import { MOVE, type TimeWindow, useTimeWindow, ZOOM } from './use-time-window.ts';

export type TimeChartProps = {
  /** Names the chart for those who do not see it: what is shown and what is found. */
  label: string;
  /** Ascending, milliseconds since 1970; one per value of every series. As long as `times` and `panes` stay the same objects, only what moves is drawn again. */
  times: readonly number[] | Float64Array;
  panes: readonly Pane[];
  /** IANA name of the zone that the moments are written in. */
  timeZone?: string;
  /** Is every moment a whole day? Then no clock is written. */
  isDaily?: boolean;
  moments?: readonly Moment[];
  /** Buttons for the newest part: days, or `null` for everything. */
  spansDays?: readonly (number | null)[];
  /** Which part is seen at first: the newest so many days. */
  initialDays?: number | null;
  /** Which moment is read while none is pointed at; the last one seen of which anything is known unless said: a chart that goes on into the future rests on today. */
  restIndex?: number;
};

const DAY_MS = 86_400_000;

function newest(whole: TimeRange, days: number | null): TimeRange {
  return days === null ? whole : { fromMs: Math.max(whole.fromMs, whole.toMs - days * DAY_MS), toMs: whole.toMs };
}

export function TimeChart(props: TimeChartProps) {
  const whole = useMemo(() => fullRange(props.times), [props.times]);
  return whole === null ? null : <Chart {...props} whole={whole} />;
}

function Chart(props: TimeChartProps & { whole: TimeRange }) {
  const { label, times, panes, whole, timeZone = 'UTC', isDaily = false, moments = [], spansDays = [], initialDays = null } = props;
  const { t } = useTranslation('chart');
  const words = createTimeWords(useLocale(), timeZone);
  const view = useTimeWindow(times, whole, newest(whole, initialDays));
  const { fromMs, toMs } = view.range;
  const layout = useMemo(() => layOutChart(times, panes, { fromMs, toMs }, words.offsetMs(toMs)), [times, panes, fromMs, toMs, words]);
  const { restIndex } = props;
  const rest =
    restIndex !== undefined && restIndex >= layout.first && restIndex <= layout.last ? restIndex : findNewestKnown(panes, layout);
  const shown = view.cursor ?? rest;
  const toRatio = (timeMs: number) => (timeMs - fromMs) / (toMs - fromMs);
  const isSame = (range: TimeRange) => Math.abs(range.fromMs - fromMs) < DAY_MS / 2 && Math.abs(range.toMs - toMs) < DAY_MS / 2;
  return (
    <div className="tc">
      <div className="tc-head">
        <Readout panes={panes} index={shown} moment={layout.last < layout.first ? null : words.moment(times[shown]!, isDaily)} />
        <div className="tc-tools">
          {spansDays.length === 0 ? null : (
            <fieldset className="tc-spans">
              <legend className="vh">{t('spans')}</legend>
              {spansDays.map((days) => (
                <button
                  key={days ?? 'all'}
                  type="button"
                  className="btn sm"
                  aria-pressed={isSame(newest(whole, days))}
                  onClick={() => view.setRange(newest(whole, days))}
                >
                  {sayDays(t, days)}
                </button>
              ))}
            </fieldset>
          )}
          <Moves view={view} whole={whole} hasAll={!spansDays.includes(null)} />
        </div>
      </div>
      <div
        ref={view.focus}
        className="tc-focus"
        role="slider"
        tabIndex={0}
        aria-label={`${label} ${t('keys')}`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, times.length - 1)}
        aria-valuenow={Math.max(0, shown)}
        aria-valuetext={layout.last < layout.first ? t('nothing') : sayMoment(t, words.moment(times[shown]!, isDaily), panes, shown)}
        onKeyDown={view.onKeyDown}
      >
        {layout.panes.map((pane, index) => (
          <PaneView
            key={pane.pane.id}
            layout={layout}
            pane={pane}
            words={words}
            moments={index === 0 ? moments : moments.map(({ timeMs }) => ({ timeMs, label: '' }))}
            hasAxis={index === layout.panes.length - 1}
            nothing={t('nothing')}
            cursorRatio={view.cursor === null ? null : toRatio(times[view.cursor]!)}
            drag={view.drag}
            pointer={view.pointer}
          />
        ))}
      </div>
      <p className="small dim tc-hint">{t('hint')}</p>
      <TimeTable times={times} panes={panes} first={layout.first} last={layout.last} say={(timeMs) => words.moment(timeMs, isDaily)} />
    </div>
  );
}

/** Every move that the pointer and the wheel can make, as a button. */
function Moves({ view, whole, hasAll }: { view: TimeWindow; whole: TimeRange; hasAll: boolean }) {
  const { t } = useTranslation('chart');
  const button = (name: 'earlier' | 'later' | 'closer' | 'further', sign: string, isIdle: boolean, onClick: () => void) => (
    <button type="button" className="btn sm" aria-label={t(`move.${name}`)} title={t(`move.${name}`)} disabled={isIdle} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <fieldset className="tc-spans">
      <legend className="vh">{t('move.legend')}</legend>
      {button('earlier', '←', view.range.fromMs <= whole.fromMs, () => view.move(MOVE.earlier))}
      {button('later', '→', view.range.toMs >= whole.toMs, () => view.move(MOVE.later))}
      {button('closer', '+', false, () => view.zoom(ZOOM.closer))}
      {button('further', '−', view.isWhole, () => view.zoom(ZOOM.further))}
      {hasAll ? (
        <button type="button" className="btn sm" disabled={view.isWhole} onClick={() => view.setRange(whole)}>
          {t('all')}
        </button>
      ) : null}
    </fieldset>
  );
}

type Say = ReturnType<typeof useTranslation<'chart'>>['t'];

function sayDays(t: Say, days: number | null): string {
  if (days === null) return t('all');
  if (days >= 365) return t('years', { count: Math.round(days / 365) });
  return days >= 28 ? t('months', { count: Math.round(days / 30) }) : t('days', { count: days });
}
