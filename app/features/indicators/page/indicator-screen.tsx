/** The page of indicators: one of them over the stored candles, and what signals were worth. Everything works without script. */
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryPart } from '#app/features/market/history/candle-history.ts';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import { Sourced } from '#app/features/market/source-name.tsx';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import { TimeChart } from '#app/ui/time-chart/time-chart.tsx';
import { IndicatorChoice, ParamForm } from './indicator-form.tsx';
import type { ChartData, IndicatorPage } from './indicator-page.ts';
import type { IndicatorKey, OutputKey } from './indicator-words.ts';
import { sayFigure } from './say-figure.ts';
import { type SignalExtras, SignalPart } from './signal-table.tsx';
import { type Interval, isLongSpan } from './spans.ts';
import { listTimes, toPanes } from './to-panes.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A candle is asked for within an hour of its end; two later ones would be there as well. */
const LATE_CANDLES = 2;
/** More figures than this are written smaller. */
const LARGE_FIGURES = 4;

/** `extras` and `children`: what another room says of signals, beside and below them. */
export function IndicatorScreen({ page, extras, children }: { page: IndicatorPage; extras: SignalExtras; children: ReactNode }) {
  const { t } = useTranslation('indicators');
  const format = createFormat(useLocale());
  const name = page.name as IndicatorKey;
  const { chart } = page;
  return (
    <main className="page indicators">
      <MarketNav />
      <header>
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead')}</p>
      </header>
      <IndicatorChoice page={page} />
      <section className="sec" aria-labelledby="indicator-title">
        <header>
          <h2 id="indicator-title">{t(`names.${name}`)}</h2>
          <p className="measure">{t(`meanings.${name}`)}</p>
        </header>
        {chart.kind === 'drawn' ? <Drawn page={page} data={chart} format={format} /> : <NotDrawn page={page} format={format} />}
        <ParamForm page={page} format={format} />
        {chart.kind === 'drawn' ? <Sources data={chart} interval={page.interval} format={format} /> : null}
      </section>
      <SignalPart page={page} extras={extras} format={format} />
      {children}
    </main>
  );
}

function NotDrawn({ page: { chart }, format }: { page: IndicatorPage; format: Format }) {
  const { t } = useTranslation('indicators');
  if (chart.kind === 'drawn') return null;
  return (
    <p className="note undrawn">
      {chart.kind === 'not-stored'
        ? t('page.undrawn.not-stored', { columns: format.list(chart.columns.map((column) => t(`page.column.${column}`))) })
        : t(`page.undrawn.${chart.kind}`)}
    </p>
  );
}

function Drawn({ page, data, format }: { page: IndicatorPage; data: ChartData; format: Format }) {
  const { t } = useTranslation('indicators');
  const { name, interval, span } = page;
  const title = t(`names.${name as IndicatorKey}`);
  const { times, panes } = useMemo(() => {
    const words = {
      price: t('page.pane.price'),
      candles: t('page.pane.candles'),
      close: t('page.close'),
      volume: t('page.pane.volume'),
      volumeTitle: t('page.pane.volumeTitle'),
      name: title,
      output: (output: string) => t(`outputs.${output as OutputKey}`),
    };
    return { times: listTimes(data), panes: toPanes(data, { name, isLong: isLongSpan(span), format, words }) };
  }, [data, name, span, format, title, t]);
  const newestMs = data.startMs + (data.count - 1) * data.stepMs;
  const sayTime = createSayTime(interval, format);
  return (
    <>
      <dl className={data.outputs.length > LARGE_FIGURES ? 'figs small-figs' : 'figs'}>
        {data.outputs.map((output) => (
          <div key={output.name}>
            <dt>{t(`outputs.${output.name as OutputKey}`)}</dt>
            <dd>{sayFigure(output.last, output.unit, format)}</dd>
          </div>
        ))}
      </dl>
      <Age page={page} newestMs={newestMs} sayTime={sayTime} format={format} />
      <TimeChart
        key={`${name} ${interval} ${span}`}
        label={t('page.chart', { name: title, at: sayTime(newestMs) })}
        times={times}
        panes={panes}
        isDaily={interval === '1d'}
        restIndex={data.count - 1}
      />
    </>
  );
}

/** Who said what of the stretch that is seen. */
function Sources({ data, interval, format }: { data: ChartData; interval: Interval; format: Format }) {
  const { t } = useTranslation('indicators');
  const sayTime = createSayTime(interval, format);
  return (
    <ul className="parts small dim">
      {data.parts.map((part) => (
        <li key={`${part.what} ${part.source}`}>
          <Sourced
            source={part.source}
            say={(source) => t(`page.part.${part.what}`, { ...sayPart(part, sayTime), source, candles: format.integer(part.candles) })}
          />
        </li>
      ))}
      {data.difficultySource === null ? null : (
        <li>
          <Sourced source={data.difficultySource} say={(source) => t('page.part.difficulty', { source })} />
        </li>
      )}
      {data.ahead === 0 ? null : <li>{t('page.ahead', { candles: format.integer(data.ahead) })}</li>}
    </ul>
  );
}

/** The day is the whole moment of a daily candle. */
const createSayTime = (interval: Interval, format: Format) => (timeMs: number) =>
  (interval === '1d' ? format.date : format.dateTime)(new Date(timeMs));

const sayPart = ({ fromMs, toMs }: HistoryPart, sayTime: (timeMs: number) => string) => ({
  from: sayTime(fromMs),
  to: sayTime(toMs),
});

type AgeProps = { page: IndicatorPage; newestMs: number; sayTime: (timeMs: number) => string; format: Format };

/** How old the newest candle is: what is late is said as loudly as what is wrong. */
function Age({ page: { chart, nowMs, interval }, newestMs, sayTime, format }: AgeProps) {
  const { t } = useTranslation('indicators');
  if (chart.kind !== 'drawn') return null;
  const agoMs = Math.max(0, nowMs - newestMs - chart.stepMs);
  const isLate = agoMs > LATE_CANDLES * chart.stepMs;
  const unitMs = interval === '1d' ? DAY_MS : HOUR_MS;
  const count = Math.floor(agoMs / unitMs);
  const ago = count === 0 ? t(`page.age.under.${interval}`) : t(`page.age.${interval}`, { count, units: format.integer(count) });
  return (
    <p className={isLate ? 'note age' : 'small dim age'}>
      {t(isLate ? 'page.age.late' : 'page.age.fresh', { at: sayTime(newestMs), ago })}
    </p>
  );
}
