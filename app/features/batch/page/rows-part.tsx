/** All rows with their figures: sorted, filtered and searched in the list's thread; only those in sight are in the page. A row opens below the table. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ROW_FILTERS, type RowFilter, type SortKey } from '../computing/order-rows.ts';
import type { RowView } from '../session/batch-session.ts';
import { RowDetailPart } from './row-detail-part.tsx';
import { type Batch, useTexts } from './use-batch.ts';
import { useRows, type Window } from './use-rows.ts';

/** Rows beside the visible ones, so that scrolling finds them there. */
const OVERSCAN = 12;
const FIRST_WINDOW: Window = { from: 0, to: 40 };

const COLUMNS = [
  'row',
  'model',
  'count',
  'hashrateThs',
  'powerW',
  'powerUsdPerKwh',
  'netUsdPerDay',
  'breakEvenPowerUsdPerKwh',
  'npvUsd',
  'irrRatioPerYear',
  'paybackMonths',
] as const satisfies readonly SortKey[];
/** On a phone a row is a card with these beside its name. */
const ON_CARD: readonly SortKey[] = ['count', 'netUsdPerDay', 'npvUsd'];

function sayCell(batch: Batch, row: RowView, column: (typeof COLUMNS)[number]): string {
  const { format, amounts } = batch;
  switch (column) {
    case 'row':
    case 'count':
      return format.integer(row[column]);
    case 'model':
      return row.machine ?? row.model ?? '—';
    case 'hashrateThs':
      return format.number(row.hashrateThs, Number.isInteger(row.hashrateThs) ? 0 : 1);
    case 'powerW':
      return format.integer(row.powerW);
    case 'powerUsdPerKwh':
    case 'breakEvenPowerUsdPerKwh': {
      const value = row[column];
      return value === null ? '—' : amounts.roundedPowerPrice(value);
    }
    case 'netUsdPerDay':
      return row.netUsdPerDay === null ? '—' : amounts.signedDaily(row.netUsdPerDay);
    case 'npvUsd':
      return row.npvUsd === null ? '—' : amounts.signedTotal(row.npvUsd);
    case 'irrRatioPerYear':
      return format.percent(row.irrRatioPerYear, 1);
    case 'paybackMonths':
      return row.capexUsd === 0 ? '—' : format.number(row.paybackMonths, 1);
  }
}

function isLoss(row: RowView, column: SortKey): boolean {
  return (column === 'netUsdPerDay' || column === 'npvUsd') && (row[column] ?? 0) < 0;
}

/** An empty row as high as all that are not in the page. */
function Spacer({ heightPx }: { heightPx: number }) {
  const cell = useRef<HTMLTableCellElement>(null);
  // Through the object model: style attributes are refused by the CSP.
  useLayoutEffect(() => {
    if (cell.current !== null) cell.current.style.height = `${heightPx}px`;
  }, [heightPx]);
  return (
    <tr className="spacer">
      <td ref={cell} colSpan={COLUMNS.length} />
    </tr>
  );
}

