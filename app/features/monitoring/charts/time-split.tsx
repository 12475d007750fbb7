/** What the time of machines was spent on, as one bar with its figures, and the availability that follows with its bounds. */
import { useTranslation } from 'react-i18next';
import type { Uptime } from '#app/features/telemetry/read/uptime.ts';
import { TIME_STATES } from '#app/features/telemetry/store/sample-state.ts';
import type { Format } from '#app/ui/format.ts';

const DIGITS = 1;

export function TimeSplitBar({ uptime, format, label }: { uptime: Uptime | null; format: Format; label: string }) {
  const { t } = useTranslation('monitoring');
  const split = uptime?.split ?? null;
  if (uptime === null || split === null) return <p className="note">{t('uptime.nothing')}</p>;
  let fromRatio = 0;
  const parts = TIME_STATES.map((state) => {
    const ratio = split[`${state}Ratio`];
    const part = { state, ratio, fromRatio };
    fromRatio += ratio;
    return part;
  });
  return (
    <div className="split">
      <svg
        className="split-bar"
        role="img"
        aria-label={`${label}: ${parts.map(({ state, ratio }) => `${t(`state.${state}`)} ${format.percent(ratio, DIGITS)}`).join(', ')}`}
      >
        {parts.map(({ state, ratio, fromRatio: from }) =>
          ratio === 0 ? null : <rect key={state} className={`s-${state}`} x={`${from * 100}%`} width={`${ratio * 100}%`} height="100%" />,
        )}
      </svg>
      <dl className="split-legend">
        {parts.map(({ state, ratio }) => (
          <div key={state}>
            <dt>
              <i className={`key s-${state}`} aria-hidden="true" />
              {t(`state.${state}`)}
            </dt>
            <dd>{format.percent(ratio, DIGITS)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** "97.2%" with what the unknown time could make of it. */
export function sayAvailability(uptime: Uptime | null, format: Format): { value: string | null; bounds: string | null } {
  const { ratio = null, leastRatio = null, mostRatio = null } = uptime?.availability ?? {};
  if (ratio === null) return { value: null, bounds: null };
  const hasBounds = leastRatio !== null && mostRatio !== null && mostRatio - leastRatio > LEAST_WIDTH;
  return {
    value: format.percent(ratio, DIGITS),
    bounds: hasBounds ? `${format.percent(leastRatio, DIGITS)} – ${format.percent(mostRatio, DIGITS)}` : null,
  };
}

/** Bounds that are nearer to each other are written alike. */
const LEAST_WIDTH = 0.0005;
