/** Lines of an indicator and of the price, drawn by the server; the last days are in the table behind the toggle. Text is never scaled. */
import type { Format } from '#app/ui/format.ts';
import { chooseTimeTicks, PANE_TOP, PANE_WIDTH, type PaneLine, toPane } from './line-chart.ts';

const PRICE_HEIGHT = 220;
const OWN_HEIGHT = 180;
const TIME_HEIGHT = 24;
/** Labels of ticks right of here end at their tick, so that they stay inside. Percent. */
const FLIP_PERCENT = 95;
/** Colours of lines; more lines than that share the last one. */
const LINE_CLASSES = ['own-1', 'own-2', 'own-3'] as const;

export type ChartPart = { lines: readonly PaneLine[]; isLog: boolean; say: (value: number) => string; label: string };

function PanePart({ part, height, classOf }: { part: ChartPart; height: number; classOf: (index: number) => string }) {
  const pane = toPane(part.lines, height, part.isLog);
  if (pane === null) return <p className="small dim">{part.label}</p>;
  return (
    <div className="chart">
      <svg height={PANE_TOP + height} aria-hidden="true">
        {pane.yTicks.map((tick) => (
          <text key={tick.value} x="100%" y={tick.y + 4} textAnchor="end">
            {part.say(tick.value)}
          </text>
        ))}
      </svg>
      <svg height={PANE_TOP + height} role="img" aria-label={part.label}>
        {pane.yTicks.map((tick) => (
          <line key={tick.value} className="grid" x1="0" x2="100%" y1={tick.y} y2={tick.y} />
        ))}
        <svg
          y={PANE_TOP}
          height={height}
          width="100%"
          viewBox={`0 0 ${PANE_WIDTH} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {pane.lines.map((line, index) => (
            <path key={line.name} className={classOf(index)} d={line.path} />
          ))}
        </svg>
      </svg>
    </div>
  );
}

export type IndicatorChartProps = { timesMs: readonly number[]; price: ChartPart; own: ChartPart | null; format: Format };

/** `price` holds the close first; `own` is the pane below for what has another unit. */
export function IndicatorChart({ timesMs, price, own, format }: IndicatorChartProps) {
  return (
    <div className="panes">
      <PanePart part={price} height={PRICE_HEIGHT} classOf={(index) => (index === 0 ? 'price' : (LINE_CLASSES[index - 1] ?? 'own-3'))} />
      {own === null ? null : <PanePart part={own} height={OWN_HEIGHT} classOf={(index) => LINE_CLASSES[index] ?? 'own-3'} />}
      <div className="chart">
        <span />
        <svg height={TIME_HEIGHT} aria-hidden="true">
          {chooseTimeTicks(timesMs).map((tick) => (
            <text
              key={tick.atMs}
              x={`${tick.xPercent}%`}
              y={16}
              textAnchor={tick.xPercent < 2 ? 'start' : tick.xPercent > FLIP_PERCENT ? 'end' : 'middle'}
            >
              {tick.isYear ? new Date(tick.atMs).getUTCFullYear() : format.monthYear(new Date(tick.atMs))}
            </text>
          ))}
        </svg>
      </div>
    </div>
  );
}
