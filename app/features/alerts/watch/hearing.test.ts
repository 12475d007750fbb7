import { describe, expect, it } from 'vitest';
import type { Facts } from '../rules/facts.ts';
import { BEGIN_S, listSmallSite, SmallSite, silentAt, toBook, wellAt } from './small-site.fixture.server.ts';

const DAY_S = 86_400;
const well = (_machine: number, atS: number): Facts => wellAt(atS);
const NOTHING = { alerts: [], troubles: [], memories: [], heard: [] };

describe('an alert that is older than a day', () => {
  const aStoppedFan = {
    ...NOTHING,
    alerts: [
      {
        id: 'a',
        rule: 'fan-stopped' as const,
        severity: 'P1' as const,
        scope: 'machine' as const,
        scopeKey: '0',
        openedAtS: BEGIN_S - 3 * DAY_S,
        resolvedAtS: null,
        occurrences: 1,
        members: new Set([0]),
        toldMachines: 1,
        toldAtS: BEGIN_S - 3 * DAY_S,
      },
    ],
    troubles: [{ machine: 0, rule: 'fan-stopped' as const, alertId: 'a', openedAtS: BEGIN_S - 3 * DAY_S, closedAtS: null, openings: [] }],
    heard: [[0, BEGIN_S - 30]] as [number, number][],
  };

  it('outlives a restart, whose sweep comes before the first readings', () => {
    const site = new SmallSite(listSmallSite(1), toBook({ 'fan-stopped': {} }));
    site.watch.restore(aStoppedFan, BEGIN_S);
    site.watch.tick(BEGIN_S);
    expect(site.live(4, (_machine, atS) => wellAt(atS, { fanRpm: 0 }))).toEqual([]);
    expect(site.watch.openAlerts).toHaveLength(1);
  });

  it('is never over for a process that takes no readings itself', () => {
    const site = new SmallSite(listSmallSite(1), toBook({ 'fan-stopped': {} }));
    site.watch.restore(aStoppedFan, BEGIN_S);
    for (let hour = 0; hour < 48; hour += 1) {
      site.watch.hear([[0, BEGIN_S + hour * 3_600]]);
      site.watch.tick(BEGIN_S + hour * 3_600 + 10);
    }
    expect(site.watch.drain()).toEqual([]);
  });

  it('ends when readings come and for a day none could tell', () => {
    const site = new SmallSite(listSmallSite(1), toBook({ 'fan-stopped': {} }));
    site.watch.restore(aStoppedFan, BEGIN_S);
    expect(site.live(25 * 60, (_machine, atS) => silentAt(atS))).toEqual(['1441 resolved fan-stopped machine 0 (stale)']);
  });
});

describe('a site that is not read', () => {
  const book = toBook({ offline: {}, 'not-read': {} });

  it('is said to be that, and none of its machines to be offline', () => {
    const site = new SmallSite(listSmallSite(100), book);
    site.live(10, well);
    expect(site.live(30, () => null)).toEqual(['16 opened not-read site 1']);
    expect(site.watch.openAlerts.map(({ severity, members }) => [severity, members.size])).toEqual([['P1', 100]]);
    expect(site.live(10, well)).toEqual(['41 resolved not-read site 1 (recovered)']);
  });

  it('is no alert right after a start: nobody had the time to read it', () => {
    const site = new SmallSite(listSmallSite(100), book);
    const heard = site.machines.map(({ number }): [number, number] => [number, BEGIN_S - 600]);
    site.watch.restore({ ...NOTHING, heard }, BEGIN_S);
    site.watch.tick(BEGIN_S);
    expect(site.live(10, well)).toEqual([]);
    expect(site.watch.drain()).toEqual([]);
  });

  it('of three machines is one alert as well', () => {
    const site = new SmallSite(listSmallSite(3), book);
    site.live(10, well);
    expect(site.live(10, () => null)).toEqual(['16 opened not-read site 1']);
  });

  it('leaves the machines their time to be asked when reading goes on', () => {
    const site = new SmallSite(listSmallSite(100), book);
    site.live(10, well);
    site.live(30, () => null);
    expect(site.live(3, (machine, atS) => (machine < 50 ? wellAt(atS) : null))).toEqual(['41 resolved not-read site 1 (recovered)']);
    expect(site.live(10, well)).toEqual([]);
  });
});

