// The strip above every page while platform staff are inside a workspace: whose it is, how long still, and the way out.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import type { CurrentStay } from './stays.server.ts';

const MINUTE_MS = 60_000;
const TICK_MS = 15_000;

/** Counts down from what the server said, by a clock that nobody sets; without script it stays as it was sent. */
function useMinutesLeft(leftMs: number): number {
  const [passedMs, setPassedMs] = useState(0);
  useEffect(() => {
    const startedMs = performance.now();
    const timer = setInterval(() => setPassedMs(performance.now() - startedMs), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((leftMs - passedMs) / MINUTE_MS));
}

export function StayBanner({ stay }: { stay: CurrentStay }) {
  const { t } = useTranslation('frame');
  const count = useMinutesLeft(stay.leftMs);
  return (
    <section className="stay" aria-label={t('stay.label')}>
      <div className="page">
        <p>{t('stay.inside', { workspace: stay.workspace, left: count > 0 ? t('stay.left', { count }) : t('stay.over') })}</p>
        <form method="post" action={PATHS.enterWorkspace}>
          <CsrfField />
          <input type="hidden" name="intent" value="leave" />
          <button type="submit" className="btn sm">
            {t('stay.leave')}
          </button>
        </form>
      </div>
    </section>
  );
}
