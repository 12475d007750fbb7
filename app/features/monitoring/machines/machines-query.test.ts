import { expect, it } from 'vitest';
import { BY_NUMBER } from '#app/features/sites/machines/machine-order.ts';
import { readMachinesQuery, toMachinesParams } from './machines-query.ts';

const SITE = '11111111-1111-4111-8111-111111111111';

it('takes empty fields of the form as no filter', () => {
  const read = readMachinesQuery(new URLSearchParams('q=&siteId=&status=&after=&sort='));
  expect(read).toEqual({ texts: {}, filter: {}, sort: BY_NUMBER, after: '', isFaulty: false });
});

it('reads what the page writes into its links', () => {
  const texts = { q: 'JYZZ 12', siteId: SITE, status: 'active' };
  const sort = { field: 'hashrateThs', isDescending: true } as const;
  expect(readMachinesQuery(new URLSearchParams(toMachinesParams(texts, sort, 'a-page')))).toEqual({
    texts,
    filter: { q: 'JYZZ 12', siteId: SITE, status: ['active'] },
    sort,
    after: 'a-page',
    isFaulty: false,
  });
  expect(toMachinesParams({}, BY_NUMBER)).toBe('');
});

it('filters by nothing at all where the address cannot be read, and says so', () => {
  expect(readMachinesQuery(new URLSearchParams('siteId=here'))).toMatchObject({ filter: {}, isFaulty: true });
  expect(readMachinesQuery(new URLSearchParams('sort=worker'))).toMatchObject({ sort: BY_NUMBER, isFaulty: true });
});
