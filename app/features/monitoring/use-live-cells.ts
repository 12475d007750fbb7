/** The cells of a site in the browser: begun with what the page brought, kept up to date by the live stream, and read again at intervals where there is no stream. */
import { useRevalidator } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { toSiteLivePath } from '#app/paths.ts';
import { type CellsEvent, type FleetCells, mergeEvent } from './fleet-cells.ts';
import type { SitePageView } from './read-site-page.server.ts';

export type LiveCells = {
  cells: FleetCells;
  /** Seconds since 1970 by the server's clock: that of the reader's computer may be wrong. */
  nowS: () => number;
  /** Calls back after every change, outside of React; gives back how to stop. */
  follow: (listener: () => void) => () => void;
  /** `stream`: events come; `reload`: there is no stream, the page is read again once a cadence. */
  source: 'stream' | 'reload';
};

const TICK_MS = 1_000;

/** Draws its component again once a second: ages go on though nothing comes. */
export function useLiveCells(view: SitePageView): LiveCells & { shownS: number } {
  const [shownS, setShownS] = useState(view.nowMs / 1000);
  const [source, setSource] = useState<LiveCells['source']>('reload');
  const listeners = useRef(new Set<() => void>());
  const { revalidate } = useRevalidator();
  const siteId = view.site.id;

  const live = useMemo(() => {
    const readAtMs = typeof performance === 'undefined' ? 0 : performance.now();
    const { cells } = view;
    return {
      cells,
      places: new Map(cells.numbers.map((number, index) => [number, index])),
      nowS: () => (view.nowMs + (typeof performance === 'undefined' ? 0 : performance.now()) - readAtMs) / 1000,
      follow: (listener: () => void) => {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
    };
  }, [view]);

  useEffect(() => {
    const timer = setInterval(() => {
      setShownS(live.nowS());
      for (const listener of listeners.current) listener();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [live]);

  const current = useRef(live);
  current.current = live;
  useEffect(() => {
    const events = new EventSource(toSiteLivePath(siteId));
    events.addEventListener('open', () => setSource('stream'));
    events.addEventListener('error', () => {
      // Closed: the server refused. Otherwise the browser connects again by itself, from the last event on.
      if (events.readyState === EventSource.CLOSED) setSource('reload');
    });
    events.addEventListener('cells', (event) => {
      mergeEvent(current.current.cells, current.current.places, JSON.parse((event as MessageEvent<string>).data) as CellsEvent);
      for (const listener of listeners.current) listener();
    });
    return () => events.close();
  }, [siteId]);

  const { cadenceS } = view.site;
  useEffect(() => {
    if (source === 'stream') return;
    const timer = setInterval(revalidate, cadenceS * 1000);
    return () => clearInterval(timer);
  }, [source, cadenceS, revalidate]);

  return { ...live, source, shownS };
}
