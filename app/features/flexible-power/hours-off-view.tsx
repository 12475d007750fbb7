/** Hours off, month by month, as SVG bars; the figures of the months behind the toggle. */
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import type { FlexibleMonth } from '#engine';
import { findMostOff } from './flexible-finding.ts';
import { type SayFlexible, sayMostOff } from './flexible-words.ts';
import { BARS_HEIGHT, BARS_TOP, BARS_WIDTH, toHoursOffChart } from './hours-off-chart.ts';

const HEIGHT = BARS_TOP + BARS_HEIGHT + 28;
const BASELINE = BARS_TOP + BARS_HEIGHT + 20;

type Props = { say: SayFlexible; months: readonly FlexibleMonth[] };

function Drawing({ say, months }: Props) {
  const { t, format } = say;
  const chart = toHoursOffChart(months);
  const label = t('off.chart', { horizon: format.integer(months.length), finding: sayMostOff(say, findMostOff(months)) });
  return (
    <div className="chart">
      <svg height={HEIGHT} aria-hidden="true">
        {chart.yTicks.map((tick) => (
          <text key={tick.hours} x="100%" y={tick.y + 4} textAnchor="end">
            {format.number(tick.hours, Number.isInteger(tick.hours) ? 0 : 1)}
          </text>
        ))}
      </svg>
      <svg height={HEIGHT} role="img" aria-label={label}>
        {chart.yTicks.map((tick) => (
          <line key={tick.hours} className={tick.hours === 0 ? 'axis' : 'grid'} x1="0" x2="100%" y1={tick.y} y2={tick.y} />
        ))}
        <svg
          y={BARS_TOP}
          height={BARS_HEIGHT}
          width="100%"
          viewBox={`0 0 ${BARS_WIDTH} ${BARS_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {chart.bars.map((bar) => (
            <rect key={bar.month} className="bar-off" x={bar.x} width={bar.width} y={bar.y} height={bar.height} />
          ))}
        </svg>
        {chart.xTicks.map((tick) => (
          <text key={tick.month} x={`${tick.xPercent}%`} y={BASELINE} textAnchor={tick.month === months.length ? 'end' : 'middle'}>
            {format.integer(tick.month)}
          </text>
        ))}
      </svg>
    </div>
  );
}

const MONEY = ['revenue', 'power', 'wear', 'net', 'cumulative'] as const;

function MonthsTable({ say, months }: Props) {
  const { t, format, amounts } = say;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t('off.table')}>
      <table className="t dense">
        <thead>
          <tr>
            <th scope="col">{t('off.month')}</th>
            <th scope="col" className="num">
              {t('off.hours')}
            </th>
            {MONEY.map((name) => (
              <th key={name} scope="col" className="num">
                {t(`off.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month}>
              <th scope="row">{format.integer(month.month)}</th>
              <td className="num">{format.number(month.hoursOff, 1)}</td>
              {MONEY.map((name) => (
                <td key={name} className="num">
                  {amounts.daily(month[`${name}Usd`])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function HoursOff({ say, months }: Props) {
  const { t } = say;
  return (
    <div className="hours-off">
      <h3>{sayMostOff(say, findMostOff(months))}</h3>
      <p className="small dim">{t('off.sub')}</p>
      <Drawing say={say} months={months} />
      <DataDisclosure title={t('off.table')}>
        <MonthsTable say={say} months={months} />
      </DataDisclosure>
    </div>
  );
}
