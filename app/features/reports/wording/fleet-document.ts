/** A computed fleet as a report in words. Titles say findings; every text of a figure is written here, once, for all formats. Pure. */
import type { Fleet } from '../model/compute-fleet.ts';
import type { Figure, ReportDocument } from '../model/document.ts';
import { toFleetAnnex } from './fleet-annex.ts';
import { toFleetAssumptions } from './fleet-assumptions.ts';
import { toFleetSections } from './fleet-sections.ts';
import { toMarketSection } from './market-section.ts';
import { createSay, type Say, saySignedUsd, sayUsd } from './report-texts.ts';

export type DocumentOptions = {
  language: ReportDocument['language'];
  workspace: string | null;
  logo: ReportDocument['logo'];
  /** ISO 8601 UTC. */
  madeAt: string;
};

/** The month in which the money is back, 1..N: 21.9 months is in month 22. */
export function toMonth(months: number): number {
  return Math.max(1, Math.ceil(months));
}

export function toFleetDocument(fleet: Fleet, { language, workspace, logo, madeAt }: DocumentOptions): ReportDocument {
  const say = createSay(language);
  const { t, format } = say;
  const { source } = fleet;
  const isScenario = source.kind === 'scenario';
  const name = source.name ?? t('doc.unnamed');
  return {
    subject: source.kind,
    language,
    title: t(`doc.title.${source.kind}`, { name }),
    subtitle: t('doc.subtitle.fleet', {
      machines: format.integer(fleet.machines),
      hashrate: format.hashrate(fleet.hashrateThs),
      power: format.number(fleet.powerKw, fleet.powerKw < 100 ? 1 : 0),
      horizon: format.integer(source.network.horizonMonths),
    }),
    headline: sayHeadline(say, fleet),
    workspace,
    logo,
    preparedFor: workspace === null ? t('doc.guest') : t('doc.for', { workspace }),
    madeAt,
    madeText: t('doc.made', { at: format.dateTime(madeAt) }),
    note: sayNote(say, fleet),
    engineNote: t('doc.engine', { version: fleet.engineVersion }),
    contentsTitle: t('doc.contents'),
    answerTitle: t('doc.contentsAnswer'),
    figures: listFigures(say, fleet),
    sections: toFleetSections(say, fleet),
    assumptions: toFleetAssumptions(say, fleet),
    market: toMarketSection(say, source.market),
    listAnnexes: () => (isTooLong(fleet) ? [] : [toFleetAnnex(say, fleet, isScenario ? 'months' : 'rows')]),
  };
}

/** More rows than this are some three hundred pages, which nobody prints. */
const MAX_ANNEX_ROWS = 10_000;

function isTooLong({ source, rows }: Fleet): boolean {
  return source.kind === 'batch' && rows.length > MAX_ANNEX_ROWS;
}

function sayNote({ t, format }: Say, fleet: Fleet): string {
  const { source, rows } = fleet;
  const { rowsFailed, rowsSkipped } = source;
  const counts = { failed: format.integer(rowsFailed), skipped: format.integer(rowsSkipped) };
  const kind = rowsFailed === 0 ? 'leftSkipped' : rowsSkipped === 0 ? 'leftFailed' : 'left';
  const left = rowsFailed + rowsSkipped === 0 ? [] : [t(`fleet.${kind}`, counts)];
  const annex = isTooLong(fleet) ? [t('fleet.annex.left', { rows: format.integer(rows.length) })] : [];
  return format.sentences(...left, ...annex, t('doc.note'));
}

function sayHeadline(say: Say, { paybackMonths, profitUsd, capexUsd, today, source }: Fleet): string {
  const { t, format } = say;
  const horizon = format.integer(source.network.horizonMonths);
  if (capexUsd === 0) return t('headline.nothingToPay', { profit: saySignedUsd(say, profitUsd), horizon });
  if (paybackMonths !== null) {
    const month = format.integer(toMonth(paybackMonths));
    if (profitUsd < 0) return t('headline.paysBackThenLoses', { month, horizon });
    return t('headline.paysBack', { month, horizon, profit: sayUsd(say, profitUsd) });
  }
  if (today.netUsdPerDay < 0) return t('headline.losesToday', { loss: sayUsd(say, -today.netUsdPerDay), horizon });
  return t('headline.neverPaysBack', { horizon, missing: sayUsd(say, -profitUsd) });
}

