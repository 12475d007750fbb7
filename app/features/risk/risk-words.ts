/** Puts what the paths say into words, in the reader's language. Pure. */
import type { TFunction } from 'i18next';
import type { Amounts } from '#app/ui/amounts.ts';
import type { Format } from '#app/ui/format.ts';
import type { Risk } from '#engine';
import type { CalibrationFinding } from './calibration-finding.ts';
import type { RiskFinding } from './risk-finding.ts';

export type SayRisk = { t: TFunction<'risk'>; format: Format; amounts: Amounts };

/** Shares as whole percent, but with a digit where whole percent would say all or none. */
export function sayShare(format: Format, ratio: number): string {
  const isNearEnd = (ratio > 0 && ratio < 0.01) || (ratio > 0.99 && ratio < 1);
  return format.percent(ratio, isNearEnd ? 2 : 0);
}

export function sayRiskFinding({ t, format, amounts }: SayRisk, finding: RiskFinding): string {
  if (finding.kind === 'nothingToPay') return t('finding.nothingToPay', { p5: amounts.signedTotal(finding.p5NpvUsd) });
  return t(`finding.${finding.kind}`, { share: sayShare(format, finding.probability) });
}

export function sayShutdown({ t, format }: SayRisk, shutdown: Risk['shutdown'], horizonMonths: number): string {
  if (shutdown.meanMonth === null) return t('figure.shutdownNever');
  return t('figure.shutdownBasis', {
    month: format.integer(shutdown.meanMonth),
    off: format.number(shutdown.meanMonthsOff, 1),
    horizon: format.integer(horizonMonths),
  });
}

const LOSS_DIGITS = 3;

/** How often reality fell inside, and whether the model beat the naive walk: said as it is. */
export function sayCalibration({ t, format }: Pick<SayRisk, 't' | 'format'>, finding: CalibrationFinding, firstOriginAt: string): string {
  const { row } = finding;
  const inside = t('calibration.inside', {
    from: format.monthYear(firstOriginAt),
    horizon: format.integer(row.horizonMonths),
    origins: format.integer(row.origins),
    wide: format.percent(finding.insideWideRatio, 0),
    narrow: format.percent(finding.insideNarrowRatio, 0),
  });
  const verdict = t(`calibration.${finding.verdict}`, {
    better: format.integer(finding.betterHorizons),
    horizons: format.integer(finding.horizons),
    horizon: format.integer(row.horizonMonths),
    model: format.number(row.pinballModel, LOSS_DIGITS),
    naive: format.number(row.pinballNaive, LOSS_DIGITS),
  });
  return format.sentences(inside, verdict);
}
