import { expect, it } from 'vitest';
import { listSmallSite, SmallSite, silentAt, toBook, wellAt } from './small-site.fixture.server.ts';

const down = (isDown: (machine: number) => boolean) => (machine: number, atS: number) => (isDown(machine) ? silentAt(atS) : wellAt(atS));

it('a common alert that one machine keeps open takes in nothing that fails later elsewhere', () => {
  const site = new SmallSite(listSmallSite(300), toBook({ offline: {} }));
  site.live(2, wellAtAll);
  expect(
    site.live(
      10,
      down(() => true),
    ),
  ).toEqual(['8 opened offline site 1']);
  site.live(
    60,
    down((machine) => machine === 7),
  );
  // Eight of each of the five other racks: no place of their own.
  const told = site.live(
    10,
    down((machine) => machine === 7 || (machine >= 50 && machine % 50 < 8)),
  );
  expect(told).toHaveLength(40);
  expect(told[0]).toMatch(/^\d+ opened offline machine 50$/);
});

it('a common alert takes in what fails by its cause for as long as it is young, without a word', () => {
  const site = new SmallSite(listSmallSite(100), toBook({ offline: {} }));
  site.live(2, wellAtAll);
  expect(
    site.live(
      8,
      down((machine) => machine < 40),
    ),
  ).toEqual(['8 opened offline rack rack 0']);
  // 41 to 43 follow within minutes.
  expect(
    site.live(
      8,
      down((machine) => machine < 43),
    ),
  ).toEqual([]);
  expect(site.watch.openAlerts.map(({ members }) => members.size)).toEqual([43]);
});

it('a common alert that spreads is told again, a quarter of an hour after it was told last', () => {
  const site = new SmallSite(listSmallSite(100), toBook({ offline: {} }));
  site.live(2, wellAtAll);
  site.live(
    8,
    down((machine) => machine < 31),
  );
  const told = site.live(
    60,
    down((machine) => machine < 40),
  );
  expect(told).toEqual(['23 grown offline rack rack 0']);
  expect(site.watch.openAlerts.map(({ members }) => members.size)).toEqual([40]);
});

function wellAtAll(_machine: number, atS: number) {
  return wellAt(atS);
}
