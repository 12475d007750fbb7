/** The page of indicators with the switches of whoever is signed in. */
import { useTranslation } from 'react-i18next';
import type { IndicatorPage } from '#app/features/indicators/page/indicator-page.ts';
import { IndicatorScreen } from '#app/features/indicators/page/indicator-screen.tsx';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import { WatchLead, WatchNews, WatchSwitch } from './watch-part.tsx';
import type { WatchPageView } from './watch-view.ts';

export function WatchedIndicators({ page, watching }: { page: IndicatorPage; watching: WatchPageView }) {
  const { t } = useTranslation('signal-watches');
  const format = createFormat(useLocale());
  const column =
    watching.kind === 'guest'
      ? null
      : { head: t('page.column'), cell: (signal: string) => <WatchSwitch signal={signal} view={watching} /> };
  return (
    <IndicatorScreen page={page} extras={{ lead: <WatchLead view={watching} />, column }}>
      {watching.kind === 'guest' ? null : <WatchNews view={watching} format={format} />}
    </IndicatorScreen>
  );
}
