/** Two saved lists beside each other. */
import { PATHS, toListPath } from '#app/paths.ts';
import { Unknown } from '#app/ui/figure.tsx';
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { useListTexts } from './list-parts.tsx';
import type { Compared, CompareView } from './saved-views.ts';

type Line = { label: string; of: (list: Compared) => number | null; say: (value: number) => string; unknown: string };

export function ComparePage({ view }: { view: CompareView }) {
  const { t, format, amounts } = useListTexts();
  const months = (list: Compared) => format.integer(list.basis.horizonMonths);
  const none = t('rows.noFigure');
  const line = (label: string, of: Line['of'], say: Line['say'], unknown = none): Line => ({ label, of, say, unknown });
  if (view.pair === null) {
    return (
      <main className="page lists">
        <KeptPagesNav />
        <h1>{t('meta.compare')}</h1>
        <div className="note">
          <p>
            {t('comparePage.choose')}
            <SentenceGap />
            <a href={PATHS.lists}>{t('acts.back')}</a>
          </p>
        </div>
      </main>
    );
  }
  const [a, b] = view.pair;
  const lines: Line[] = [
    line(
      t('machines'),
      ({ summary }) => summary.machines,
      (value) => format.integer(value),
    ),
    line(
      t('figures.hashrate'),
      ({ summary }) => summary.hashrateThs,
      (value) => format.hashrate(value, 2),
    ),
    line(
      `${t('figures.power')}, kW`,
      ({ summary }) => summary.powerW / 1000,
      (value) => format.number(value, 1),
    ),
    line(
      `${t('figures.efficiency')}, J/TH`,
      ({ summary }) => summary.efficiencyJPerTh,
      (value) => format.number(value, 1),
      t('figures.noMachines'),
    ),
    line(
      t('figures.net'),
      ({ summary }) => summary.today.netUsdPerDay,
      (value) => amounts.signedDaily(value),
    ),
    line(
      t('figures.capex'),
      ({ summary }) => summary.projection.capexUsd,
      (value) => amounts.total(value),
    ),
    line(
      t('npv'),
      ({ summary }) => summary.projection.npvUsd,
      (value) => amounts.signedTotal(value),
    ),
    line(
      t('rows.payback'),
      ({ summary }) => summary.projection.paybackMonths,
      (value) => format.number(value, 1),
      t('figures.noPayback', { months: months(a) }),
    ),
    line(
      t('figures.irr'),
      ({ summary }) => summary.projection.irrRatioPerYear,
      (value) => format.percent(value, 1),
      t('figures.noIrr'),
    ),
    line(
      t('figures.losing'),
      ({ summary }) => summary.unprofitable.machines,
      (value) => format.integer(value),
    ),
    line(
      t('comparePage.months'),
      ({ basis }) => basis.horizonMonths,
      (value) => format.integer(value),
    ),
    line(
      t('comparePage.price'),
      ({ basis }) => basis.priceUsdPerBtc,
      (value) => amounts.bitcoinPrice(value),
    ),
    line(
      t('comparePage.discount'),
      ({ basis }) => basis.discountRatioPerYear,
      (value) => format.percent(value, 1),
    ),
  ];
  /** A difference always has a sign, but for none. */
  const sayDifference = ({ say }: Line, value: number) => (value > 0 ? `+${say(value).replace(/^\+/, '')}` : say(value));
  const cell = ({ say, unknown }: Line, value: number | null) => (value === null ? <Unknown reason={unknown} /> : say(value));
  return (
    <main className="page lists">
      <KeptPagesNav />
      <header>
        <h1>{t('meta.compare')}</h1>
        <p className="measure mute">{t('comparePage.lead', { a: a.name, b: b.name })}</p>
      </header>
      <div className="tw narrow">
        <table className="t cards">
          <thead>
            <tr>
              <th scope="col">{t('comparePage.figure')}</th>
              <th scope="col" className="num">
                <a href={toListPath(a.id)}>{a.name}</a>
              </th>
              <th scope="col" className="num">
                <a href={toListPath(b.id)}>{b.name}</a>
              </th>
              <th scope="col" className="num">
                {t('comparePage.difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((one) => {
              const [from, to] = [one.of(a), one.of(b)];
              return (
                <tr key={one.label}>
                  <th scope="row">{one.label}</th>
                  <td className="num" data-l={a.name}>
                    {cell(one, from)}
                  </td>
                  <td className="num" data-l={b.name}>
                    {cell(one, to)}
                  </td>
                  <td className="num" data-l={t('comparePage.difference')}>
                    {from === null || to === null ? cell(one, null) : sayDifference(one, to - from)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p>
        <a href={PATHS.lists}>{t('acts.back')}</a>
      </p>
    </main>
  );
}
