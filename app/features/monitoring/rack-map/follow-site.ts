/** The events of a site's live stream as calls. Pure but for the stream that is given to it. */
import type { CellsEvent } from './fleet-cells.ts';

/** What of an EventSource is used. */
export type EventStream = Pick<EventTarget, 'addEventListener'> & { readonly readyState: number };

/** `EventSource.CLOSED`, which only browsers have. */
const CLOSED = 2;

export type SiteFollower = {
  onOpen: () => void;
  /** The server refused; otherwise the browser connects again by itself, from the last event on. */
  onRefused: () => void;
  onCells: (event: CellsEvent) => void;
  /** So many alerts of the site are open now. */
  onAlerts: (open: number) => void;
  /** What happened in between is gone: the state of the site must be read anew. */
  onReset: () => void;
};

const dataOf = (event: Event): unknown => JSON.parse((event as MessageEvent<string>).data);

export function followSite(events: EventStream, { onOpen, onRefused, onCells, onAlerts, onReset }: SiteFollower): void {
  events.addEventListener('open', onOpen);
  events.addEventListener('error', () => {
    if (events.readyState === CLOSED) onRefused();
  });
  events.addEventListener('cells', (event) => onCells(dataOf(event) as CellsEvent));
  events.addEventListener('alerts', (event) => onAlerts((dataOf(event) as { open: number }).open));
  events.addEventListener('reset', onReset);
}
