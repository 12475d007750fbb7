import { expect, it } from 'vitest';
import { readMachinesQuery, toMachinesParams } from './machines-query.ts';

const SITE = '11111111-1111-4111-8111-111111111111';

it('takes empty fields of the form as no filter', () => {
  expect(readMachinesQuery(new URLSearchParams('q=&siteId=&status=&after='))).toEqual({ texts: {}, filter: {}, after: 0, isFaulty: false });
});

it('reads what the page writes into its links', () => {
  const texts = { q: 'JYZZ 12', siteId: SITE, status: 'active' };
  expect(readMachinesQuery(new URLSearchParams(toMachinesParams(texts, 200)))).toEqual({
    texts,
    filter: { q: 'JYZZ 12', siteId: SITE, status: ['active'] },
    after: 200,
    isFaulty: false,
  });
});

it('filters by nothing at all where the address cannot be read, and says so', () => {
  expect(readMachinesQuery(new URLSearchParams('siteId=here'))).toMatchObject({ filter: {}, isFaulty: true });
});
