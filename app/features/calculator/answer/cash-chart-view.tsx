/** The cumulative cash chart as SVG, drawn by the server as well; its figures are in the month table. Text is never scaled. */
import { memo, useRef } from 'react';
import { createSay, useCalculatorTexts, useFormat } from '#app/features/calculator/use-calculator.ts';
import { useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import { type ChartMark, PLOT_HEIGHT, PLOT_TOP, PLOT_WIDTH, toCashChart } from './cash-chart.ts';
import type { Answer } from './compute-answer.ts';
import { findCashFinding } from './findings.ts';
import { type Say, sayCashFinding, sayScope } from './say-finding.ts';

const HEIGHT = PLOT_TOP + PLOT_HEIGHT + 28;
const BASELINE = PLOT_TOP + PLOT_HEIGHT + 20;
/** Labels of marks right of here stand to the left of their mark, so that they stay inside. Percent. */
const FLIP_PERCENT = 62;
/** The halving's label is at the top, free on both sides; it stands left as soon as there is room. Percent. */
const HALVING_FLIP_PERCENT = 40;
/** From a mark up or down to the baseline of its label. Pixels. */
const ABOVE = -10;
const BELOW = 20;

function anchorAt(isRight: boolean): { textAnchor: 'start' | 'end'; dx: number } {
  return isRight ? { textAnchor: 'start', dx: 8 } : { textAnchor: 'end', dx: -8 };
}

/** Away from the curve: it comes to a mark from the lower left and goes on to the upper right, or flat after the switch-off. */
function Mark({ say, mark }: { say: Say; mark: ChartMark }) {
  const { t, format } = say;
  const isPaidBack = mark.kind === 'paidBack';
  const isRight = isPaidBack ? mark.xPercent < HALVING_FLIP_PERCENT : mark.xPercent < FLIP_PERCENT;
  const text = isPaidBack
    ? t('cash.paidBack', { month: format.number(mark.months, 1) })
    : t('cash.off', { month: format.integer(mark.months) });
  const y = mark.y + (isRight ? BELOW : ABOVE);
  return (
    <>
      <circle className="dot" cx={`${mark.xPercent}%`} cy={mark.y} r={isPaidBack ? 4.5 : 3.5} />
      <text className="k halo" x={`${mark.xPercent}%`} y={y} {...anchorAt(isRight)}>
        {text}
      </text>
    </>
  );
}

function Drawing({ say, answer }: { say: Say; answer: Answer }) {
  const { t, format, amounts } = say;
  const chart = toCashChart(answer);
  const first = answer.projection.months[0];
  const startUsd = first === undefined ? 0 : first.cumulativeUsd - first.netUsd;
  const label = t('cash.chart', {
    horizon: format.integer(answer.inputs.horizonMonths),
    start: amounts.signedTotal(startUsd),
    end: amounts.signedTotal(answer.projection.profitUsd),
  });
  return (
    <div className="chart">
      <svg height={HEIGHT} aria-hidden="true">
        {chart.yTicks.map((tick, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ticks have no other identity, and a stable one keeps their nodes
          <text key={index} x="100%" y={tick.y + 4} textAnchor="end">
            {tick.value === 0 ? '0' : format.shortMoney(tick.value, amounts.code)}
          </text>
        ))}
      </svg>
      <svg height={HEIGHT} role="img" aria-label={label}>
        {chart.yTicks.map((tick, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <line key={index} className={tick.value === 0 ? 'axis' : 'grid'} x1="0" x2="100%" y1={tick.y} y2={tick.y} />
        ))}
        {chart.halving ? (
          <line
            className="mark"
            x1={`${chart.halving.xPercent}%`}
            x2={`${chart.halving.xPercent}%`}
            y1={PLOT_TOP}
            y2={PLOT_TOP + PLOT_HEIGHT}
          />
        ) : null}
        <svg
          y={PLOT_TOP}
          height={PLOT_HEIGHT}
          width="100%"
          viewBox={`0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className="line1" d={chart.path} />
        </svg>
        {chart.halving ? (
          <text
            className="halo"
            x={`${chart.halving.xPercent}%`}
            y={PLOT_TOP + 14}
            {...anchorAt(chart.halving.xPercent < HALVING_FLIP_PERCENT)}
          >
            {t('cash.halving', { month: format.number(chart.halving.months, 1) })}
          </text>
        ) : null}
        {chart.marks.map((mark) => (
          <Mark key={mark.kind} say={say} mark={mark} />
        ))}
        <text className="k halo" x="100%" y={Math.max(chart.end.y - 8, PLOT_TOP + 12)} textAnchor="end">
          {amounts.signedTotal(answer.projection.profitUsd)}
        </text>
        {chart.xTicks.map((tick, index) => (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            x={`${tick.xPercent}%`}
            y={BASELINE}
            textAnchor={tick.xPercent === 0 ? 'start' : tick.xPercent > 97 ? 'end' : 'middle'}
          >
            {tick.month === 0 ? t('cash.now') : format.integer(tick.month)}
          </text>
        ))}
      </svg>
    </div>
  );
}

export const CashChart = memo(function CashChart() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const section = useRef<HTMLElement>(null);
  const answer = useSelectedWhenSeen(section, (state) => state.answer);
  if (answer === null) return null;
  const say = createSay(t, format, answer);
  return (
    <section className="sec cash" ref={section}>
      <header className="hold">
        <h2>{sayCashFinding(say, findCashFinding(answer))}</h2>
        <p className="small">
          {t('cash.sub', {
            currency: t(`currency.${answer.currency}`),
            scope: sayScope(say, answer),
            start: format.date(new Date(answer.startMs)),
          })}
        </p>
      </header>
      <Drawing say={say} answer={answer} />
    </section>
  );
});
