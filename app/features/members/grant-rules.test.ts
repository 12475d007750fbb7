import { describe, expect, it } from 'vitest';
import { readGrant, readNamedGrant } from './grant-rules.ts';

const ID = '3f0e6a52-9d1c-4b7e-8a43-1c2d3e4f5a6b';

describe('readNamedGrant', () => {
  it('takes a kind and a name, without the blanks around it', () => {
    expect(readNamedGrant('site', ' 北方一号 ')).toEqual({ kind: 'site', name: '北方一号' });
  });

  it.each([
    ['workspace', 'North'],
    ['client', '  '],
  ])('takes nothing else: %s “%s”', (kind, name) => {
    expect(readNamedGrant(kind, name)).toBeNull();
  });
});

describe('readGrant', () => {
  it('takes the number of a site or a client, however it was pasted', () => {
    expect(readGrant('site', ID)).toEqual({ kind: 'site', id: ID });
    expect(readGrant('client', ` ${ID.toUpperCase()} `)).toEqual({ kind: 'client', id: ID });
  });

  it.each([
    ['workspace', ID],
    ['__proto__', ID],
    ['', ID],
    ['site', ''],
    ['site', `${ID}0`],
    ['site', `${ID}' OR true`],
  ])('takes nothing else: %s %s', (kind, id) => {
    expect(readGrant(kind, id)).toBeNull();
  });
});
