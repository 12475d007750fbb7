/** Month by month: the figures behind the chart, with what happens in each month; as a file and as text to paste. */
import { memo, type SyntheticEvent, useMemo, useRef, useState } from 'react';
import { LANGUAGE_PARAM, PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CheckIcon, CopyIcon, DownloadIcon } from '#app/ui/icons.tsx';
import type { Answer } from './compute-answer.ts';
import { COPIED_MS } from './copy-link.tsx';
import { copyText } from './copy-text.ts';
import { type MonthRow, toMonthRows } from './month-rows.ts';
import { type Say, sayScope } from './say-finding.ts';
import { toShareParams } from './share-link.ts';
import { createSay, useCalculator, useCalculatorTexts, useFormat, useSelected } from './use-calculator.ts';

/** Larger amounts are shown without cents, so that the columns stay readable. */
const WHOLE_FROM = 10_000;

type RowText = {
  month: string;
  monthTitle: string;
  until: string;
  events: string;
  mined: string;
  revenue: string;
  power: string;
  fixed: string;
  net: string;
  cumulative: string;
};

/** All cells of the table as text, formatted once for screen and clipboard. */
function toTexts({ t, format, amounts }: Say, rows: readonly MonthRow[]): RowText[] {
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(row.revenue), Math.abs(row.power), Math.abs(row.net)), 0);
  const digits = largest >= WHOLE_FROM ? 0 : 2;
  const furthest = rows.reduce((most, row) => Math.max(most, Math.abs(row.cumulative)), 0);
  const cumulativeDigits = furthest >= 1000 ? 0 : 2;
  const coinDigits = rows.some((row) => row.minedBtc >= 1) ? 4 : 6;
  return rows.map((row) => ({
    month: format.integer(row.month),
    monthTitle: t('months.monthNumber', { month: format.integer(row.month) }),
    until: format.monthYear(new Date(row.untilMs)),
    events: row.events.map((event) => t(`months.event.${event}`)).join(' · '),
    mined: row.minedBtc === 0 ? '0' : format.btc(row.minedBtc, coinDigits),
    revenue: format.money(row.revenue, amounts.code, digits),
    power: format.money(row.power, amounts.code, digits),
    fixed: format.money(row.fixed, amounts.code, digits),
    net: format.signedMoney(row.net, amounts.code, digits),
    cumulative: format.signedMoney(row.cumulative, amounts.code, cumulativeDigits),
  }));
}

type RowProps = RowText & { isOff: boolean; revenueLabel: string; netLabel: string; cumulativeLabel: string };

const RowView = memo(function RowView(props: RowProps) {
  const { month, monthTitle, until, events, mined, revenue, power, fixed, net, cumulative, isOff } = props;
  const className = `${events === '' ? '' : 'ev'}${isOff ? ' off' : ''}`.trim();
  return (
    <tr className={className === '' ? undefined : className}>
      <td className="num wide">{month}</td>
      <th scope="row">
        <span className="phone">{events === '' ? monthTitle : `${monthTitle} · ${events}`}</span>
        <span className="wide">
          {until}
          {events === '' ? null : <span className="evt">{events}</span>}
        </span>
      </th>
      <td className="num">{mined}</td>
      <td className="num" data-l={props.revenueLabel}>
        {revenue}
      </td>
      <td className="num">{power}</td>
      <td className="num">{fixed}</td>
      <td className="num" data-l={props.netLabel}>
        {net}
      </td>
      <td className="num" data-l={props.cumulativeLabel}>
        {cumulative}
      </td>
    </tr>
  );
});

function Actions({ say, texts }: { say: Say; texts: readonly RowText[] }) {
  const { t } = say;
  const locale = useLocale();
  const { store, page } = useCalculator();
  const [isCopied, setIsCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const toHref = () => {
    const params = toShareParams(store.getState().form, page.market);
    params.set(LANGUAGE_PARAM, locale);
    return `${PATHS.monthsCsv}?${params}`;
  };
  // The form moves without React knowing this link; what counts is the form at the moment of use.
  const takeCurrentForm = (event: SyntheticEvent<HTMLAnchorElement>) => {
    event.currentTarget.href = toHref();
  };
  const copy = async () => {
    const columns = ['month', 'until', 'mined', 'revenue', 'power', 'fixed', 'net', 'cumulative'] as const;
    const lines = [columns.map((column) => t(`months.${column}`)), ...texts.map((row) => columns.map((column) => row[column]))];
    const done = await copyText(lines.map((cells) => cells.join('\t')).join('\n'));
    setIsCopied(done);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsCopied(false), COPIED_MS);
  };

  return (
    <div className="acts">
      <button type="button" className="btn sm scripted" onClick={() => void copy()}>
        {isCopied ? <CheckIcon /> : <CopyIcon />}
        {t(isCopied ? 'months.copied' : 'months.copy')}
      </button>
      <a className="btn sm" href={toHref()} download onPointerDown={takeCurrentForm} onFocus={takeCurrentForm} onClick={takeCurrentForm}>
        <DownloadIcon />
        {t('months.csv')}
      </a>
      <output className="vh">{isCopied ? t('months.copied') : ''}</output>
    </div>
  );
}

function saySub(say: Say, answer: Answer): string {
  const { t, format } = say;
  const values = {
    currency: t(`currency.${answer.currency}`),
    start: format.date(new Date(answer.startMs)),
    scope: sayScope(say, answer),
    held: format.percent(answer.inputs.heldRatio, 0),
  };
  if (answer.view === 'host') return t('months.subHost', values);
  return t(answer.inputs.heldRatio > 0 ? 'months.subHeld' : 'months.sub', values);
}

function Table({ say, texts, rows }: { say: Say; texts: readonly RowText[]; rows: readonly MonthRow[] }) {
  const { t } = say;
  const [isWhole, setIsWhole] = useState(false);
  const columns = ['mined', 'revenue', 'power', 'fixed', 'net', 'cumulative'] as const;
  const labels = { revenueLabel: t('months.revenue'), netLabel: t('months.net'), cumulativeLabel: t('months.cumulative') };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className={isWhole ? 'months whole' : 'months'} tabIndex={0} aria-label={t('months.title')}>
        <table className="t dense cards">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('months.month')}
              </th>
              <th scope="col">{t('months.until')}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className="num">
                  {t(`months.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {texts.map((text, index) => (
              <RowView key={text.month} {...text} {...labels} isOff={rows[index]?.isOff === true} />
            ))}
          </tbody>
        </table>
      </section>
      {isWhole ? null : (
        <p className="phone scripted">
          <button type="button" className="btn" onClick={() => setIsWhole(true)}>
            {t('months.showAll', { horizon: texts.length })}
          </button>
        </p>
      )}
    </>
  );
}

export const MonthsTable = memo(function MonthsTable() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const answer = useSelected((state) => state.answer);
  const shown = useMemo(() => {
    if (answer === null) return null;
    const say = createSay(t, format, answer);
    const rows = toMonthRows(answer);
    return { say, rows, texts: toTexts(say, rows), sub: saySub(say, answer) };
  }, [answer, t, format]);
  return (
    <section className="sec">
      <header className="row">
        <div>
          <h2>{t('months.title')}</h2>
          <p className="small">{shown === null ? t('months.none') : shown.sub}</p>
        </div>
        {shown === null ? null : <Actions say={shown.say} texts={shown.texts} />}
      </header>
      {shown === null ? null : <Table say={shown.say} texts={shown.texts} rows={shown.rows} />}
    </section>
  );
});
