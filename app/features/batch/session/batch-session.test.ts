/** A list from file to figures as the page drives it, with the real reader and the real engine. */
import { describe, expect, it } from 'vitest';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { SCENARIO } from '../computing/computing.fixture.ts';
import { FIRST_QUERY } from '../computing/order-rows.ts';
import { sourceOfBytes } from '../reading/file-source.ts';
import { NO_CHOICES } from '../rows/read-batch.ts';
import { createBatchSession, type Progress } from './batch-session.ts';
import { toEdits } from './error-groups.ts';

const LIST = [
  'Rack,Model,Qty,Electricity ($/kWh),Price ($)',
  'A,S19j Pro,10,0.05,900',
  'A,S19j Pro,x,0.05,900',
  'B,S19j Pro,x,0.06,900',
  'B,S21,5,,3000',
  'B,Nothing 1000,5,0.05,3000',
].join('\n');

async function openList(list = LIST) {
  const seen: Progress[] = [];
  const session = createBatchSession(
    () => loadBuild('simd'),
    (progress) => seen.push(progress),
  );
  const opened = await session.open(sourceOfBytes(new TextEncoder().encode(list), 'list.csv'), {}, 7);
  if (opened.kind !== 'opened') throw new Error(opened.code);
  const request = { mapping: opened.mapping, choices: NO_CHOICES, cnyPerUsd: 7, hasPowerPrice: true };
  return { session, opened, request, seen };
}

async function readList(list = LIST) {
  const open = await openList(list);
  const answer = await open.session.read(open.request);
  if (answer.kind !== 'read') throw new Error(answer.kind);
  return { ...open, answer };
}

describe('a list in work', () => {
  it('gathers the same mistakes into one thing to correct, and is read again with it', async () => {
    const { session, request, answer } = await readList();
    expect(answer.ledger).toMatchObject({ rowsIn: 5, rowsOk: 2, rowsInError: 3 });
    expect(answer.errorGroups.map(({ example, rows }) => [example.code, rows])).toEqual([
      ['not_a_number', [3, 4]],
      ['model_unknown', [6]],
    ]);
    expect(answer.rowsWithoutPowerPrice).toBe(1);
    expect(answer.matchConfidence).toEqual({ 'Antminer S19j Pro': 0.98, 'Antminer S21': 0.98 });
    const edits = toEdits(answer.errorGroups[0]!, '12');
    const again = await session.read({ ...request, choices: { ...NO_CHOICES, edits } });
    expect(again).toMatchObject({ kind: 'read', ledger: { rowsOk: 4, rowsInError: 1 } });
  });

  it('shows both sides of a hosting contract for rows that name what the client pays', async () => {
    const { session } = await readList('Model,Qty,Electricity ($/kWh),Client power ($/kWh)\nS21,10,0.05,0.07\nS21,5,0.05,\n');
    const computed = session.compute(SCENARIO, true);
    if (computed.kind !== 'computed') throw new Error('refused');
    expect(computed.hosted).toMatchObject({ rows: 1, machines: 10 });
    const { hosted } = session.row(0);
    expect(hosted).toMatchObject({ clientPowerUsdPerKwh: 0.07, hostNetUsdPerDay: computed.hosted!.hostNetUsdPerDay });
    expect(hosted!.hostNetUsdPerDay).toBeGreaterThan(0);
    expect(session.row(1).hosted).toBeNull();
  });

  it('shows rows with the scenario of the moment, in the order asked for', async () => {
    const { session } = await readList();
    const first = session.compute(SCENARIO, true);
    if (first.kind !== 'computed') throw new Error('refused');
    expect(first.summary.machines).toBe(15);
    expect(session.order({ ...FIRST_QUERY, sort: 'hashrateThs', descending: true })).toBe(2);
    expect(session.rows(0, 10).map(({ row, machine, powerUsdPerKwh }) => [row, machine, powerUsdPerKwh])).toEqual([
      [5, 'Antminer S21', 0.05],
      [2, 'Antminer S19j Pro', 0.05],
    ]);
    session.compute({ ...SCENARIO, defaults: { ...SCENARIO.defaults, powerUsdPerKwh: 0.09 } }, false);
    expect(session.rows(0, 1)[0]).toMatchObject({ row: 5, powerUsdPerKwh: 0.09, irrRatioPerYear: null });
    expect(session.order({ ...FIRST_QUERY, search: 'antminer s21' })).toBe(1);
  });

  it('groups by a column of the file and by what the catalogue knows', async () => {
    const { session } = await readList();
    session.compute(SCENARIO, false);
    expect(session.group(0).groups.map(({ key, machines }) => [key, machines])).toEqual([
      ['A', 10],
      ['B', 5],
    ]);
    expect(session.group('maker').groups).toMatchObject([{ key: 'Bitmain', machines: 15 }]);
  });

  it('opens a row with everything the file says of it', async () => {
    const { session } = await readList();
    session.compute(SCENARIO, true);
    const [shown] = session.rows(0, 1);
    expect(session.row(shown!.index).cells.slice(0, 2)).toEqual([
      { header: 'Rack', text: 'A' },
      { header: 'Model', text: 'S19j Pro' },
    ]);
  });

  it('gives the file back with its problems', async () => {
    const { session } = await readList();
    const blob = await session.exportFile({ edits: [], problemHeader: 'Problem', only: 'problems', problems: [[3, 'x is no number']] });
    expect((await blob.text()).replace('\ufeff', '').split('\r\n')[1]).toBe('A,S19j Pro,x,0.05,900,x is no number');
  });

  it('stops reading when asked to, and the rows read before stay', async () => {
    const { session, request } = await readList();
    session.compute(SCENARIO, true);
    const reading = session.read(request);
    session.cancel();
    expect(await reading).toEqual({ kind: 'cancelled' });
    expect(session.rows(0, 10)).toHaveLength(2);
  });

  it('tells how far the file has been read', { timeout: 30_000 }, async () => {
    const { seen } = await readList(`Model,Electricity\n${'S19,0.05\n'.repeat(60_000)}`);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toEqual({ rows: 60_000, ratio: 1 });
  });
});
