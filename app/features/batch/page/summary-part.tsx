/** What the whole list comes to: the one sentence, and the figures behind it. */
import { Figure } from '#app/ui/figure.tsx';
import { type Batch, type Figures, useTexts } from './use-batch.ts';

const W_PER_KW = 1000;
const KW_PER_MW = 1000;
const MW_FROM_KW = 1000;

export function sayPower(format: Batch['format'], powerW: number): { value: string; unit: string } {
  const kw = powerW / W_PER_KW;
  return kw >= MW_FROM_KW
    ? { value: format.number(kw / KW_PER_MW, 2), unit: 'MW' }
    : { value: format.number(kw, kw < 10 ? 2 : 0), unit: 'kW' };
}

function splitUnit(text: string): { value: string; unit: string } {
  const [value = text, unit = ''] = text.split(' ');
  return { value, unit };
}

export function SummaryPart({ batch, figures }: { batch: Batch; figures: Figures }) {
  const t = useTexts();
  const { format, amounts, form, scenario } = batch;
  const { summary } = figures;
  const { today, projection, unprofitable } = summary;
  const isGain = today.netUsdPerDay >= 0;
  const horizon = format.integer(scenario.scenario?.network.horizonMonths ?? Number(form.months));
  const perKwh = t('page.unitName.perKwh');
  const hashrate = splitUnit(format.hashrate(summary.hashrateThs, 2));
  const power = sayPower(format, summary.powerW);
  const hasCapex = projection.capexUsd > 0;
  return (
    <section className="batch-answer calm" aria-labelledby="batch-title">
      <h1 id="batch-title">
        {t(isGain ? 'page.headlineGain' : 'page.headlineLoss', {
          machines: format.integer(summary.machines),
          amount: amounts.daily(Math.abs(today.netUsdPerDay)),
        })}
      </h1>
      <p className="lead">
        {unprofitable.machines > 0
          ? t('page.leadLosing', {
              machines: format.integer(unprofitable.machines),
              share: format.percent(unprofitable.machinesRatio, 1),
              amount: amounts.daily(-unprofitable.netUsdPerDay),
            })
          : t('page.leadAllEarn')}
      </p>
      <dl className="figs batch-figs">
        <Figure
          main
          label={t('page.figure.net')}
          value={amounts.signedDaily(today.netUsdPerDay)}
          unit={t('page.perDay')}
          basis={t('page.figure.netBasis', {
            revenue: amounts.daily(today.revenueUsdPerDay),
            power: amounts.daily(today.powerUsdPerDay),
            fixed: amounts.daily(today.fixedUsdPerDay),
          })}
        />
        <Figure
          label={t('page.figure.npv', { horizon })}
          value={amounts.signedTotal(projection.npvUsd)}
          basis={t('page.figure.npvBasis', { capex: amounts.total(projection.capexUsd) })}
        />
        <Figure
          label={t('page.figure.payback')}
          value={!hasCapex || projection.paybackMonths === null ? null : format.number(projection.paybackMonths, 1)}
          unit={t('page.unitName.months')}
          unknownReason={t(hasCapex ? 'page.figure.noPayback' : 'page.figure.noCapex', { horizon })}
          basis={t('page.figure.paybackBasis')}
        />
        <Figure
          label={t('page.figure.irr')}
          value={projection.irrRatioPerYear === null ? null : format.percent(projection.irrRatioPerYear, 1)}
          unknownReason={t(hasCapex ? 'page.figure.noIrr' : 'page.figure.noCapex')}
          basis={t('page.figure.irrBasis')}
        />
        <Figure
          label={t('page.figure.hashrate')}
          value={hashrate.value}
          unit={hashrate.unit}
          basis={t('page.figure.machines', { machines: format.integer(summary.machines) })}
        />
        <Figure
          label={t('page.figure.power')}
          value={power.value}
          unit={power.unit}
          basis={t('page.figure.powerBasis', { price: amounts.roundedPowerPrice(summary.meanPowerUsdPerKwh ?? 0), perKwh })}
        />
        <Figure
          label={t('page.figure.efficiency')}
          value={summary.efficiencyJPerTh === null ? null : format.number(summary.efficiencyJPerTh, 1)}
          unit="J/TH"
          unknownReason={t('page.figure.noMachines')}
        />
        <Figure
          label={t('page.figure.breakEven')}
          value={today.breakEvenPowerUsdPerKwh === null ? null : amounts.roundedPowerPrice(today.breakEvenPowerUsdPerKwh)}
          unit={perKwh}
          tightUnit
          unknownReason={t('page.figure.noMachines')}
          basis={
            today.breakEvenPriceUsdPerBtc === null
              ? undefined
              : t('page.figure.breakEvenBasis', { price: amounts.bitcoinPrice(today.breakEvenPriceUsdPerBtc) })
          }
        />
      </dl>
      {summary.rowsWithoutCapex > 0 ? (
        <p className="small dim">{t('page.withoutCapex', { rows: format.integer(summary.rowsWithoutCapex) })}</p>
      ) : null}
      {summary.refusedRows > 0 ? (
        <p className="small loss">{t('page.refusedRows', { rows: format.integer(summary.refusedRows) })}</p>
      ) : null}
      <p className="vh" aria-live="polite">
        {batch.isMoving
          ? ''
          : t('page.spoken', { amount: amounts.signedDaily(today.netUsdPerDay), npv: amounts.signedTotal(projection.npvUsd) })}
      </p>
    </section>
  );
}
