import { describe, expect, it } from 'vitest';
import type { Migration } from './migration-files.ts';
import { compareMigrations } from './migration-state.ts';

const aFile = (name: string, checksum = `sum of ${name}`): Migration => ({ name, sql: 'SELECT 1', checksum });
const aRow = (name: string, { checksum = `sum of ${name}`, isFinished = true } = {}) => ({ name, checksum, isFinished });

describe('compareMigrations', () => {
  it('finds everything applied when files and table agree', () => {
    expect(compareMigrations([aFile('0001'), aFile('0002')], [aRow('0001'), aRow('0002')])).toEqual({ kind: 'applied', count: 2 });
  });

  it('lists what is left to do in order', () => {
    const state = compareMigrations([aFile('0001'), aFile('0002'), aFile('0003')], [aRow('0001')]);
    expect(state).toMatchObject({ kind: 'pending', migrations: [{ name: '0002' }, { name: '0003' }] });
  });

  it.each([
    ['an edited migration', [aFile('0001', 'other')], [aRow('0001')], 'migration 0001 was edited'],
    ['an unfinished migration', [aFile('0001')], [aRow('0001', { isFinished: false })], 'migration 0001 was begun and not finished'],
    ['a migration without its folder', [aFile('0001')], [aRow('0001'), aRow('0002')], 'migration 0002 is recorded in the database'],
    ['a migration inserted before an applied one', [aFile('0001'), aFile('0002')], [aRow('0002')], 'migration 0001 sorts before 0002'],
  ])('refuses %s', (_case, files, rows, reason) => {
    expect(compareMigrations(files, rows)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
  });
});
