/** The fan as SVG, drawn by the server as well; its figures stand in the table below it. Text is never scaled. */
import { useTranslation } from 'react-i18next';
import type { ForecastHorizon } from '../forecast-answer.ts';
import { FAN_HEIGHT, FAN_TOP, FAN_WIDTH, toIntervalChart } from './interval-chart.ts';

const HEIGHT = FAN_TOP + FAN_HEIGHT + 28;
const BASELINE = FAN_TOP + FAN_HEIGHT + 20;
const BOX = {
  y: FAN_TOP,
  height: FAN_HEIGHT,
  width: '100%',
  viewBox: `0 0 ${FAN_WIDTH} ${FAN_HEIGHT}`,
  preserveAspectRatio: 'none',
} as const;

export type IntervalChartProps = {
  current: number;
  horizons: readonly ForecastHorizon[];
  /** What stands at the moment from which the days count. */
  start: string;
  label: string;
  /** Short, for the axis. */
  write: (value: number) => string;
};

export function IntervalChartView({ current, horizons, start, label, write }: IntervalChartProps) {
  const { t } = useTranslation('forecasts');
  const chart = toIntervalChart(current, horizons);
  return (
    <div className="chart">
      <svg height={HEIGHT} aria-hidden="true">
        {chart.yTicks.map((tick) => (
          <text key={tick.value} x="100%" y={tick.y + 4} textAnchor="end">
            {write(tick.value)}
          </text>
        ))}
      </svg>
      <svg height={HEIGHT} role="img" aria-label={label}>
        <svg {...BOX} aria-hidden="true">
          <path className="fan-wide" d={chart.wide} />
          <path className="fan-narrow" d={chart.narrow} />
        </svg>
        {chart.yTicks.map((tick) => (
          <line key={tick.value} className={tick.value === 0 ? 'axis' : 'grid'} x1="0" x2="100%" y1={tick.y} y2={tick.y} />
        ))}
        <svg {...BOX} aria-hidden="true">
          <path className="line1" d={chart.middle} />
        </svg>
        {chart.xTicks.map(({ days, xPercent }, index) => (
          <text
            key={days}
            x={`${xPercent}%`}
            y={BASELINE}
            textAnchor={index === 0 ? 'start' : index === chart.xTicks.length - 1 ? 'end' : 'middle'}
          >
            {days === 0 ? start : t('days', { count: days })}
          </text>
        ))}
      </svg>
    </div>
  );
}
