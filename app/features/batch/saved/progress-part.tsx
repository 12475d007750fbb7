/** How far a saved list is, what became of it, and why it came to nothing. */
import type { ReactNode } from 'react';
import { PATHS } from '#app/paths.ts';
import type { StoredProgress } from '../stored/progress.ts';
import { useListTexts } from './list-parts.tsx';
import type { SavedList } from './saved-views.ts';
import { isUnderWay } from './use-live-progress.ts';

const MS_PER_S = 1000;
/** Without script: seconds until the page loads itself again. */
const REFRESH_S = '2';

/** `children`: what can be done meanwhile. */
export function ProgressPart({ list, progress, children }: { list: SavedList; progress: StoredProgress; children?: ReactNode }) {
  const { t, format } = useListTexts();
  const { failure } = list;
  const { status, read, stored, failed, skipped } = progress;
  const counts = {
    total: format.integer(read),
    ok: format.integer(stored),
    failed: format.integer(failed),
    skipped: format.integer(skipped),
  };
  const isOpen = isUnderWay(progress);
  return (
    <div className={status === 'failed' ? 'note bad' : 'note'} data-status={status}>
      <output>
        {t(`status.${status}`)}
        {isOpen || read === 0 ? '' : ` · ${t('rowCounts', counts)}`}
      </output>
      {failure === null ? null : (
        <span>
          {failure.text} {failure.asks ? <a href={PATHS.batch}>{t('toBatch')}</a> : null}
        </span>
      )}
      {isOpen ? <Running progress={progress} /> : null}
      {isOpen ? children : null}
    </div>
  );
}

function Running({ progress }: { progress: StoredProgress }) {
  const { t, format } = useListTexts();
  const { status, doneRatio, rowsPerSecond, leftMs } = progress;
  const isRunning = status === 'running';
  return (
    <>
      <progress max={1} value={isRunning ? (doneRatio ?? undefined) : undefined} aria-label={t('state')} />
      <dl className="list-counts">
        {(['read', 'matched', 'computed', 'stored', 'failed', 'skipped'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`counts.${name}`)}</dt>
            <dd>{format.integer(progress[name])}</dd>
          </div>
        ))}
      </dl>
      <p className="small">
        {status === 'queued' ? t('queuedNote') : null}
        {isRunning && rowsPerSecond !== null ? t('rate', { rate: format.integer(rowsPerSecond) }) : null}
        {leftMs === null ? null : ` · ${t('left', { seconds: format.integer(Math.ceil(leftMs / MS_PER_S)) })}`}
      </p>
      <noscript>
        <meta httpEquiv="refresh" content={REFRESH_S} />
        <p className="small dim">{t('refresh')}</p>
      </noscript>
    </>
  );
}
