import { describe, expect, it } from 'vitest';
import { isDay, readAuditQuery, toAuditParams } from './audit-query.ts';

const read = (search: string) => readAuditQuery(new URLSearchParams(search));
const USER = '00000000-0000-4000-8000-00000000000a';

describe('readAuditQuery', () => {
  it('takes a form with empty fields as no question at all', () => {
    expect(read('action=&outcome=&user=&from=&to=')).toEqual({
      query: { action: null, outcome: null, userId: null, from: null, to: null, before: null, wantsProof: false },
      faults: [],
    });
  });

  it('reads what the page writes into its own links', () => {
    const { query, faults } = read(
      `action=member.change-role&outcome=refused&user=${USER}&from=2026-05-01&to=2026-05-01&before=120&proof=1`,
    );
    expect(faults).toEqual([]);
    expect(query).toEqual({
      action: 'member.change-role',
      outcome: 'refused',
      userId: USER,
      from: '2026-05-01',
      to: '2026-05-01',
      before: 120,
      wantsProof: true,
    });
    expect(toAuditParams(query, { before: '70' })).toBe(
      `action=member.change-role&outcome=refused&user=${USER}&from=2026-05-01&to=2026-05-01&before=70`,
    );
    expect(read('action=session').query.action).toBe('session');
  });

  it('names what it cannot read instead of showing everything', () => {
    const { query, faults } = read('action=rm&outcome=maybe&user=me&from=2026-02-30&to=tomorrow&before=-1');
    expect(faults.map(({ field }) => field)).toEqual(['action', 'outcome', 'user', 'from', 'to', 'before']);
    expect(Object.values(query).every((value) => value === null || value === false)).toBe(true);
    expect(read('from=2026-05-02&to=2026-05-01').faults).toEqual([{ field: 'to', value: '2026-05-01' }]);
  });
});

describe('isDay', () => {
  it('knows the days that there are', () => {
    expect(isDay('2028-02-29')).toBe(true);
    for (const text of ['2027-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '']) expect(isDay(text), text).toBe(false);
  });
});
