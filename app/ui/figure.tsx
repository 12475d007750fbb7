// A figure with its name, unit and what it rests on, for use inside a `<dl className="figs">`.
import type { ReactNode } from 'react';
import { UNKNOWN } from './format.ts';

/** The em dash of an unknown figure; says why on hover, on focus and to screen readers. */
export function Unknown({ reason }: { reason: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable without a pointer
    <span className="unknown" tabIndex={0} role="note" aria-label={reason} data-reason={reason}>
      {UNKNOWN}
    </span>
  );
}

/** Formatted; whoever may not know the figure must say why. */
type Known = { value: string; unknownReason?: string } | { value: string | null; unknownReason: string };

export type FigureProps = {
  label: ReactNode;
  unit?: string;
  /** Sets the unit against the figure without a space: $0.115/kWh. */
  tightUnit?: boolean;
  /** What the figure rests on, in one small line. */
  basis?: ReactNode;
  /** The one main figure of a page. */
  main?: boolean;
} & Known;

export function Figure({ label, value, unknownReason, unit, tightUnit, basis, main }: FigureProps) {
  return (
    <div className={main ? 'big' : undefined}>
      <dt>{label}</dt>
      <dd>
        {value ?? <Unknown reason={unknownReason ?? ''} />}
        {value !== null && unit ? (
          <>
            {tightUnit ? null : ' '}
            <span className="u">{unit}</span>
          </>
        ) : null}
      </dd>
      {basis ? <dd>{basis}</dd> : null}
    </div>
  );
}
