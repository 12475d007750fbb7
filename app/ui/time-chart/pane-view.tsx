/** One pane of a time chart: its value axis, the marks, and the line of the moment that is read. */
import { memo } from 'react';
import type { ChartLayout, PaneLayout } from './layout.ts';
import type { Moment } from './series.ts';
import { WIDTH } from './shapes.ts';
import type { TimeWords } from './time-words.ts';
import type { TimeWindow } from './use-time-window.ts';

const AXIS_PX = 28;
/** Above every pane, for the topmost figure of its axis. */
const TOP_PX = 12;
const TEXT_LIFT_PX = 4;
/** Labels beyond these shares of the width turn inwards. */
const START_RATIO = 0.03;
const END_RATIO = 0.97;
const FLIP_RATIO = 0.7;

type PaneViewProps = {
  layout: ChartLayout;
  pane: PaneLayout;
  words: TimeWords;
  moments: readonly Moment[];
  hasAxis: boolean;
  nothing: string;
  cursorRatio: number | null;
  drag: TimeWindow['drag'];
  pointer: TimeWindow['pointer'];
};

const percent = (ratio: number) => `${(ratio * 100).toFixed(3)}%`;

export function PaneView({ layout, pane, words, moments, hasAxis, nothing, cursorRatio, drag, pointer }: PaneViewProps) {
  const { heightPx, title, sayTick } = pane.pane;
  const height = TOP_PX + heightPx + (hasAxis ? AXIS_PX : TOP_PX);
  const { fromMs, toMs } = layout.range;
  return (
    <figure className="tc-pane">
      <figcaption className="small dim">{title}</figcaption>
      <div className="chart">
        <svg height={height} aria-hidden="true">
          {pane.ticks.map((tick) => (
            <text key={tick.value} x="100%" y={TOP_PX + tick.ratio * heightPx + TEXT_LIFT_PX} textAnchor="end">
              {sayTick(tick.value)}
            </text>
          ))}
        </svg>
        <svg height={height} className="tc-plot" aria-hidden="true" {...pointer}>
          <rect className="tc-ground" x="0" y={TOP_PX} width="100%" height={heightPx} />
          <svg y={TOP_PX} height={heightPx} aria-hidden="true">
            {pane.ticks.map((tick) => (
              <line
                key={tick.value}
                className={tick.value === 0 ? 'axis' : 'grid'}
                x1="0"
                x2="100%"
                y1={percent(tick.ratio)}
                y2={percent(tick.ratio)}
              />
            ))}
            {layout.timeTicks.map((tick) => (
              <line key={tick.timeMs} className="grid" x1={percent(tick.ratio)} x2={percent(tick.ratio)} y1="0" y2="100%" />
            ))}
          </svg>
          <Marks pane={pane} />
          <svg y={TOP_PX} height={heightPx} aria-hidden="true">
            {pane.levels.map((level) => (
              <line key={level.value} className="mark" x1="0" x2="100%" y1={percent(level.ratio)} y2={percent(level.ratio)} />
            ))}
            {moments
              .filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
              .map(({ timeMs, label }) => {
                const ratio = (timeMs - fromMs) / (toMs - fromMs);
                const isRight = ratio > FLIP_RATIO;
                return (
                  <g key={timeMs}>
                    <line className="mark" x1={percent(ratio)} x2={percent(ratio)} y1="0" y2="100%" />
                    <text className="halo" x={percent(ratio)} dx={isRight ? -6 : 6} y={14} textAnchor={isRight ? 'end' : 'start'}>
                      {label}
                    </text>
                  </g>
                );
              })}
            {drag === null ? null : (
              <rect
                className="tc-drag"
                x={percent(Math.min(drag.fromRatio, drag.toRatio))}
                width={percent(Math.abs(drag.toRatio - drag.fromRatio))}
                y="0"
                height="100%"
              />
            )}
            {cursorRatio === null ? null : (
              <line className="tc-cursor" x1={percent(cursorRatio)} x2={percent(cursorRatio)} y1="0" y2="100%" />
            )}
          </svg>
          {pane.marks.length > 0 ? null : (
            <text x="50%" y={TOP_PX + heightPx / 2} textAnchor="middle">
              {nothing}
            </text>
          )}
          {hasAxis
            ? layout.timeTicks.map((tick, index) => (
                <text
                  key={tick.timeMs}
                  className={index % 2 === 1 ? 'tc-between' : undefined}
                  x={percent(tick.ratio)}
                  y={TOP_PX + heightPx + 20}
                  textAnchor={tick.ratio < START_RATIO ? 'start' : tick.ratio > END_RATIO ? 'end' : 'middle'}
                >
                  {words.tick(tick.timeMs, tick.unit)}
                </text>
              ))
            : null}
        </svg>
      </div>
    </figure>
  );
}

/** The dear part: drawn again only when the range or the series change, not when the pointer moves. */
const Marks = memo(function Marks({ pane }: { pane: PaneLayout }) {
  return (
    <svg
      y={TOP_PX}
      height={pane.pane.heightPx}
      width="100%"
      viewBox={`0 0 ${WIDTH} ${pane.pane.heightPx}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {pane.marks.map((mark) => (
        <path key={mark.id} className={mark.className} d={mark.d} />
      ))}
    </svg>
  );
});
