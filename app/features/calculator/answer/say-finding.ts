/** Puts findings into words: one sentence each, in the reader's language. Pure. */
import type { TFunction } from 'i18next';
import type { Amounts } from '#app/ui/amounts.ts';
import type { Format } from '#app/ui/format.ts';
import type { Answer } from './compute-answer.ts';
import {
  type CashFinding,
  type ComparisonFinding,
  type DifficultyFinding,
  findSwitchOff,
  type Headline,
  type HostingFinding,
  type PowerFinding,
  type TornadoFinding,
} from './findings.ts';

export type Say = { t: TFunction<'calculator'>; format: Format; amounts: Amounts };

/** "per machine" or "all 120 machines": what every amount of the page refers to. */
export function sayScope({ t, format }: Pick<Say, 't' | 'format'>, answer: Answer): string {
  const { count } = answer.inputs;
  return count === 1 ? t('answer.perMachine') : t('answer.allMachines', { machines: format.integer(count) });
}

/** Seen from the host the maps are the client's, whose decision to run they show. */
export function sayMapScope(say: Say, answer: Answer): string {
  const scope = sayScope(say, answer);
  return answer.view === 'host' ? say.t('heat.clientScope', { scope }) : scope;
}

const IN_WORDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

function isInWords(months: number): months is (typeof IN_WORDS)[number] {
  return (IN_WORDS as readonly number[]).includes(months);
}

/** Small numbers read as words in English; the texts say how far that goes. */
function sayMonths({ t, format }: Say, months: number): string {
  return isInWords(months) ? t(`monthsInWords.${months}`) : t('monthsInWords.other', { months: format.integer(months) });
}

export function sayHeadline(say: Say, headline: Headline): string {
  const { t, format, amounts } = say;
  switch (headline.kind) {
    case 'paysBack':
    case 'paysBackAroundHalving':
      return t(`headline.${headline.kind}`, { month: format.integer(headline.month) });
    case 'paysBackBeforeHalving':
    case 'paysBackAfterHalving':
      return t(`headline.${headline.kind}`, { month: format.integer(headline.month), gap: sayMonths(say, headline.gapMonths) });
    case 'paysBackThenLoses':
      return t('headline.paysBackThenLoses', { month: format.integer(headline.month), horizon: format.integer(headline.horizonMonths) });
    case 'neverPaysBack':
      return t('headline.neverPaysBack', { horizon: format.integer(headline.horizonMonths) });
    case 'losesToday':
      return t('headline.losesToday', {
        loss: amounts.daily(headline.lossUsdPerDay),
        horizon: format.integer(headline.horizonMonths),
      });
    case 'offFromStart':
    case 'earnsAtNoPrice':
    case 'earnsNothing':
      return t(`headline.${headline.kind}`);
  }
}

/** What the headline is about, and when the machine stops. */
export function sayLead(say: Say, answer: Answer): string {
  const { t, format, amounts } = say;
  const { inputs, machine } = answer;
  const price = answer.view === 'host' && answer.hosting ? answer.hosting.clientPowerUsdPerKwh : inputs.powerUsdPerKwh;
  const subject = t(`lead.${answer.view}.${inputs.count === 1 ? 'one' : 'many'}`, {
    machines: format.integer(inputs.count),
    model: machine.name,
    price: amounts.powerPrice(price),
    horizon: format.integer(inputs.horizonMonths),
  });
  const off = findSwitchOff(answer);
  const stop =
    off.kind === 'from'
      ? t('lead.offFrom', { month: format.integer(off.month) })
      : off.kind === 'sometimes'
        ? t('lead.offSometimes', { month: format.integer(off.month), months: format.integer(off.offMonths) })
        : t(`lead.${off.kind}`);
  return format.sentences(subject, stop);
}

export function sayCashFinding({ t, format, amounts }: Say, finding: CashFinding): string {
  switch (finding.kind) {
    case 'turnsThenFlat':
      return t('cash.turnsThenFlat', { month: format.integer(finding.month) });
    case 'turnsAndEnds':
    case 'turnsThenLoses':
      return t(`cash.${finding.kind}`, { month: format.integer(finding.month), end: amounts.signedTotal(finding.profitUsd) });
    case 'staysBelow':
      return t('cash.staysBelow', { horizon: format.integer(finding.horizonMonths), end: amounts.signedTotal(finding.profitUsd) });
    case 'neverBelow':
      return t('cash.neverBelow', { end: amounts.signedTotal(finding.profitUsd) });
    case 'noFlow':
      return t('cash.noFlow');
  }
}

export function sayPowerFinding({ t, amounts }: Say, finding: PowerFinding): string {
  return t(`power.${finding.kind}`, {
    price: amounts.bitcoinPrice(finding.priceUsdPerBtc),
    power: amounts.roundedPowerPrice(finding.powerUsdPerKwh),
  });
}

export function sayDifficultyFinding({ t, format }: Say, finding: DifficultyFinding): string {
  return t(`difficulty.${finding.kind}`, { change: format.percent(Math.abs(finding.changeRatio), 0) });
}

export function sayTornadoFinding({ t }: Say, finding: TornadoFinding): string {
  return t('tornado.ranked', { most: t(`tornado.most.${finding.most}`), least: t(`tornado.least.${finding.least}`) });
}

export function sayComparisonFinding({ t, format }: Say, finding: ComparisonFinding): string {
  switch (finding.kind) {
    case 'alone':
      return t('compare.alone');
    case 'oneWinner':
      return t('compare.oneWinner', { name: finding.name });
    case 'twoWinners':
      return t('compare.twoWinners', { bestReturn: finding.bestReturn, bestWorth: finding.bestWorth });
    case 'noneEarns':
      return t('compare.noneEarns', { name: finding.leastLoss, rate: format.percent(finding.discountRatioPerYear, 0) });
  }
}

export function sayHostingFinding({ t, format, amounts }: Say, finding: HostingFinding): string {
  const tariff = amounts.powerPrice(finding.tariffUsdPerKwh);
  switch (finding.kind) {
    case 'clientPaysBack':
      return t('hosting.clientPaysBack', { tariff, month: format.integer(finding.month) });
    case 'clientNever':
      return t('hosting.clientNever', { tariff, horizon: format.integer(finding.horizonMonths) });
    case 'clientOffFromStart':
      return t('hosting.clientOffFromStart', { tariff });
  }
}
