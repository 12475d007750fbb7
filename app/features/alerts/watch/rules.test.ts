/** Rules whose verdict rests on what came before. */
import { describe, expect, it } from 'vitest';
import { isWorker } from '../rules/checks.ts';
import type { Facts } from '../rules/facts.ts';
import { mergeSettings } from '../rules/rule-settings.ts';
import { BEGIN_S, listSmallSite, SmallSite, toBook, wellAt } from './small-site.fixture.server.ts';

const say = (figures: Partial<Facts>) => (_machine: number, atS: number) => wellAt(atS, figures);
const aMachine = (...[book]: Parameters<typeof toBook>) => new SmallSite(listSmallSite(1), toBook(book));

describe('the usual hash rate', () => {
  it('is another one after it has stood for as long as the rule says', () => {
    const site = aMachine({ 'below-baseline': { numbers: { adoptS: 4 * 3_600 } } });
    site.live(7 * 60, say({ hashrateThs: 104 }));
    expect(site.live(6 * 60, say({ hashrateThs: 84 }))).toEqual([
      '428 opened below-baseline machine 0',
      '661 resolved below-baseline machine 0 (adopted)',
    ]);
    // Still held to the new one.
    expect(site.live(60, say({ hashrateThs: 60 }))).toHaveLength(1);
  });

  it('is one of each mode', () => {
    const site = aMachine({ 'below-baseline': {} });
    site.live(7 * 60, say({ hashrateThs: 104, mode: 'normal' }));
    expect(site.live(7 * 60, say({ hashrateThs: 70, mode: 'low' }))).toEqual([]);
    expect(site.live(60, say({ hashrateThs: 50, mode: 'low' }))).toHaveLength(1);
  });
});

it('firmware and parts that have stood for long enough are the right ones, and their alerts end as that', () => {
  const site = aMachine({ 'firmware-changed': { numbers: { adoptS: 600 } }, 'chips-lost': { numbers: { adoptS: 3_600 } } });
  site.live(10, say({ firmware: 'a', chips: 300 }));
  expect(site.live(120, say({ firmware: 'b', chips: 200 }))).toEqual([
    '11 opened firmware-changed machine 0',
    '13 opened chips-lost machine 0',
    '21 resolved firmware-changed machine 0 (adopted)',
    '71 resolved chips-lost machine 0 (adopted)',
  ]);
});

describe('the pool', () => {
  const own = { poolHosts: ['eu1.pool.example', 'eu2.pool.example'] };

  it('is not wrong when it is the second of the machine’s own list', () => {
    const site = aMachine({ 'wrong-pool': {} });
    site.live(60, say({ ...own, poolHost: 'eu1.pool.example' }));
    expect(site.live(5, say({ ...own, poolHost: 'eu2.pool.example' }))).toEqual([]);
  });

  it('is wrong when it came into the list only now', () => {
    const site = aMachine({ 'wrong-pool': {} });
    site.live(60, say({ ...own, poolHost: 'eu1.pool.example' }));
    expect(site.live(5, say({ poolHosts: ['thief.example', 'eu1.pool.example'], poolHost: 'thief.example' }))).toEqual([
      '62 opened wrong-pool machine 0',
    ]);
  });

  it('is compared by its host, however the list was written', () => {
    const poolHosts = ['stratum+tcp://EU1.pool.example:3333', 'eu2.pool.example:443'];
    expect(mergeSettings('wrong-pool', { poolHosts }).poolHosts).toEqual(own.poolHosts);
    const site = aMachine({ 'wrong-pool': { poolHosts } });
    expect(site.live(10, say({ poolHost: 'eu1.pool.example' }))).toEqual([]);
    expect(site.live(3, say({ poolHost: 'us1.pool.example' }))).toHaveLength(1);
  });
});

describe('a machine that does not come up', () => {
  const book = { 'not-coming-up': {} };

  it('is told when it restarts again and again', () => {
    const site = aMachine(book);
    const looping = (_machine: number, atS: number) => wellAt(atS, { hashrateThs: 0, uptimeS: (atS - BEGIN_S) % 720 });
    expect(site.live(120, looping)).toEqual(['38 opened not-coming-up machine 0']);
  });

  it('is told when its start does not end', () => {
    const site = aMachine(book);
    site.live(10, say({}));
    expect(site.live(120, say({ observation: 'starting', hashrateThs: 0 }))).toEqual(['43 opened not-coming-up machine 0']);
    expect(site.live(10, say({}))).toEqual(['135 resolved not-coming-up machine 0 (recovered)']);
  });

  it('is not one that was restarted once', () => {
    const site = aMachine(book);
    site.live(10, say({}));
    expect(site.live(120, (_machine, atS) => wellAt(atS, { uptimeS: atS - BEGIN_S - 600 }))).toEqual([]);
  });

  it('is given time after maintenance, whatever it did in it', () => {
    const site = aMachine(book);
    const [machine] = site.machines;
    site.watch.setMachines([{ ...machine!, status: 'maintenance' }], site.atS);
    site.live(120, say({ observation: 'starting', hashrateThs: 0 }));
    site.watch.setMachines([machine!], site.atS);
    expect(site.live(20, say({ observation: 'starting', hashrateThs: 0 }))).toEqual([]);
  });
});

describe('a low hash rate', () => {
  it('is held to what the firmware aims at in a lowered mode, and to the rating when it aims higher', () => {
    const site = aMachine({ 'low-hashrate': {} });
    expect(site.live(30, say({ hashrateThs: 75, mode: 'Low', targetThs: 76 }))).toEqual([]);
    expect(site.live(30, say({ hashrateThs: 50, mode: 'Low', targetThs: 76 }))).toHaveLength(1);
    const other = aMachine({ 'low-hashrate': {} });
    expect(other.live(30, say({ hashrateThs: 90, mode: 'High', targetThs: 130 }))).toEqual([]);
    expect(other.live(30, say({ hashrateThs: 75, mode: 'High', targetThs: 130 }))).toHaveLength(1);
  });

  it('is nobody’s to judge in a lowered mode whose aim the firmware does not say', () => {
    expect(aMachine({ 'low-hashrate': {} }).live(30, say({ hashrateThs: 50, mode: 'Low' }))).toEqual([]);
    expect(aMachine({ 'low-hashrate': {} }).live(30, say({ hashrateThs: 50, mode: 'Normal' }))).toHaveLength(1);
  });
});

it('a worker is the same under either separator and in either case', () => {
  for (const worker of ['rig7', 'RIG7', 'acct.rig7', 'acct.RIG7', 'acct_rig7']) expect(isWorker(worker, 'rig7'), worker).toBe(true);
  for (const worker of ['rig77', 'acct.rig8', 'acctrig7', 'rig7.other']) expect(isWorker(worker, 'rig7'), worker).toBe(false);
});
