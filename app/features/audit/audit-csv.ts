// The audit log as a table for spreadsheets (RFC 4180). Its heads are names, not words: programs read it, and two exports must fit together.
import { toCsvText } from '#app/platform/csv/csv-text.ts';
import type { AuditRow } from './audit-row.ts';

const COLUMNS = [
  'seq',
  'at',
  'action',
  'outcome',
  'userId',
  'role',
  'targetKind',
  'targetId',
  'changes',
  'address',
  'requestId',
  'hash',
] as const;

/** The byte order mark tells spreadsheets that the text is UTF-8. */
export const AUDIT_CSV_HEAD = `\ufeff${COLUMNS.join(',')}\r\n`;

export function toAuditCsvLine(row: AuditRow): string {
  const changes = row.changes.map(({ field, before, after }) => `${field}: ${show(before)} -> ${show(after)}`).join('; ');
  const cells = [
    String(row.seq),
    row.at,
    row.actionName,
    row.outcome,
    row.userId ?? '',
    row.role ?? '',
    row.target?.kind ?? '',
    row.target?.id ?? '',
    changes,
    row.address ?? '',
    row.requestId ?? '',
    row.hash ?? '',
  ];
  return `${cells.map((cell) => toCsvText(cell)).join(',')}\r\n`;
}

function show(value: unknown): string {
  return value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
}
