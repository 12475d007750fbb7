/** The fan of cumulative cash as SVG, drawn by the server as well; its figures are in the table behind the toggle. Text is never scaled. */
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import type { Risk } from '#engine';
import { FAN_HEIGHT, FAN_TOP, FAN_WIDTH, toFanChart } from './fan-chart.ts';
import { type SayRisk, sayShare } from './risk-words.ts';

const HEIGHT = FAN_TOP + FAN_HEIGHT + 28;
const BASELINE = FAN_TOP + FAN_HEIGHT + 20;
/** Labels of ticks right of here end at their tick, so that they stay inside. Percent. */
const FLIP_PERCENT = 97;

export type FanProps = { say: SayRisk; risk: Risk /** All machines, USD. */; capexUsd: number; moneyPerUsd: number; currency: string };

function Drawing({ say, risk, capexUsd, moneyPerUsd }: FanProps) {
  const { t, format, amounts } = say;
  const chart = toFanChart(risk.fan, -capexUsd, moneyPerUsd);
  const last = risk.fan.at(-1)!;
  const label = t('fan.chart', {
    horizon: format.integer(risk.fan.length),
    p5: amounts.signedTotal(last.p5),
    p50: amounts.signedTotal(last.p50),
    p95: amounts.signedTotal(last.p95),
  });
  return (
    <div className="chart">
      <svg height={HEIGHT} aria-hidden="true">
        {chart.yTicks.map((tick) => (
          <text key={tick.value} x="100%" y={tick.y + 4} textAnchor="end">
            {tick.value === 0 ? '0' : format.shortMoney(tick.value, amounts.code)}
          </text>
        ))}
      </svg>
      <svg height={HEIGHT} role="img" aria-label={label}>
        <svg
          y={FAN_TOP}
          height={FAN_HEIGHT}
          width="100%"
          viewBox={`0 0 ${FAN_WIDTH} ${FAN_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className="fan-wide" d={chart.wide} />
          <path className="fan-narrow" d={chart.narrow} />
        </svg>
        {chart.yTicks.map((tick) => (
          <line key={tick.value} className={tick.value === 0 ? 'axis' : 'grid'} x1="0" x2="100%" y1={tick.y} y2={tick.y} />
        ))}
        <svg
          y={FAN_TOP}
          height={FAN_HEIGHT}
          width="100%"
          viewBox={`0 0 ${FAN_WIDTH} ${FAN_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className="line1" d={chart.middle} />
        </svg>
        {chart.ends.map((end) => (
          <text key={end.name} className="k halo" x="100%" dx={-4} y={end.y} textAnchor="end">
            {t(`fan.${end.name}`, { value: amounts.signedTotal(last[end.name]) })}
          </text>
        ))}
        {chart.xTicks.map((tick) => (
          <text
            key={tick.month}
            x={`${tick.xPercent}%`}
            y={BASELINE}
            textAnchor={tick.xPercent === 0 ? 'start' : tick.xPercent > FLIP_PERCENT ? 'end' : 'middle'}
          >
            {tick.month === 0 ? t('fan.now') : format.integer(tick.month)}
          </text>
        ))}
      </svg>
    </div>
  );
}

const COLUMNS = ['p5', 'p25', 'p50', 'p75', 'p95'] as const;

function FanTable({ say, risk }: Pick<FanProps, 'say' | 'risk'>) {
  const { t, format, amounts } = say;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t('fan.table')}>
      <table className="t dense">
        <thead>
          <tr>
            <th scope="col">{t('fan.month')}</th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="num">
                {name.toUpperCase()}
              </th>
            ))}
            <th scope="col" className="num">
              {t('fan.off')}
            </th>
          </tr>
        </thead>
        <tbody>
          {risk.fan.map((month, index) => (
            <tr key={month.month}>
              <th scope="row">{format.integer(month.month)}</th>
              {COLUMNS.map((name) => (
                <td key={name} className="num">
                  {amounts.signedTotal(month[name])}
                </td>
              ))}
              <td className="num">{sayShare(format, risk.shutdown.offRatioByMonth[index]!)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Fan(props: FanProps) {
  const { say, risk, currency } = props;
  const { t, amounts } = say;
  const last = risk.fan.at(-1)!;
  return (
    <div className="fan">
      <h3>{t('fan.title', { currency, p25: amounts.signedTotal(last.p25), p75: amounts.signedTotal(last.p75) })}</h3>
      <p className="small dim">{t('fan.sub')}</p>
      <Drawing {...props} />
      <DataDisclosure title={t('fan.table')}>
        <FanTable say={say} risk={risk} />
      </DataDisclosure>
    </div>
  );
}
