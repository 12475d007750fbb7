/** Risk: what the same purchase comes to on ten thousand simulated courses of price and network. Fetched when it is first seen. */
import { useTranslation } from 'react-i18next';
import { sayMapScope } from '#app/features/calculator/answer/say-finding.ts';
import { FIRST_SEED } from '#app/features/calculator/inputs/calculator-form.ts';
import { toCalculatorParams } from '#app/features/calculator/inputs/calculator-url.ts';
import { createSay, useCalculator, useCalculatorTexts, useFormat } from '#app/features/calculator/use-calculator.ts';
import { CalibrationPart } from '#app/features/risk/calibration-view.tsx';
import { Fan } from '#app/features/risk/fan-chart-view.tsx';
import { QuantileTable, RiskFigures } from '#app/features/risk/risk-figures.tsx';
import { findRiskFinding } from '#app/features/risk/risk-finding.ts';
import { sayRiskFinding } from '#app/features/risk/risk-words.ts';
import { createAmounts } from '#app/ui/amounts.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import type { Risk } from '#engine';
import { RiskBasis, RiskOptionsPart } from './risk-options-part.tsx';
import { type ShownRisk, useRisk } from './use-risk.ts';

function Results({ shown }: { shown: ShownRisk }) {
  const { t } = useTranslation('risk');
  const texts = useCalculatorTexts();
  const format = useFormat();
  const { risk, answer, request } = shown;
  const { inputs, options } = request;
  const say = { t, format, amounts: createAmounts(format, answer) };
  const capexUsd = inputs.capexUsd * inputs.count;
  return (
    <>
      <header className="hold">
        <h2>{sayRiskFinding(say, findRiskFinding(risk, capexUsd))}</h2>
        <p className="small">
          {t('sub', {
            paths: format.integer(options.paths),
            horizon: format.integer(inputs.horizonMonths),
            scope: sayMapScope(createSay(texts, format, answer), answer),
            seed: String(options.seed),
          })}
        </p>
      </header>
      <RiskFigures say={say} risk={risk} horizonMonths={inputs.horizonMonths} capexUsd={capexUsd} stops={inputs.shutdownWhenUnprofitable} />
      <Fan say={say} risk={risk} capexUsd={capexUsd} moneyPerUsd={answer.moneyPerUsd} currency={texts(`currency.${answer.currency}`)} />
    </>
  );
}

function Quantiles({ shown }: { shown: ShownRisk }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { risk, answer, request } = shown;
  const say = { t, format, amounts: createAmounts(format, answer) };
  return <QuantileTable say={say} risk={risk} horizonMonths={request.inputs.horizonMonths} />;
}

/** Says what is going on where figures are missing or belong to earlier inputs. */
function Notice({ progress, hasFigures }: { progress: ReturnType<typeof useRisk>['progress']; hasFigures: boolean }) {
  const { t } = useTranslation('risk');
  const { store } = useCalculator();
  if (progress === 'failed') {
    const params = toCalculatorParams(store.getState().form);
    if (!params.has('seed')) params.set('seed', String(FIRST_SEED));
    return (
      <p className="stale-note" role="alert">
        {t('failed')}
        <SentenceGap />
        <a href={`?${params}`}>{t('failedLink')}</a>
        {hasFigures ? <SentenceGap /> : null}
        {hasFigures ? t('error.outdated') : null}
      </p>
    );
  }
  if (progress === 'invalid') {
    return (
      <p className="stale-note" role="alert">
        {t('invalid')}
        {hasFigures ? <SentenceGap /> : null}
        {hasFigures ? t('error.outdated') : null}
      </p>
    );
  }
  return hasFigures ? null : <p className="small">{t('running')}</p>;
}

/** `first`: what the server sent; `null` when it was not asked. */
export function RiskPart({ first }: { first: Risk | null }) {
  const { t } = useTranslation('risk');
  const format = useFormat();
  const { page } = useCalculator();
  const { read, answer, shown, progress } = useRisk(first);
  if (answer === null) return null;
  const errors = read.kind === 'invalid' ? read.errors : [];
  // While a new draw is on its way, as when inputs are wrong: the figures in sight belong to earlier ones.
  const dimmed = progress !== 'ready' || errors.length > 0 ? 'late-results is-old' : 'late-results';
  return (
    <>
      <Notice progress={progress} hasFigures={shown !== null} />
      {shown === null ? <div className="late-bone" /> : null}
      {shown === null ? null : (
        <div className={dimmed} aria-busy={progress === 'running'} data-part={progress}>
          <Results shown={shown} />
        </div>
      )}
      <div className="two">
        <div>
          {shown === null ? null : (
            <div className={dimmed}>
              <Quantiles shown={shown} />
            </div>
          )}
          <CalibrationPart t={t} format={format} />
        </div>
        <div>
          <RiskOptionsPart errors={errors} />
          <RiskBasis
            motion={page.motion}
            growth={{ priceRatio: answer.inputs.priceGrowthRatioPerMonth, networkRatio: answer.inputs.networkGrowthRatioPerMonth }}
          />
        </div>
      </div>
    </>
  );
}
