// What the address of the audit page asks for. Pure; what cannot be read is named, never guessed.

import { AUDIT_ACTION_NAMES, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome, isAuditAction } from '#app/platform/audit/actions.ts';
import { isUuid } from '#app/platform/identifiers.ts';

export type AuditArea = AuditAction extends infer Name ? (Name extends `${infer Area}.${string}` ? Area : never) : never;

export type AuditFilters = {
  /** One action, or every action of an area. */
  action: AuditAction | AuditArea | null;
  outcome: AuditOutcome | null;
  userId: string | null;
  /** Days in UTC, both included. */
  from: string | null;
  to: string | null;
};

export type AuditQuery = AuditFilters & {
  /** Events older than this number; null: from the newest. */
  before: number | null;
  wantsProof: boolean;
};

export type AuditFault = { field: 'action' | 'outcome' | 'user' | 'from' | 'to' | 'before'; value: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const AUDIT_AREAS = [...new Set(AUDIT_ACTION_NAMES.map(toArea))];

export function toArea(action: AuditAction): AuditArea {
  return action.slice(0, action.indexOf('.')) as AuditArea;
}

export function isAuditArea(name: string): name is AuditArea {
  return (AUDIT_AREAS as readonly string[]).includes(name);
}

export function isDay(text: string): boolean {
  // A day that does not exist rolls over into the next month.
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

/** An empty parameter is one that was not given: forms send every field. */
export function readAuditQuery(params: URLSearchParams): { query: AuditQuery; faults: AuditFault[] } {
  const faults: AuditFault[] = [];
  const read = <T>(field: AuditFault['field'], parse: (text: string) => T | null): T | null => {
    const text = params.get(field)?.trim() ?? '';
    if (text === '') return null;
    const value = parse(text);
    if (value === null) faults.push({ field, value: text.slice(0, 100) });
    return value;
  };
  const query: AuditQuery = {
    action: read('action', (text) => (isAuditAction(text) || isAuditArea(text) ? text : null)),
    outcome: read('outcome', (text) => AUDIT_OUTCOMES.find((outcome) => outcome === text) ?? null),
    userId: read('user', (text) => (isUuid(text) ? text : null)),
    from: read('from', (text) => (isDay(text) ? text : null)),
    to: read('to', (text) => (isDay(text) ? text : null)),
    before: read('before', (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null)),
    wantsProof: params.get('proof') === '1',
  };
  if (query.from !== null && query.to !== null && query.from > query.to) faults.push({ field: 'to', value: query.to });
  return { query, faults };
}

/** The same question as parameters of an address, without the ones that are not asked. */
export function toAuditParams({ action, outcome, userId, from, to }: AuditFilters, more: Record<string, string> = {}): string {
  const given = Object.entries({ action, outcome, user: userId, from, to, ...more });
  return new URLSearchParams(given.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))).toString();
}
