/** The figures of the simulation: four that decide, and the quantiles with their standard errors. */
import { Figure, Unknown } from '#app/ui/figure.tsx';
import type { Risk } from '#engine';
import { type SayRisk, sayShare, sayShutdown } from './risk-words.ts';

const QUANTILES = ['p5', 'p10', 'p50', 'p90', 'p95'] as const;
const PERCENT = 100;

export type RiskFiguresProps = { say: SayRisk; risk: Risk; horizonMonths: number /** All machines. */; capexUsd: number; stops: boolean };

export function RiskFigures({ say, risk, horizonMonths, capexUsd, stops }: RiskFiguresProps) {
  const { t, format, amounts } = say;
  const { quantiles, standardErrors: errors, shutdown } = risk;
  const horizon = format.integer(horizonMonths);
  const orUnknown = (error: number | null, spoken: (error: number) => string) =>
    error === null ? t('figure.errorUnknown') : error === 0 ? t('figure.exact') : spoken(error);
  return (
    <dl className="figs four">
      <Figure
        label={t('figure.probability', { horizon })}
        value={capexUsd === 0 ? null : sayShare(format, risk.probabilityOfPayback)}
        unknownReason={t('figure.nothingToPay')}
        basis={orUnknown(errors.probabilityOfPayback, (error) =>
          t('figure.probabilityBasis', { error: format.number(error * PERCENT, 1) }),
        )}
      />
      <Figure
        label={t('figure.median')}
        value={amounts.signedTotal(quantiles.npvUsd.p50)}
        basis={orUnknown(errors.npvUsd.p50, (error) =>
          t('figure.medianBasis', { error: amounts.error(error), mean: amounts.signedTotal(risk.meanNpvUsd) }),
        )}
      />
      <Figure
        label={t('figure.low')}
        value={amounts.signedTotal(quantiles.npvUsd.p5)}
        basis={orUnknown(errors.npvUsd.p5, (error) => t('figure.lowBasis', { error: amounts.error(error) }))}
      />
      <Figure
        label={t('figure.shutdown')}
        value={stops ? sayShare(format, shutdown.probability) : null}
        unknownReason={t('figure.runsOn')}
        basis={stops ? sayShutdown(say, shutdown, horizonMonths) : t('figure.runsOn')}
      />
    </dl>
  );
}

function Cell({ value, error, reason, sayError }: { value: string | null; error: string | null; reason: string; sayError: string }) {
  return (
    <td className="num">
      {value ?? <Unknown reason={reason} />}
      {value === null ? null : <small>{error === null ? sayError : error}</small>}
    </td>
  );
}

export function QuantileTable({ say, risk, horizonMonths }: Pick<RiskFiguresProps, 'say' | 'risk' | 'horizonMonths'>) {
  const { t, format, amounts } = say;
  const { quantiles, standardErrors: errors } = risk;
  const plusMinus = (error: number | null, text: (error: number) => string) =>
    error === null ? null : t('quantiles.error', { error: text(error) });
  const orNull = (value: number | null, text: (value: number) => string) => (value === null ? null : text(value));
  return (
    <div>
      <h3>{t('quantiles.title')}</h3>
      <table className="t quantiles" aria-label={t('quantiles.title')}>
        <thead>
          <tr>
            <th scope="col">{t('quantiles.quantile')}</th>
            <th scope="col" className="num">
              {t('quantiles.npv')}
            </th>
            <th scope="col" className="num">
              {t('quantiles.roi')}
            </th>
            <th scope="col" className="num">
              {t('quantiles.payback')}
            </th>
          </tr>
        </thead>
        <tbody>
          {QUANTILES.map((name) => (
            <tr key={name}>
              <th scope="row">
                {name.toUpperCase()}
                <small>{t(`quantiles.lower.${name}`)}</small>
              </th>
              <Cell
                value={amounts.signedTotal(quantiles.npvUsd[name])}
                error={plusMinus(errors.npvUsd[name], amounts.error)}
                reason=""
                sayError={t('figure.errorUnknown')}
              />
              <Cell
                value={orNull(quantiles.roiRatio[name], (value) => format.signedPercent(value, 1))}
                error={plusMinus(errors.roiRatio[name], (error) => format.percent(error, 1))}
                reason={t('quantiles.noRoi')}
                sayError={t('figure.errorUnknown')}
              />
              <Cell
                value={orNull(quantiles.paybackMonths[name], (value) => format.number(value, 1))}
                error={plusMinus(errors.paybackMonths[name], (error) => format.number(error, 1))}
                reason={t('quantiles.noPayback', { horizon: format.integer(horizonMonths) })}
                sayError={t('figure.errorUnknown')}
              />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small dim">{t('quantiles.note')}</p>
    </div>
  );
}
