/** The parts of a saved list that its own page and a shared page have in common: what it comes to, its rows and its errors. */
import { useTranslation } from 'react-i18next';
import { toListErrorsPath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createAmounts } from '#app/ui/amounts.ts';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import type { ShownSummary } from '../stored/stored-summary.ts';
import type { SavedList } from './saved-views.ts';

const W_PER_KW = 1000;

export function useListTexts() {
  const { t } = useTranslation('lists');
  const format = createFormat(useLocale());
  return { t, format, amounts: createAmounts(format, { currency: 'usd', moneyPerUsd: 1 }) };
}

export function FiguresPart({ list }: { list: SavedList }) {
  const { t, format, amounts } = useListTexts();
  const { summary, basis, hosted } = list;
  if (summary === null) return null;
  return (
    <section aria-label={t('figures.title')}>
      <dl className="figs">
        <MoneyFigures summary={summary} months={format.integer(basis.horizonMonths)} />
        <Figure
          label={t('figures.hashrate')}
          value={format.hashrate(summary.hashrateThs, 2)}
          basis={t('figures.machinesBasis', { machines: format.integer(summary.machines) })}
        />
        <Figure label={t('figures.power')} value={format.number(summary.powerW / W_PER_KW, 1)} unit="kW" />
        <Figure
          label={t('figures.efficiency')}
          value={summary.efficiencyJPerTh === null ? null : format.number(summary.efficiencyJPerTh, 1)}
          unit="J/TH"
          unknownReason={t('figures.noMachines')}
        />
        <LosingFigure summary={summary} />
      </dl>
      {hosted === null ? null : (
        <div className="list-hosted">
          <h2>{t('hosted.title')}</h2>
          <dl className="figs">
            <Figure
              label={t('hosted.client')}
              value={amounts.signedDaily(hosted.clientNetUsdPerDay)}
              basis={
                hosted.clientLosingMachines === 0
                  ? t('hosted.allEarn')
                  : t('hosted.losing', { machines: format.integer(hosted.clientLosingMachines) })
              }
            />
            {hosted.hostNetUsdPerDay === null ? null : (
              <Figure
                label={t('hosted.host')}
                value={amounts.signedDaily(hosted.hostNetUsdPerDay)}
                basis={t('hosted.basis', { rows: format.integer(hosted.rows), machines: format.integer(hosted.machines) })}
              />
            )}
          </dl>
          <p className="small dim">{t(hosted.hostNetUsdPerDay === null ? 'hosted.sharedNote' : 'hosted.note')}</p>
        </div>
      )}
      <p className="small dim">
        {t('basis', {
          price: amounts.bitcoinPrice(basis.priceUsdPerBtc),
          source: basis.priceSource === 'request' ? t('givenByHand') : basis.priceSource,
          months: format.integer(basis.horizonMonths),
          growth: format.percent(basis.networkGrowthRatioPerMonth, 1),
          discount: format.percent(basis.discountRatioPerYear, 1),
        })}
      </p>
    </section>
  );
}

type SummaryProps = { summary: ShownSummary };

/** Nothing where the sums would tell the host's margin. */
function MoneyFigures({ summary: { today, projection }, months }: SummaryProps & { months: string }) {
  const { t, format, amounts } = useListTexts();
  if (today === undefined || projection === undefined) return null;
  return (
    <>
      <Figure
        main
        label={t('figures.net')}
        value={amounts.signedDaily(today.netUsdPerDay)}
        basis={t('figures.netBasis', {
          revenue: amounts.daily(today.revenueUsdPerDay),
          power: amounts.daily(today.powerUsdPerDay),
          fixed: amounts.daily(today.fixedUsdPerDay),
        })}
      />
      <Figure
        label={t('figures.npv', { months })}
        value={amounts.signedTotal(projection.npvUsd)}
        basis={t('figures.npvBasis', { capex: amounts.total(projection.capexUsd) })}
      />
      <Figure
        label={t('figures.payback')}
        value={projection.paybackMonths === null ? null : format.number(projection.paybackMonths, 1)}
        unit={t('figures.paybackUnit')}
        unknownReason={t('figures.noPayback', { months })}
      />
      <Figure
        label={t('figures.irr')}
        value={projection.irrRatioPerYear === null ? null : format.percent(projection.irrRatioPerYear, 1)}
        unknownReason={t('figures.noIrr')}
      />
    </>
  );
}

