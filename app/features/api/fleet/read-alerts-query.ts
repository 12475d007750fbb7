/** The parameters of the address of alert lists. Unknown names and bad values are refused. Pure. */
import {
  type AlertCursor,
  type AlertFilter,
  AlertFilterSchema,
  DEFAULT_PAGE_ALERTS,
  MAX_PAGE_ALERTS,
  readCursor,
} from '#app/features/alerts/read/alert-view.ts';
import { explainIssues } from '#app/features/api/wire/explain-issues.ts';
import { type Fault, toFault } from '#app/features/api/wire/fault.ts';
import { findSingleFaults } from '#app/features/api/wire/read-query.ts';
import { readWhole } from './read-machines-query.ts';

const TEXTS = ['status', 'siteId', 'machineId'] as const;
/** Several values by commas. */
const LISTS = ['severity', 'rule'] as const;

export type AlertsQuery =
  | { kind: 'ok'; filter: AlertFilter; page: { after: AlertCursor | null; limit: number } }
  | { kind: 'invalid'; faults: Fault[] };

export function readAlertsQuery(url: string): AlertsQuery {
  const { searchParams } = new URL(url);
  const faults = findSingleFaults(url, [...TEXTS, ...LISTS, 'after', 'limit']);
  const given: Record<string, unknown> = {};
  for (const name of TEXTS) if (searchParams.has(name)) given[name] = searchParams.get(name);
  for (const name of LISTS) if (searchParams.has(name)) given[name] = searchParams.get(name)?.split(',');
  const filter = AlertFilterSchema.safeParse(given);
  if (!filter.success) faults.push(...explainIssues(filter.error, given, [], {}));
  const text = searchParams.get('after');
  const after = text === null ? null : readCursor(text);
  if (text !== null && after === null) faults.push(toFault('after', text, 'unknown_reference'));
  const limit = readWhole(searchParams, 'limit', 1, MAX_PAGE_ALERTS, DEFAULT_PAGE_ALERTS, faults);
  return faults.length > 0 || !filter.success ? { kind: 'invalid', faults } : { kind: 'ok', filter: filter.data, page: { after, limit } };
}
