/** The fleet's break-even curve, drawn and as a table. */
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { profitableAt } from '../computing/break-even-curve.ts';
import { CURVE_HEIGHT, CURVE_TOP, CURVE_WIDTH, toCurveChart } from './curve-chart.ts';
import { sayPower } from './summary-part.tsx';
import { type Batch, type Figures, useTexts } from './use-batch.ts';

const HEIGHT = CURVE_TOP + CURVE_HEIGHT + 28;
const BASELINE = CURVE_TOP + CURVE_HEIGHT + 20;
const FLIP_PERCENT = 70;
const END_PERCENT = 97;
const TABLE_STEP_USD_PER_KWH = 0.01;
const MAX_TABLE_ROWS = 40;

export function CurvePart({ batch, figures }: { batch: Batch; figures: Figures }) {
  const t = useTexts();
  const { format, amounts, scenario } = batch;
  const { curve, summary } = figures;
  const mean = summary.meanPowerUsdPerKwh;
  const chart = toCurveChart(curve, mean, scenario.moneyPerUsd);
  const [first] = curve;
  if (chart === null || first === undefined) return null;
  const power = (powerW: number) => {
    const { value, unit } = sayPower(format, powerW);
    return `${value} ${unit}`;
  };
  const perKwh = t('page.unitName.perKwh');
  const price = (usdPerKwh: number) => `${amounts.roundedPowerPrice(usdPerKwh)}${perKwh}`;
  const half = curve.findLast((step) => step.profitableW >= first.profitableW / 2) ?? first;
  const last = curve.at(-1)!;
  const title = t('page.curve.title', { price: price(half.powerUsdPerKwh) });
  const rowCount = Math.min(MAX_TABLE_ROWS, Math.ceil(last.powerUsdPerKwh / TABLE_STEP_USD_PER_KWH) + 1);
  const prices = Array.from({ length: Math.max(1, rowCount) }, (_, index) => index * TABLE_STEP_USD_PER_KWH);
  return (
    <section className="sec">
      <header>
        <h2>{title}</h2>
        <p className="small">{t('page.curve.sub')}</p>
      </header>
      <div className="chart">
        <svg height={HEIGHT} aria-hidden="true">
          {chart.yTicks.map((tick) => (
            <text key={tick.mw} x="100%" y={tick.y + 4} textAnchor="end">
              {format.number(tick.mw, Number.isInteger(tick.mw) ? 0 : 2)}
            </text>
          ))}
        </svg>
        <svg
          height={HEIGHT}
          role="img"
          aria-label={t('page.curve.label', { all: power(first.profitableW), last: price(last.powerUsdPerKwh) })}
        >
          {chart.yTicks.map((tick) => (
            <line key={tick.mw} className={tick.mw === 0 ? 'axis' : 'grid'} x1="0" x2="100%" y1={tick.y} y2={tick.y} />
          ))}
          <svg
            y={CURVE_TOP}
            height={CURVE_HEIGHT}
            width="100%"
            viewBox={`0 0 ${CURVE_WIDTH} ${CURVE_HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path className="band" d={chart.area} />
            <path className="line1" d={chart.line} />
          </svg>
          {chart.nowXPercent === null || mean === null ? null : (
            <>
              <line
                className="mark"
                x1={`${chart.nowXPercent}%`}
                x2={`${chart.nowXPercent}%`}
                y1={CURVE_TOP}
                y2={CURVE_TOP + CURVE_HEIGHT}
              />
              <text
                className="k halo wide"
                x={`${chart.nowXPercent}%`}
                y={CURVE_TOP + 14}
                dx={chart.nowXPercent > FLIP_PERCENT ? -8 : 8}
                textAnchor={chart.nowXPercent > FLIP_PERCENT ? 'end' : 'start'}
              >
                {t('page.curve.now', { price: price(mean) })}
              </text>
              <text className="k halo phone" x="100%" y={CURVE_TOP + 14} textAnchor="end">
                {t('page.curve.now', { price: price(mean) })}
              </text>
            </>
          )}
          {chart.xTicks.map((tick) => (
            <text
              key={tick.price}
              x={`${tick.xPercent}%`}
              y={BASELINE}
              textAnchor={tick.xPercent === 0 ? 'start' : tick.xPercent > END_PERCENT ? 'end' : 'middle'}
            >
              {amounts.roundedPowerPrice(tick.price)}
            </text>
          ))}
        </svg>
      </div>
      <p className="small dim">{t('page.curve.axes', { perKwh })}</p>
      <DataDisclosure title={t('page.table')}>
        <table className="t dense">
          <thead>
            <tr>
              <th scope="col">{t('page.curve.price')}</th>
              <th scope="col" className="num">
                {t('page.curve.load')}
              </th>
              <th scope="col" className="num">
                {t('page.curve.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {prices.map((at) => (
              <tr key={at}>
                <th scope="row">{price(at)}</th>
                <td className="num">{power(profitableAt(curve, at))}</td>
                <td className="num">{format.percent(profitableAt(curve, at) / first.profitableW, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DataDisclosure>
    </section>
  );
}
