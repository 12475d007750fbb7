/** Month by month: the figures behind the chart, with what happens in each month; as a file and as text to paste. */
import { memo, type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '#app/features/calculator/answer/compute-answer.ts';
import { type Say, sayScope } from '#app/features/calculator/answer/say-finding.ts';
import { COPIED_MS } from '#app/features/calculator/inputs/copy-link.tsx';
import { copyText } from '#app/features/calculator/inputs/copy-text.ts';
import { toShareParams } from '#app/features/calculator/inputs/share-link.ts';
import {
  createSay,
  useCalculator,
  useCalculatorTexts,
  useFormat,
  useIsHydrated,
  useSelected,
} from '#app/features/calculator/use-calculator.ts';
import { useFollower, useSelectedWhenSeen } from '#app/features/calculator/when-seen.ts';
import { LANGUAGE_PARAM, PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CheckIcon, CopyIcon, DownloadIcon } from '#app/ui/icons.tsx';
import { toMonthRows } from './month-rows.ts';
import { chooseMonthDigits, type MonthText, toMonthRowClass, toMonthText } from './month-texts.ts';
import { createMonthsWriter, type MonthsWriter } from './months-rows-writer.ts';

/** Fixed places for every text, so that a change writes into them and moves nothing. */
function RowView({ text, className, labels }: { text: MonthText; className: string; labels: Labels }) {
  return (
    <tr className={className}>
      <td className="num wide" data-c="">
        {text.month}
      </td>
      <th scope="row">
        <span className="phone" data-c="">
          {text.title}
        </span>
        <span className="wide" data-c="">
          {text.until}
        </span>
        <span className="evt wide" data-c="">
          {text.events}
        </span>
      </th>
      <td className="num" data-c="">
        {text.mined}
      </td>
      <td className="num" data-c="" data-l={labels.revenue}>
        {text.revenue}
      </td>
      <td className="num" data-c="">
        {text.power}
      </td>
      <td className="num" data-c="">
        {text.fixed}
      </td>
      <td className="num" data-c="" data-l={labels.net}>
        {text.net}
      </td>
      <td className="num" data-c="" data-l={labels.cumulative}>
        {text.cumulative}
      </td>
    </tr>
  );
}

type Labels = { revenue: string; net: string; cumulative: string };

function Actions() {
  const t = useCalculatorTexts();
  const format = useFormat();
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
    const { answer } = store.getState();
    if (answer === null) return;
    const rows = toMonthRows(answer);
    const say = createSay(t, format, answer);
    const digits = chooseMonthDigits(rows);
    const texts = rows.map((row) => toMonthText(say, row, digits));
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

function Table({ horizonMonths }: { horizonMonths: number }) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store } = useCalculator();
  const isHydrated = useIsHydrated();
  const [isWhole, setIsWhole] = useState(false);
  const region = useRef<HTMLElement>(null);
  const columns = ['mined', 'revenue', 'power', 'fixed', 'net', 'cumulative'] as const;
  const shape = String(horizonMonths);
  const writer = useRef<MonthsWriter | null>(null);

  useFollower(
    region,
    (element) => {
      writer.current?.stop();
      const made = createMonthsWriter(element.querySelector('tbody') ?? element);
      writer.current = made;
      const update = () => {
        const { answer } = store.getState();
        if (answer !== null) made.write(answer, createSay(t, format, answer));
      };
      return { update, finish: made.writeRest };
    },
    shape,
  );
  useEffect(() => () => writer.current?.stop(), []);

  // Only another number of months is React's business; the texts inside are written by the follower.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const rows = useMemo(() => {
    const { answer } = isHydrated ? store.getState() : store.initialState;
    if (answer === null) return null;
    const months = toMonthRows(answer);
    const say = createSay(t, format, answer);
    const digits = chooseMonthDigits(months);
    const labels = { revenue: t('months.revenue'), net: t('months.net'), cumulative: t('months.cumulative') };
    return months.map((row) => (
      <RowView key={row.month} text={toMonthText(say, row, digits)} className={toMonthRowClass(row)} labels={labels} />
    ));
  }, [shape, t]);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className={isWhole ? 'months whole' : 'months'} tabIndex={0} aria-label={t('months.title')} ref={region}>
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
          <tbody key={shape}>{rows}</tbody>
        </table>
      </section>
      {isWhole ? null : (
        <p className="phone scripted">
          <button type="button" className="btn" onClick={() => setIsWhole(true)}>
            {t('months.showAll', { horizon: format.integer(horizonMonths) })}
          </button>
        </p>
      )}
    </>
  );
}

export const MonthsTable = memo(function MonthsTable() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const section = useRef<HTMLElement>(null);
  const horizonMonths = useSelected((state) => state.answer?.projection.months.length ?? 0);
  const sub = useSelectedWhenSeen(section, ({ answer }) =>
    answer === null ? t('months.none') : saySub(createSay(t, format, answer), answer),
  );
  return (
    <section className="sec" ref={section}>
      <header className="row">
        <div>
          <h2>{t('months.title')}</h2>
          <p className="small">{sub}</p>
        </div>
        {horizonMonths === 0 ? null : <Actions />}
      </header>
      {horizonMonths === 0 ? null : <Table horizonMonths={horizonMonths} />}
    </section>
  );
});