export function RowsPart({ batch }: { batch: Batch }) {
  const t = useTexts();
  const rows = useRows(batch);
  const { format } = batch;
  const { query, setQuery, count, rowAt, show } = rows;
  const scroller = useRef<HTMLElement>(null);
  const [rowPx, setRowPx] = useState(36);
  const [window_, setWindow] = useState<Window>(FIRST_WINDOW);
  const [opened, setOpened] = useState<number | null>(null);
  const total = count ?? 0;

  const follow = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const sample = element.querySelector<HTMLElement>('tbody tr[data-place]');
    const px = sample === null || sample.offsetHeight === 0 ? rowPx : sample.offsetHeight;
    if (px !== rowPx) setRowPx(px);
    const from = Math.max(0, Math.floor(element.scrollTop / px) - OVERSCAN);
    const to = Math.ceil((element.scrollTop + element.clientHeight) / px) + OVERSCAN;
    setWindow((current) => (current.from === from && current.to === to ? current : { from, to }));
    show({ from, to });
  }, [rowPx, show]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with more or fewer rows another part of them is in sight
  useEffect(() => {
    follow();
    window.addEventListener('resize', follow);
    return () => window.removeEventListener('resize', follow);
  }, [follow, total]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order begins at the top
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
    setOpened(null);
  }, [query]);

  const sortBy = (key: SortKey) =>
    setQuery(query.sort === key ? { descending: !query.descending } : { sort: key, descending: key !== 'row' && key !== 'model' });
  const from = Math.min(window_.from, Math.max(0, total - 1));
  const to = Math.min(window_.to, total);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

  return (
    <section className="sec" aria-labelledby="rows-title">
      <header className="row wrap">
        <h2 id="rows-title">{count === null ? t('page.rows.titleWaiting') : t('page.rows.title', { total: format.integer(count) })}</h2>
        <div className="rows-tools">
          <label className="box search">
            <span className="vh">{t('page.rows.search')}</span>
            <input
              type="search"
              placeholder={t('page.rows.search')}
              value={query.search}
              onChange={(event) => setQuery({ search: event.currentTarget.value })}
            />
          </label>
          <label className="box">
            <span className="pre">{t('page.rows.filter')}</span>
            <select value={query.filter} onChange={(event) => setQuery({ filter: event.currentTarget.value as RowFilter })}>
              {ROW_FILTERS.map((filter) => (
                <option key={filter} value={filter}>
                  {t(`page.filter.${filter}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="box phone">
            <span className="pre">{t('page.rows.sort')}</span>
            <select
              value={query.sort}
              onChange={(event) => {
                const sort = event.currentTarget.value as SortKey;
                setQuery({ sort, descending: sort !== 'row' && sort !== 'model' });
              }}
            >
              {COLUMNS.map((column) => (
                <option key={column} value={column}>
                  {t(`page.column.${column}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="tw rows-scroll" ref={scroller} tabIndex={0} aria-label={t('page.rows.region')} onScroll={follow}>
        <table className="t dense cards rows-table" aria-rowcount={total + 1}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className={column === 'model' ? undefined : 'num'}
                  aria-sort={query.sort === column ? (query.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" className={query.sort === column ? 'sort-by is-on' : 'sort-by'} onClick={() => sortBy(column)}>
                    {t(`page.column.${column}`)}
                    {query.sort === column ? <span aria-hidden="true">{query.descending ? ' ↓' : ' ↑'}</span> : null}
                  </button>
                  <small>{t(`page.columnUnit.${column}`)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer heightPx={from * rowPx} />
            {places.map((place) => {
              const row = rowAt(place);
              if (row === null) {
                return (
                  <tr key={place} data-place={place} aria-rowindex={place + 2} className="wait">
                    <th scope="row" colSpan={COLUMNS.length}>
                      &nbsp;
                    </th>
                  </tr>
                );
              }
              const isOpen = opened === row.index;
              return (
                <tr key={place} data-place={place} aria-rowindex={place + 2} className={isOpen ? 'sel' : undefined}>
                  {COLUMNS.map((column) => {
                    const text = sayCell(batch, row, column);
                    if (column === 'model') {
                      return (
                        <th key={column} scope="row">
                          <button
                            type="button"
                            className="row-open"
                            aria-expanded={isOpen}
                            onClick={() => setOpened(isOpen ? null : row.index)}
                          >
                            {text}
                          </button>
                          {row.act === null ? null : <span className="tag act">{t(`page.advice.do.${row.act}`)}</span>}
                          {row.notes.length > 0 || row.repeats !== null ? <span className="tag">{t('page.rows.look')}</span> : null}
                        </th>
                      );
                    }
                    return (
                      <td
                        key={column}
                        className={isLoss(row, column) ? 'num loss' : 'num'}
                        data-l={ON_CARD.includes(column) ? t(`page.column.${column}`) : undefined}
                      >
                        {text}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
            <Spacer heightPx={Math.max(0, total - to) * rowPx} />
          </tbody>
        </table>
        {count === 0 ? <p className="none">{t('page.rows.none')}</p> : null}
      </section>
      {opened === null ? null : <RowDetailPart batch={batch} index={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
