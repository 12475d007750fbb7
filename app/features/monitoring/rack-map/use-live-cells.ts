/** The cells of a site in the browser: begun with what the page brought, kept up to date by the live stream, and read again at intervals where there is no stream. */
import { useRevalidator } from '@remix-run/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SitePageView } from '#app/features/monitoring/site/read-site-page.server.ts';
import { toSiteLivePath } from '#app/paths.ts';
import { type CellsEvent, type FleetCells, mergeEvent } from './fleet-cells.ts';
import { followSite } from './follow-site.ts';

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
/** Events that may have come while the page was being read again: a cycle of the largest sites. */
const MAX_RECENT = 20;
/** The page is read again for alerts at most this often. */
const ALERTS_STEP_MS = 3_000;

/** Draws its component again once a second: ages go on though nothing comes. */
export function useLiveCells(view: SitePageView): LiveCells & { shownS: number } {
  const [shownS, setShownS] = useState(view.nowMs / 1000);
  const [source, setSource] = useState<LiveCells['source']>('reload');
  const listeners = useRef(new Set<() => void>());
  const recent = useRef<CellsEvent[]>([]);
  const { revalidate } = useRevalidator();
  const siteId = view.site.id;

  const live = useMemo(() => {
    const readAtMs = typeof performance === 'undefined' ? 0 : performance.now();
    const { cells } = view;
    const places = new Map(cells.numbers.map((number, index) => [number, index]));
    // What came between the reading of the page and its arrival is not in it.
    for (const event of recent.current) mergeEvent(cells, places, event);
    return {
      cells,
      places,
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
  const revalidateNow = useRef(revalidate);
  revalidateNow.current = revalidate;
  const shownAlerts = useRef<number | null>(null);
  shownAlerts.current = view.openAlerts?.total ?? null;
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const events = new EventSource(toSiteLivePath(siteId));
    followSite(events, {
      onOpen: () => setSource('stream'),
      onRefused: () => setSource('reload'),
      onCells: (event) => {
        recent.current = [...recent.current, event].slice(-MAX_RECENT);
        mergeEvent(current.current.cells, current.current.places, event);
        for (const listener of listeners.current) listener();
      },
      // Which alerts these are stands on the page, so it is read again: not for each of a hundred that open one after the other.
      onAlerts: (open) => {
        if (open === shownAlerts.current || waiting !== undefined) return;
        waiting = setTimeout(() => {
          waiting = undefined;
          revalidateNow.current();
        }, ALERTS_STEP_MS);
      },
      onReset: () => revalidateNow.current(),
    });
    return () => {
      clearTimeout(waiting);
      events.close();
    };
  }, [siteId]);

  const { cadenceS } = view.site;
  useEffect(() => {
    if (source === 'stream') return;
    const timer = setInterval(revalidate, cadenceS * 1000);
    return () => clearInterval(timer);
  }, [source, cadenceS, revalidate]);

  return { ...live, source, shownS };
}
