// Price and difficulty where the forecasts end, as inputs of the calculator.
import { useTranslation } from 'react-i18next';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import type { Scenario } from './scenarios.ts';

export type ScenariosProps = {
  scenarios: readonly Scenario[];
  /** Moments of the last known figures that they start from; `null`: they are of today. */
  asOf: { price: string; difficulty: string } | null;
};

export function ScenariosPart({ scenarios, asOf }: ScenariosProps) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  const [first] = scenarios;
  if (first === undefined) return null;
  return (
    <section className="sec" aria-labelledby="scenarios-title">
      <header>
        <h2 id="scenarios-title">{t('scenarios.title')}</h2>
        <p className="measure small dim">
          {asOf === null
            ? t('scenarios.lead', { days: first.days })
            : t('scenarios.leadDated', { days: first.days, price: format.date(asOf.price), difficulty: format.date(asOf.difficulty) })}
        </p>
      </header>
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('scenarios.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('scenarios.name')}</th>
              <th scope="col" className="num">
                {t('scenarios.price')}
              </th>
              <th scope="col" className="num">
                {t('scenarios.network')}
              </th>
              <th scope="col">{t('scenarios.use')}</th>
            </tr>
          </thead>
          <tbody>
            {scenarios.map(({ name, priceUsdPerBtc, difficulty, href }) => (
              <tr key={name}>
                <th scope="row">{t(`scenarios.${name}`)}</th>
                <td data-l={t('scenarios.price')} className="num">
                  {format.usd(priceUsdPerBtc, 0)}
                </td>
                <td data-l={t('scenarios.network')} className="num">
                  {format.difficulty(difficulty)}
                </td>
                <td data-l={t('scenarios.use')}>
                  <a href={href} aria-label={t('scenarios.openNamed', { name: t(`scenarios.${name}`) })}>
                    {t('scenarios.open')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
