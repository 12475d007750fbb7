/** The rows of a long table, a page of them at a time: asked of the list's thread as they come into sight, shown as they were until newer ones are here. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { FIRST_QUERY, type RowQuery } from '../computing/order-rows.ts';
import type { RowView } from '../session/batch-session.ts';
import type { Batch } from './use-batch.ts';

const PAGE_ROWS = 100;
/** Pages kept; more have been scrolled past. */
const MAX_PAGES = 12;
const SEARCH_DELAY_MS = 150;

export type Window = { from: number; to: number };

export type Rows = {
  query: RowQuery;
  setQuery: (part: Partial<RowQuery>) => void;
  /** Rows that the filter and the search leave; `null`: not counted yet. */
  count: number | null;
  rowAt: (place: number) => RowView | null;
  show: (window: Window) => void;
};

export function useRows({ getClient, version }: Batch): Rows {
  const [query, setQueryState] = useState<RowQuery>(FIRST_QUERY);
  const [count, setCount] = useState<number | null>(null);
  const [, setLoaded] = useState(0);
  const pages = useRef(new Map<number, { rows: RowView[]; of: number }>());
  /** Grows when what is shown must be asked for again. */
  const edition = useRef(0);
  const asked = useRef(new Set<string>());
  const shown = useRef<Window>({ from: 0, to: PAGE_ROWS });

  const load = useCallback(() => {
    const { from, to } = shown.current;
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < to; page++) {
      const of = edition.current;
      const key = `${of}/${page}`;
      if (pages.current.get(page)?.of === of || asked.current.has(key)) continue;
      asked.current.add(key);
      getClient()
        .call('rows', page * PAGE_ROWS, (page + 1) * PAGE_ROWS)
        .then(
          (rows) => {
            if (of !== edition.current) return;
            pages.current.delete(page);
            pages.current.set(page, { rows, of });
            const [oldest] = pages.current.keys();
            if (pages.current.size > MAX_PAGES && oldest !== undefined) pages.current.delete(oldest);
            setLoaded((current) => current + 1);
          },
          () => undefined,
        )
        .finally(() => asked.current.delete(key));
    }
  }, [getClient]);

  // The same rows in the same order with new figures, or another order.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what asks again
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(
      () => {
        getClient()
          .call('order', query)
          .then(
            (found) => {
              if (!isCurrent) return;
              setCount(found);
              edition.current++;
              load();
            },
            () => undefined,
          );
      },
      query.search === '' ? 0 : SEARCH_DELAY_MS,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [query, version, getClient, load]);

  return {
    query,
    setQuery: useCallback((part) => {
      pages.current.clear();
      setQueryState((current) => ({ ...current, ...part }));
    }, []),
    count,
    rowAt: (place) => pages.current.get(Math.floor(place / PAGE_ROWS))?.rows[place % PAGE_ROWS] ?? null,
    show: useCallback(
      (window) => {
        shown.current = window;
        load();
      },
      [load],
    ),
  };
}
