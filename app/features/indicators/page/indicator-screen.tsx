/** The page of indicators: one of them over the stored days, and what signals were worth. Everything works without script. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { GROUPS, type OutputUnit } from '../indicator.ts';
import { IndicatorChart } from './indicator-chart.tsx';
import type { IndicatorPage, ShownLine } from './indicator-page.ts';
import type { IndicatorKey, OutputKey } from './indicator-words.ts';
import { SignalPart } from './signal-table.tsx';
import { SPANS, type Span } from './spans.ts';

const SPAN_NAMES = Object.keys(SPANS) as Span[];
/** Units whose lines belong on the axis of the price. */
const PRICE_UNITS: readonly OutputUnit[] = ['price', 'USD/BTC'];
/** Price units that are differences of prices, not prices. */
const OWN_PANES: readonly string[] = ['macd', 'stdev', 'roc'];
const TH_PER_PH = 1000;

/** A figure with its unit, as a miner reads it. */
function sayFigure(value: number | null, unit: OutputUnit, format: Format): string {
  switch (unit) {
    case 'price':
    case 'USD/BTC':
      return format.usd(value, value !== null && Math.abs(value) < 10 ? 2 : 0);
    case 'USD/TH/day':
      return `${format.usd(value === null ? null : value * TH_PER_PH)}/PH/d`;
    case 'TH/s':
      return format.hashrate(value, 2);
    case 'ratio':
      return format.percent(value);
    case '%':
      return format.percent(value === null ? null : value / 100);
    default:
      return value !== null && Math.abs(value) >= 1e9 ? format.difficulty(value) : format.number(value, 2);
  }
}

/** Thousands, and so on up to the T in which difficulty is counted. */
const STEPS = ['', 'k', 'M', 'G', 'T'] as const;

/** Short enough for an axis: 500, 20 k, 150 T. */
function sayStepped(value: number, format: Format): string {
  let scaled = value;
  let step = 0;
  for (; Math.abs(scaled) >= 1000 && step < STEPS.length - 1; step++) scaled /= 1000;
  const text = format.number(scaled, Number.isInteger(scaled) ? 0 : Math.abs(scaled) < 1 ? 2 : 1);
  return step === 0 ? text : `${text} ${STEPS[step]}`;
}

/** Dollars on an axis, with as many decimals as a small amount needs. */
function sayDollars(valueUsd: number, format: Format): string {
  if (valueUsd === 0 || Math.abs(valueUsd) >= 10) return format.shortMoney(valueUsd, 'USD');
  return format.usd(valueUsd, Math.max(0, Math.ceil(-Math.log10(Math.abs(valueUsd)) - 1e-9)));
}

/** Short enough for an axis. */
function sayTick(value: number, unit: OutputUnit, format: Format): string {
  if (unit === 'price' || unit === 'USD/BTC') return sayDollars(value, format);
  if (unit === 'USD/TH/day') return sayDollars(value * TH_PER_PH, format);
  if (unit === 'ratio') return format.percent(value, 0);
  if (unit === '%') return format.percent(value / 100, 0);
  if (unit === 'TH/s') return format.hashrate(value, 0);
  return sayStepped(value, format);
}

function toHref(indicator: string, span: Span): string {
  return `${PATHS.marketIndicators}?${new URLSearchParams({ indicator, span })}`;
}

function Choices({ page }: { page: IndicatorPage }) {
  const { t } = useTranslation('indicators');
  const id = useId();
  return (
    <form method="get" action={PATHS.marketIndicators} className="pick">
      <div className="field one">
        <label htmlFor={id}>{t('page.indicator')}</label>
        <div className="box">
          <select id={id} name="indicator" defaultValue={page.name} key={page.name}>
            {GROUPS.map((group) => {
              const members = page.choices.filter((choice) => choice.group === group);
              return members.length === 0 ? null : (
                <optgroup key={group} label={t(`page.group.${group}`)}>
                  {members.map(({ name }) => (
                    <option key={name} value={name}>
                      {t(`names.${name as IndicatorKey}`)}
                    </option>
                  ))}
                </optgroup>
              );
            })}
          </select>
          <ChevronDownIcon />
        </div>
      </div>
      <input type="hidden" name="span" value={page.span} />
      <button type="submit" className="btn">
        {t('page.show')}
      </button>
      <nav className="spans" aria-label={t('page.spanLabel')}>
        {SPAN_NAMES.map((span) => (
          <a key={span} href={toHref(page.name, span)} aria-current={span === page.span ? 'true' : undefined}>
            {t(`page.span.${span}`)}
          </a>
        ))}
      </nav>
    </form>
  );
}