function LosingFigure({ summary: { unprofitable } }: SummaryProps) {
  const { t, format } = useListTexts();
  if (unprofitable === undefined) return null;
  const { machines, machinesRatio } = unprofitable;
  return (
    <Figure
      label={t('figures.losing')}
      value={format.integer(machines)}
      basis={machinesRatio === null ? undefined : t('figures.losingBasis', { share: format.percent(machinesRatio, 1) })}
    />
  );
}

/** `downloadPath`: all rows as a file, where there are any. */
export function RowsTable({ list, downloadPath }: { list: SavedList; downloadPath: string }) {
  const { t, format, amounts } = useListTexts();
  const reasonOf = ({ isHostHidden }: SavedList['rows'][number]) => t(isHostHidden ? 'rows.hostHidden' : 'rows.noFigure');
  if (list.rows.length === 0) return <p className="mute">{t('rows.none')}</p>;
  return (
    <section aria-labelledby="rows">
      <h2 id="rows">{t('rows.title')}</h2>
      <div className="tw">
        <table className="t cards">
          <thead>
            <tr>
              <th scope="col">{t('rows.model')}</th>
              {(['row', 'count', 'hashrate', 'power', 'price', 'net', 'npv', 'payback'] as const).map((name) => (
                <th scope="col" className="num" key={name}>
                  {t(`rows.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.rows.map((row) => (
              <tr key={row.row}>
                <th scope="row">{row.machine ?? '—'}</th>
                <td className="num" data-l={t('rows.row')}>
                  {format.integer(row.row)}
                </td>
                <td className="num" data-l={t('rows.count')}>
                  {format.integer(row.count)}
                </td>
                <td className="num" data-l={t('rows.hashrate')}>
                  {format.number(row.hashrateThs, 1)}
                </td>
                <td className="num" data-l={t('rows.power')}>
                  {format.integer(Math.round(row.powerW))}
                </td>
                <td className="num" data-l={t('rows.price')}>
                  {row.powerUsdPerKwh === null ? <Unknown reason={reasonOf(row)} /> : format.number(row.powerUsdPerKwh, 4)}
                </td>
                <td className="num" data-l={t('rows.net')}>
                  {row.netUsdPerDay === null ? <Unknown reason={reasonOf(row)} /> : amounts.signedDaily(row.netUsdPerDay)}
                </td>
                <td className="num" data-l={t('rows.npv')}>
                  {row.npvUsd === null ? <Unknown reason={reasonOf(row)} /> : amounts.signedTotal(row.npvUsd)}
                </td>
                <td className="num" data-l={t('rows.payback')}>
                  {row.paybackMonths === null ? <Unknown reason={reasonOf(row)} /> : format.number(row.paybackMonths, 1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <nav className="acts" aria-label={t('rows.title')}>
        <a href={downloadPath} download>
          {t('rows.download')}
        </a>
        {list.afterRow > 0 ? <a href="?">{t('rows.first')}</a> : null}
        {list.nextAfterRow === null ? null : (
          <a href={`?after=${list.nextAfterRow}`}>{t('rows.next', { rows: format.integer(list.rows.length) })}</a>
        )}
      </nav>
    </section>
  );
}

/** `mayDownload`: the reader is of the workspace. */
export function ErrorsPart({ list, mayDownload }: { list: SavedList; mayDownload: boolean }) {
  const { t, format } = useListTexts();
  const { errors } = list;
  if (errors.length === 0) return null;
  return (
    <section aria-labelledby="errors">
      <h2 id="errors">{t('errors.title')}</h2>
      <ul className="list-errors">
        {errors.map((error, index) => (
          <li key={`${error.row}-${index}`}>
            <b>
              {t('errors.where', {
                row: format.integer(error.row),
                column: error.header === '' ? t('errors.whole') : error.header,
              })}
            </b>{' '}
            {error.header === '' || error.value === '' ? null : <code>{error.value}</code>} {error.text}
          </li>
        ))}
      </ul>
      {mayDownload ? (
        <p className="small">
          {list.hasMoreErrors ? t('errors.more', { shown: format.integer(errors.length) }) : null}
          {list.hasMoreErrors ? <SentenceGap /> : null}
          <a href={toListErrorsPath(list.id)} download>
            {t('errors.download')}
          </a>
        </p>
      ) : null}
    </section>
  );
}