/** The key figures, in the order in which a buyer asks. */
function listFigures(say: Say, fleet: Fleet): Figure[] {
  const { t, format } = say;
  const { source, today } = fleet;
  const horizon = format.integer(source.network.horizonMonths);
  const usd = (value: number | null) => sayUsd(say, value);
  const signed = (value: number | null) => saySignedUsd(say, value);
  const tone = (value: number | null) => (value === null || value === 0 ? 'plain' : value > 0 ? 'gain' : 'loss');
  const plain = (id: string, label: string, value: number | null, text: string, basis: string): Figure => {
    return { id, label, value, text, basis, tone: 'plain' };
  };
  const figures: Figure[] = [
    {
      id: 'netUsdPerDay',
      label: t('fleet.figures.net'),
      value: today.netUsdPerDay,
      text: format.signedUsd(today.netUsdPerDay, 2),
      basis: t('fleet.figures.netBasis', {
        revenue: format.usd(today.revenueUsdPerDay, 2),
        power: format.usd(today.powerUsdPerDay, 2),
        fixed: format.usd(today.fixedUsdPerDay, 2),
      }),
      tone: tone(today.netUsdPerDay),
    },
    plain(
      'paybackMonths',
      t('fleet.figures.payback'),
      fleet.paybackMonths,
      format.number(fleet.paybackMonths, 1),
      fleet.paybackMonths === null ? t('fleet.figures.paybackNone', { horizon }) : t('fleet.figures.paybackBasis'),
    ),
    {
      id: 'npvUsd',
      label: t('fleet.figures.npv', { rate: format.percent(source.discountRatioPerYear, 1) }),
      value: fleet.npvUsd,
      text: signed(fleet.npvUsd),
      basis: t('fleet.figures.npvBasis', { horizon, capex: usd(fleet.capexUsd) }),
      tone: tone(fleet.npvUsd),
    },
    plain(
      'irrRatioPerYear',
      t('fleet.figures.irr'),
      fleet.irrRatioPerYear,
      format.percent(fleet.irrRatioPerYear, 1),
      fleet.irrRatioPerYear === null ? t('fleet.figures.irrNone') : t('fleet.figures.irrBasis'),
    ),
    {
      id: 'roiRatio',
      label: t('fleet.figures.roi'),
      value: fleet.roiRatio,
      text: format.signedPercent(fleet.roiRatio, 1),
      basis: fleet.roiRatio === null ? t('fleet.figures.roiNone') : t('fleet.figures.roiBasis', { profit: signed(fleet.profitUsd) }),
      tone: tone(fleet.roiRatio),
    },
    plain(
      'breakEvenPowerUsdPerKwh',
      t('fleet.figures.breakEvenPower'),
      today.breakEvenPowerUsdPerKwh,
      format.usd(today.breakEvenPowerUsdPerKwh, 4),
      today.breakEvenPowerUsdPerKwh === null ? t('fleet.figures.none') : t('fleet.figures.breakEvenPowerBasis'),
    ),
    plain(
      'breakEvenPriceUsdPerBtc',
      t('fleet.figures.breakEvenPrice'),
      today.breakEvenPriceUsdPerBtc,
      format.usd(today.breakEvenPriceUsdPerBtc, 0),
      today.breakEvenPriceUsdPerBtc === null
        ? t('fleet.figures.none')
        : t('fleet.figures.breakEvenPriceBasis', { price: format.usd(source.network.priceUsdPerBtc, 0) }),
    ),
    plain('minedBtc', t('fleet.figures.mined'), fleet.minedBtc, format.btc(fleet.minedBtc, 4), t('fleet.figures.minedBasis', { horizon })),
    plain(
      'efficiencyJPerTh',
      t('fleet.figures.efficiency'),
      fleet.efficiencyJPerTh,
      format.number(fleet.efficiencyJPerTh, 1),
      t('fleet.figures.efficiencyBasis'),
    ),
  ];
  if (source.kind === 'batch') {
    const machines = format.integer(fleet.machines);
    figures.push(
      plain(
        'losingMachines',
        t('fleet.figures.losing'),
        fleet.losingMachines,
        format.integer(fleet.losingMachines),
        t('fleet.figures.losingBasis', { machines }),
      ),
    );
  }
  figures.push(
    plain(
      'capexUsd',
      t('fleet.figures.capex'),
      fleet.capexUsd,
      usd(fleet.capexUsd),
      t('fleet.figures.capexBasis', { machines: format.integer(fleet.machines) }),
    ),
  );
  return figures;
}