/** As many lines as have a colour of their own. */
const COLOURED_LINES = 3;

function LastValues({ page, drawn, format }: { page: IndicatorPage; drawn: readonly ShownLine[]; format: Format }) {
  const { t } = useTranslation('indicators');
  const isCompact = page.lines.length > COLOURED_LINES;
  const colourOf = (line: ShownLine) => (drawn.length > COLOURED_LINES ? -1 : drawn.indexOf(line));
  return (
    <dl className={isCompact ? 'figs small-figs' : 'figs'}>
      {page.lines.map((line) => (
        <div key={line.name}>
          <dt>
            {colourOf(line) === -1 ? null : <i className={`swatch own-${colourOf(line) + 1}`} aria-hidden="true" />}
            {t(`outputs.${line.name as OutputKey}`)}
          </dt>
          <dd>{sayFigure(line.last, line.unit, format)}</dd>
        </div>
      ))}
    </dl>
  );
}

function DayTable({ page, format }: { page: IndicatorPage; format: Format }) {
  const { t } = useTranslation('indicators');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t('page.table')}>
      <table className="t dense">
        <thead>
          <tr>
            <th scope="col">{t('page.day')}</th>
            <th scope="col" className="num">
              {t('page.close')}
            </th>
            {page.lines.map((line) => (
              <th key={line.name} scope="col" className="num">
                {t(`outputs.${line.name as OutputKey}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.atMs}>
              <th scope="row" className="nw">
                {format.date(new Date(row.atMs))}
              </th>
              <td className="num">{format.usd(row.close, 0)}</td>
              {page.lines.map((line, index) => (
                <td key={line.name} className="num">
                  {sayFigure(row.values[index] ?? null, line.unit, format)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function IndicatorScreen({ page }: { page: IndicatorPage }) {
  const { t } = useTranslation('indicators');
  const format = createFormat(useLocale());
  const name = page.name as IndicatorKey;
  const isOnPrice = (line: ShownLine) => PRICE_UNITS.includes(line.unit) && !OWN_PANES.includes(page.name);
  const onPrice = page.lines.filter(isOnPrice);
  // One axis, one unit: of an indicator with several units the first one is drawn, and the table has the others.
  const rest = page.lines.filter((line) => !isOnPrice(line));
  const ownUnit = rest[0]?.unit;
  const own = rest.filter(({ unit }) => unit === ownUnit && onPrice.length === 0);
  const lastAt = format.date(new Date(page.timesMs.at(-1)!));
  const isMany = page.span === 'all';
  // Under the names of the API, which carry their units.
  const params = Object.entries(page.params).map(([param, value]) => `${param} ${value}`);
  return (
    <main className="page indicators">
      <MarketNav />
      <header>
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead', { at: lastAt })}</p>
      </header>
      <Choices page={page} />
      <section className="sec" aria-labelledby="indicator-title">
        <header>
          <h2 id="indicator-title">{t(`names.${name}`)}</h2>
          <p className="measure">{t(`meanings.${name}`)}</p>
          {params.length === 0 ? null : <p className="small dim">{t('page.params', { params: params.join(', ') })}</p>}
        </header>
        <LastValues page={page} drawn={onPrice.length > 0 ? onPrice : own} format={format} />
        <IndicatorChart
          timesMs={page.timesMs}
          format={format}
          price={{
            lines: [{ name: 'close', values: page.close }, ...onPrice],
            isLog: isMany || onPrice.length === 0,
            say: (value) => sayTick(value, 'price', format),
            label: t('page.priceChart', { at: lastAt, value: format.usd(page.close.at(-1), 0) }),
          }}
          own={
            own.length === 0
              ? null
              : {
                  lines: own,
                  isLog: isMany && page.name !== 'miner-margin',
                  say: (value) => sayTick(value, own[0]!.unit, format),
                  label: t('page.ownChart', { name: t(`names.${name}`), at: lastAt, value: sayFigure(own[0]!.last, own[0]!.unit, format) }),
                }
          }
        />
        <p className="small dim">
          {page.everyDays === 1 ? t('page.everyDay') : t('page.everyDays', { days: format.integer(page.everyDays) })}{' '}
          {t('page.source', { sources: page.sources.join('; ') })}
        </p>
        <DataDisclosure title={t('page.table')}>
          <DayTable page={page} format={format} />
        </DataDisclosure>
      </section>
      <SignalPart page={page} format={format} />
    </main>
  );
}
