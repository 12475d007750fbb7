/** The three figures that matter, kept in sight on a phone while the inputs are changed. */
import { MiniFigures } from '#app/ui/mini-figures.tsx';
import type { View } from './plan-view.ts';
import { sayGapUsd } from './say-gap.ts';
import { findBestRule, type Say, sayHeadline } from './say-plan.ts';

export function MiniBar({ say, view }: { say: Say | null; view: View | null }) {
  if (say === null || view === null) return null;
  const { t, format, usd } = say;
  if (view.kind !== 'plan') {
    return (
      <div className="plan-mini" aria-hidden="true">
        <b>{sayHeadline(say, view)}</b>
      </div>
    );
  }
  const best = findBestRule(view.rules);
  const figures = [
    { label: t('mini.value'), value: usd(view.valueUsd) },
    { label: t('mini.gain'), value: best === null ? '—' : format.signedUsd(view.valueUsd - best.valueUsd, 2) },
    { label: t('mini.gap'), value: sayGapUsd(t, format, view.gapUsd) },
  ];
  return <MiniFigures className="plan-mini" figures={figures} />;
}
