import { expect, it } from 'vitest';
import { AUDIT_CSV_HEAD, toAuditCsvLine } from './audit-csv.ts';
import type { AuditRow } from './audit-row.ts';

const row: AuditRow = {
  seq: 1,
  at: '2026-05-01T12:00:00.000Z',
  action: 'workspace.rename',
  actionName: 'workspace.rename',
  outcome: 'succeeded',
  userId: 'u1',
  role: 'owner',
  target: null,
  changes: [{ field: 'name', before: 'Old, "best"', after: '=cmd()' }],
  address: null,
  requestId: 'r1',
  hash: 'h',
};

it('has as many cells as heads, and quotes what holds commas and quotes', () => {
  expect(AUDIT_CSV_HEAD.split(',')).toHaveLength(12);
  expect(toAuditCsvLine(row)).toBe(
    '1,2026-05-01T12:00:00.000Z,workspace.rename,succeeded,u1,owner,,,"name: Old, ""best"" -> =cmd()",,r1,h\r\n',
  );
});

it('keeps a spreadsheet from running what somebody typed', () => {
  for (const start of ['=', '+', '-', '@', '\t']) {
    expect(toAuditCsvLine({ ...row, address: `${start}A1` }), start).toContain(`'${start}A1`);
  }
});