describe('a site whose machines are all silent', () => {
  const book = toBook({ offline: {}, 'not-read': {} });
  const silent = (_machine: number, atS: number) => silentAt(atS);
  /** As the poller asks who does not answer: every eighth cycle. */
  const backedOff = (_machine: number, atS: number) => ((atS - BEGIN_S) % 480 === 0 ? silentAt(atS) : null);

  it('is read all the same, however seldom the poller asks', () => {
    const site = new SmallSite(listSmallSite(3), book);
    site.live(10, well);
    expect(site.live(6, silent).filter((line) => line.includes('not-read'))).toEqual([]);
    expect(site.live(60, backedOff).filter((line) => line.includes('not-read'))).toEqual([]);
  });

  it('is not read when nothing comes for longer than the poller may leave a silent machine alone', () => {
    const site = new SmallSite(listSmallSite(3), book);
    site.live(16, silent);
    expect(site.live(9, () => null).filter((line) => line.includes('not-read'))).toEqual([]);
    expect(site.live(5, () => null).filter((line) => line.includes('not-read'))).toEqual(['26 opened not-read site 1']);
  });
});

describe('a machine that is not asked any more', () => {
  const silentOne = (machine: number, atS: number) => (machine === 1 ? null : wellAt(atS));

  it('is offline while the others are heard', () => {
    const site = new SmallSite(listSmallSite(10), toBook({ offline: {}, 'not-read': {} }));
    site.live(10, well);
    expect(site.live(10, silentOne)).toEqual(['16 opened offline machine 1']);
  });

  it('is nothing when it has no address to be asked at', () => {
    const machines = listSmallSite(10).map((machine) => ({ ...machine, hasAddress: machine.number !== 1 }));
    const site = new SmallSite(machines, toBook({ offline: {}, 'not-read': {} }));
    site.live(10, well);
    expect(site.live(60, silentOne)).toEqual([]);
  });
});

describe('readings', () => {
  it('that were stored before they are judged are judged all the same', () => {
    const site = new SmallSite(listSmallSite(1), toBook({ 'hot-critical': {} }));
    const hot = (atS: number) => [{ machine: 0, facts: wellAt(atS, { chipTemperatureC: 110 }) }];
    site.watch.restore({ ...NOTHING, heard: [[0, BEGIN_S + 60]] }, BEGIN_S + 60);
    site.watch.take(hot(BEGIN_S + 60));
    site.watch.hear([[0, BEGIN_S + 120]]);
    site.watch.take(hot(BEGIN_S + 120));
    site.tell();
    expect(site.told).toEqual(['2 opened hot-critical machine 0']);
  });

  it('of several cycles in one batch are judged one after the other', () => {
    const site = new SmallSite(listSmallSite(2), toBook({ 'hot-critical': {} }));
    const readings = [3, 1, 2].flatMap((minute) =>
      [0, 1].map((machine) => ({ machine, facts: wellAt(BEGIN_S + minute * 60, { chipTemperatureC: machine === 0 ? 110 : 70 }) })),
    );
    site.watch.take(readings);
    site.tell();
    expect(site.told).toEqual(['2 opened hot-critical machine 0']);
  });

  it('that another watch of the site had judged go on to count in the one that takes its place', () => {
    const site = new SmallSite(listSmallSite(1), toBook({ 'hot-critical': {}, 'fan-stopped': {} }));
    const bad = (atS: number) => [{ machine: 0, facts: wellAt(atS, { chipTemperatureC: 110 }) }];
    site.watch.take(bad(BEGIN_S + 60));
    const next = site.newWatch();
    next.restore(NOTHING, BEGIN_S + 90);
    next.takeOver(site.watch);
    next.take(bad(BEGIN_S + 120));
    site.watch = next;
    site.tell();
    expect(site.told).toEqual(['2 opened hot-critical machine 0']);
  });
});
