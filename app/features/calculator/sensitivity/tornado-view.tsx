/** The tornado: for each input a bar from the worse to the better NPV, widest first, with the values that it moves between. */
import { memo } from 'react';
import type { Say } from '#app/features/calculator/answer/say-finding.ts';
import type { TornadoField } from '#engine';
import type { Bar, BarEnd, TornadoChart } from './tornado-bars.ts';

/** Under this the bars are labelled with cents. */
const CENTS_BELOW = 100;

function sayInput({ format, amounts }: Say, field: TornadoField, value: number): string {
  switch (field) {
    case 'priceUsdPerBtc':
      return amounts.bitcoinPrice(value);
    case 'powerUsdPerKwh':
      return amounts.roundedPowerPrice(value);
    case 'capexUsd':
    case 'residualUsd':
    case 'hostingFeeUsdPerMonth':
      return amounts.total(value);
    case 'difficulty':
      return format.difficulty(value);
    case 'pue':
      return format.number(value, 2);
    default:
      return format.percent(value, 1);
  }
}

function EndBar({ end, baseXPercent }: { end: BarEnd; baseXPercent: number }) {
  const x = Math.min(end.xPercent, baseXPercent);
  return <rect className={end.isGain ? 'g3' : 'l3'} x={`${x}%`} width={`${Math.abs(end.xPercent - baseXPercent)}%`} y="10" height="20" />;
}

const BarView = memo(function BarView({ say, bar, baseXPercent, digits }: { say: Say; bar: Bar; baseXPercent: number; digits: number }) {
  const { t, amounts, format } = say;
  const npv = (value: number) => format.signedMoney(value, amounts.code, digits);
  const left = npv(bar.left.npv);
  const right = npv(bar.right.npv);
  return (
    <>
      <dt>
        {t(`tornado.field.${bar.field}`)}
        <small>
          {t('tornado.swing', { low: sayInput(say, bar.field, bar.left.input), high: sayInput(say, bar.field, bar.right.input) })}
        </small>
      </dt>
      <dd className="swing">
        <span className="num">{left}</span>
        <svg height="40" aria-hidden="true">
          <EndBar end={bar.left} baseXPercent={baseXPercent} />
          <EndBar end={bar.right} baseXPercent={baseXPercent} />
          <line className="axis" x1={`${baseXPercent}%`} x2={`${baseXPercent}%`} y1="0" y2="40" />
        </svg>
        <span>{right}</span>
      </dd>
    </>
  );
});

export function TornadoView({ say, chart }: { say: Say; chart: TornadoChart }) {
  const largest = Math.max(...chart.bars.flatMap((bar) => [Math.abs(bar.left.npv), Math.abs(bar.right.npv)]), 0);
  const digits = largest < CENTS_BELOW ? 2 : 0;
  return (
    <dl className="tor">
      {chart.bars.map((bar) => (
        <BarView key={bar.field} say={say} bar={bar} baseXPercent={chart.baseXPercent} digits={digits} />
      ))}
    </dl>
  );
}

const SKELETON_BARS = 8;

export function TornadoSkeleton() {
  return (
    <div aria-hidden="true">
      <dl className="tor wait">
        {Array.from({ length: SKELETON_BARS }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells them apart
          <div className="bone" key={index}>
            <dt>
              &nbsp;<small>&nbsp;</small>
            </dt>
            <dd>
              <svg height="40" aria-hidden="true" />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
