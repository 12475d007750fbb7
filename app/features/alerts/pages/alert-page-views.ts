// What the pages of alerts show. Types only, for routes and parts of screens.
import type { AlertDetail, AlertFilter, AlertView } from '../read/alert-view.ts';

export type AlertsView = {
  alerts: AlertView[];
  next: string | null;
  open: Record<string, number>;
  filter: AlertFilter;
  /** The address asked for something that does not exist; everything open is shown. */
  isFilterBad: boolean;
  isFirstPage: boolean;
  sites: { id: string; name: string }[];
  isWholeWorkspace: boolean;
  /** Rules may be set, at least those of some site. */
  maySet: boolean;
};

export type OneAlertView = AlertDetail & { people: { id: string; name: string }[] };

export type ActResult = { kind: 'done' } | { kind: 'refused'; reason: 'empty' | 'noPerson' | 'unknown' | 'gone' };
