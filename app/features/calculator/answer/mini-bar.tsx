/** The three figures that matter, kept in sight on a phone while the inputs are changed. */

import { createSay, useCalculatorTexts, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { MiniFigures } from '#app/ui/mini-figures.tsx';
import { findHeadline, netUsdPerDayOf } from './findings.ts';

export function MiniBar() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const answer = useSelected((state) => state.answer);
  const say = answer === null ? null : createSay(t, format, answer);
  const payback = answer?.projection.paybackMonths ?? null;
  const hasNone = answer !== null && payback === null && findHeadline(answer).kind !== 'earnsAtNoPrice';
  const figures = [
    { label: t('mini.net'), value: say && answer ? say.amounts.signedDaily(netUsdPerDayOf(answer)) : '—' },
    {
      label: t('mini.payback'),
      value: payback === null ? (hasNone ? t('mini.none') : '—') : t('mini.months', { months: format.number(payback, 1) }),
    },
    { label: t('mini.npv'), value: say && answer ? say.amounts.signedTotal(answer.projection.npvUsd) : '—' },
  ];
  return <MiniFigures className="mini" figures={figures} />;
}
