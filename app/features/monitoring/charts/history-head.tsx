/** Title of a page's history and the spans of time it can show; `pagePath` is the page's own. */
import { useTranslation } from 'react-i18next';
import { CHART_WINDOWS, type ChartWindow, WINDOW_PARAM } from './chart-window.ts';

export function HistoryHead({ pagePath, shown }: { pagePath: string; shown: ChartWindow }) {
  const { t } = useTranslation('monitoring');
  return (
    <div className="row wrap">
      <h2 id="history">{t('history.title')}</h2>
      <nav className="acts" aria-label={t('history.windows')}>
        {CHART_WINDOWS.map((window) => (
          <a
            key={window}
            className="btn sm"
            aria-current={window === shown ? 'true' : undefined}
            href={`${pagePath}?${WINDOW_PARAM}=${window}#history`}
          >
            {t(`history.window.${window}`)}
          </a>
        ))}
      </nav>
    </div>
  );
}
