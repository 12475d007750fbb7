/** The plan's money beside that of plain rules: same fleet, same prices, same account, and which limits a rule would break. */
import { memo } from 'react';
import type { InfeasibleView, PlanView } from './plan-view.ts';
import type { Money } from './rule-plans.ts';
import { findBestRule, type Say, sayBreach } from './say-plan.ts';

const CENT_USD = 0.005;

function chargesOf({ capPenaltyUsd, takeOrPayUsd, demandChargeUsd }: Money): number {
  return capPenaltyUsd + takeOrPayUsd + demandChargeUsd;
}

function titleOf(view: PlanView | InfeasibleView) {
  if (view.kind === 'infeasible') return 'money.broken';
  const best = findBestRule(view.rules);
  if (best === null) return 'money.alone';
  return view.valueUsd - best.valueUsd < CENT_USD ? 'money.tie' : 'money.best';
}

export const MoneyPart = memo(function MoneyPart({ say, view }: { say: Say; view: PlanView | InfeasibleView }) {
  const { t, format } = say;
  const plan = view.kind === 'plan' ? view : null;
  // One number of digits for the whole table: columns stay comparable.
  const digits = Math.max(Math.abs(plan?.valueUsd ?? 0), ...view.rules.map(({ money }) => money.hashingUsd)) >= 10_000 ? 0 : 2;
  const usd = (value: number) => format.usd(value, digits);
  const hasCharges = [...(plan ? [plan.money] : []), ...view.rules.map(({ money }) => money)].some((money) => chargesOf(money) !== 0);
  const ways = [
    ...(plan ? [{ name: 'plan' as const, valueUsd: plan.valueUsd, money: plan.money, starts: plan.starts, breaches: [] }] : []),
    ...view.rules.map(({ rule, ...rest }) => ({ name: rule, ...rest })),
  ];
  return (
    <section className="sec">
      <header>
        <h2>{t(titleOf(view))}</h2>
        <p className="small">{t('money.sub')}</p>
      </header>
      <div className="tw">
        <table className="t cards ways">
          <thead>
            <tr>
              <th scope="col">{t('money.way')}</th>
              <th scope="col" className="num">
                {t('money.value')}
              </th>
              {plan ? (
                <th scope="col" className="num">
                  {t('money.difference')}
                </th>
              ) : null}
              <th scope="col" className="num">
                {t('money.hashing')}
              </th>
              <th scope="col" className="num">
                {t('money.energy')}
              </th>
              <th scope="col" className="num">
                {t('money.starts')}
              </th>
              {hasCharges ? (
                <th scope="col" className="num">
                  {t('money.charges')}
                </th>
              ) : null}
              <th scope="col">{t('money.limits')}</th>
            </tr>
          </thead>
          <tbody>
            {ways.map(({ name, valueUsd, money, starts, breaches }) => (
              <tr key={name} className={name === 'plan' ? 'sel' : undefined}>
                <th scope="row">
                  {t(`money.${name}`)}
                  <small>{t(`money.means.${name}`)}</small>
                </th>
                <td className="num" data-l={t('money.value')}>
                  {usd(valueUsd)}
                </td>
                {plan ? (
                  <td className="num" data-l={t('money.difference')}>
                    {name === 'plan' ? '' : format.signedUsd(valueUsd - plan.valueUsd, digits)}
                  </td>
                ) : null}
                <td className="num">{usd(money.hashingUsd)}</td>
                <td className="num">{format.usd(-money.energyUsd, digits)}</td>
                <td className="num" data-l={t('money.starts')}>
                  {format.integer(starts)}
                  <small>{format.usd(-money.restartUsd, digits)}</small>
                </td>
                {hasCharges ? <td className="num">{format.usd(-chargesOf(money), digits)}</td> : null}
                <td className="all">
                  {breaches.length === 0 ? (
                    t('money.kept')
                  ) : (
                    <span className="loss">{breaches.map((breach) => sayBreach(say, breach)).join(t('list.semicolon'))}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
});
