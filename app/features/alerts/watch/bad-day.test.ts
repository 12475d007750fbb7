import { beforeAll, describe, expect, it } from 'vitest';
import { mergeSettings } from '../rules/rule-settings.ts';
import { RULE_IDS } from '../rules/rule-table.ts';
import type { RuleBook } from './active-rules.ts';
import { atHour, CAST, DAY_BEGIN_S, listMachines, MACHINES, readMachine } from './bad-day.fixture.server.ts';
import type { AlertChange } from './site-alert.ts';
import { SiteWatch } from './site-watch.ts';

const book = Object.fromEntries(RULE_IDS.map((id) => [id, mergeSettings(id)])) as RuleBook;

/** `05:03 opened hot-warn machine 5`: what a person would have been told. */
function say({ kind, alert, atS, ...rest }: AlertChange): string {
  const minutes = Math.floor((atS - DAY_BEGIN_S) / 60);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const because = 'because' in rest ? ` (${rest.because})` : '';
  return `${clock} ${kind} ${alert.severity} ${alert.rule} ${alert.scope} ${alert.scopeKey}${because}`;
}

describe('a bad day', () => {
  const told: string[] = [];
  const members = new Map<string, Set<number>>();

  beforeAll(() => {
    let last = 0;
    const newId = () => {
      last += 1;
      return String(last);
    };
    const watch = new SiteWatch({ site: 1, cadenceS: 60, newId });
    watch.setRules(book, DAY_BEGIN_S);
    for (let atS = DAY_BEGIN_S; atS < atHour(24); atS += 60) {
      watch.setMachines(listMachines(atS), atS);
      // As the poller gives them: in slices, not as one.
      for (let first = 0; first < MACHINES; first += 32) {
        const slice = Array.from({ length: 32 }, (_, index) => first + index);
        watch.take(
          slice.flatMap((machine) => {
            const facts = readMachine(machine, atS);
            return facts === null ? [] : [{ machine, facts }];
          }),
        );
      }
      watch.tick(atS);
      for (const change of watch.drain()) {
        if (change.kind === 'joined') members.set(change.alert.id, (members.get(change.alert.id) ?? new Set()).add(change.machine));
        if (change.kind !== 'joined' && change.kind !== 'left') told.push(say(change));
      }
    }
    // A day of 96 machines takes some seconds, more on a busy machine.
  }, 60_000);

  it('is told as what happened, and as nothing else', () => {
    expect(told).toEqual([
      '03:05 opened P0 offline subnet 10.0.1.0/24',
      '03:41 resolved P0 offline subnet 10.0.1.0/24 (recovered)',
      '05:02 opened P2 hot-warn machine 5',
      '05:07 opened P3 hotter-than-peers machine 5',
      '05:31 opened P0 hot-critical machine 5',
      '06:04 resolved P2 hot-warn machine 5 (recovered)',
      '06:04 resolved P0 hot-critical machine 5 (recovered)',
      '06:09 resolved P3 hotter-than-peers machine 5 (recovered)',
      '07:01 opened P1 fan-stopped machine 7',
      '08:02 opened P1 boards-lost machine 11',
      '08:04 resolved P1 fan-stopped machine 7 (recovered)',
      '08:07 opened P2 low-hashrate machine 11',
      '08:07 opened P2 below-baseline machine 11',
      '08:07 opened P3 below-peers machine 11',
      '10:30 opened P3 unknown-state machine 43',
      '11:04 resolved P3 unknown-state machine 43 (recovered)',
      '12:01 opened P0 wrong-pool machine 13',
      '13:01 resolved P0 wrong-pool machine 13 (recovered)',
      '14:03 opened P3 firmware-changed machine 17',
      '15:15 opened P2 rejects machine 29',
      '16:07 opened P3 below-peers machine 31',
      '16:10 opened P2 below-baseline machine 31',
      '16:15 resolved P2 rejects machine 29 (recovered)',
      '17:09 resolved P2 below-baseline machine 31 (recovered)',
      '17:09 resolved P3 below-peers machine 31 (recovered)',
      '21:04 opened P3 clock-skew machine 41',
      '21:34 resolved P3 clock-skew machine 41 (recovered)',
      '22:05 opened P1 not-read site 1',
      '22:30 resolved P1 not-read site 1 (recovered)',
    ]);
  });

  it('has one alert for the 48 machines of the switch', () => {
    expect(
      [...members.values()]
        .map(({ size }) => size)
        .sort((one, other) => other - one)
        .slice(0, 3),
    ).toEqual([MACHINES, 48, 1]);
  });

  it('says nothing of a machine that was silent for two minutes, nor of what was announced', () => {
    expect(told.filter((line) => line.includes(`machine ${CAST.blip}`) || line.includes(`machine ${CAST.maintenance}`))).toEqual([]);
    expect(told.filter((line) => /^(18|19):/.test(line))).toEqual([]);
  });
});
