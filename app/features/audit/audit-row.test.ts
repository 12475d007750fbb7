import { describe, expect, it } from 'vitest';
import { type StoredRow, toAuditRow } from './audit-row.ts';

const stored: StoredRow = {
  seq: 7n,
  at: new Date('2026-05-01T12:00:00Z'),
  action: 'member.change-role',
  outcome: 'succeeded',
  userId: 'host-admin',
  hash: 'h',
  body: JSON.stringify({
    actor: { role: 'admin' },
    target: { kind: 'member', id: 'u2' },
    before: { role: 'operator' },
    after: { role: 'accountant', userId: 'u2' },
    address: '192.0.2.7',
    requestId: 'r1',
  }),
};

describe('toAuditRow', () => {
  it('shows whoever reads the whole workspace who did what to whom, from where and what changed', () => {
    expect(toAuditRow(stored, { userId: 'x', reach: 'workspace' })).toEqual({
      seq: 7,
      at: '2026-05-01T12:00:00.000Z',
      action: 'member.change-role',
      actionName: 'member.change-role',
      outcome: 'succeeded',
      userId: 'host-admin',
      role: 'admin',
      target: { kind: 'member', id: 'u2' },
      changes: [
        { field: 'role', before: 'operator', after: 'accountant' },
        { field: 'userId', before: undefined, after: 'u2' },
      ],
      address: '192.0.2.7',
      requestId: 'r1',
      hash: 'h',
    });
  });

  it('shows a client nothing of the host but what was done, when and by which role', () => {
    const row = toAuditRow(stored, { userId: 'client', reach: 'own' });
    const text = JSON.stringify(row);
    for (const hostOnly of ['host-admin', '192.0.2.7', 'accountant', 'r1', 'u2']) expect(text).not.toContain(hostOnly);
    expect(row).toMatchObject({ action: 'member.change-role', role: 'admin', outcome: 'succeeded' });
  });

  it('shows a client its own acts whole', () => {
    expect(toAuditRow({ ...stored, userId: 'client' }, { userId: 'client', reach: 'own' })).toMatchObject({ address: '192.0.2.7' });
  });

  it('keeps the name of an action that is not known any more', () => {
    expect(toAuditRow({ ...stored, action: 'old.act' }, { userId: 'x', reach: 'workspace' })).toMatchObject({
      action: null,
      actionName: 'old.act',
    });
  });
});
