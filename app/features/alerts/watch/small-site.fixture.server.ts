/** A site in memory whose machines say what a test has them say, minute after minute. */
import type { Facts } from '../rules/facts.ts';
import { mergeSettings, type RuleChange } from '../rules/rule-settings.ts';
import { RULE_IDS, type RuleId } from '../rules/rule-table.ts';
import type { RuleBook } from './active-rules.ts';
import type { AlertChange } from './site-alert.ts';
import { SiteWatch } from './site-watch.ts';
import type { WatchedMachine } from './watched-site.ts';

export const BEGIN_S = 1_767_225_600;

/** A machine of 100 TH/s in order. */
export const wellAt = (atS: number, figures: Partial<Facts> = {}): Facts => ({
  atS,
  trouble: 'none',
  observation: 'hashing',
  hashrateThs: 100,
  acceptedShares: null,
  rejectedShares: null,
  hardwareErrors: null,
  uptimeS: 100_000 + atS - BEGIN_S,
  chipTemperatureC: 70,
  boardTemperatureC: 60,
  fanRpm: 5_000,
  boardsAlive: 3,
  chips: 300,
  boardsDead: 0,
  chipsMissing: null,
  mode: null,
  firmware: null,
  poolHost: null,
  poolHosts: [],
  targetThs: null,
  worker: null,
  clockSkewS: null,
  announced: null,
  ...figures,
});

const NOTHING_SAID: Partial<Facts> = {
  observation: 'failed',
  hashrateThs: null,
  uptimeS: null,
  chipTemperatureC: null,
  boardTemperatureC: null,
  fanRpm: null,
  boardsAlive: null,
  chips: null,
  boardsDead: null,
};
export const silentAt = (atS: number): Facts => wellAt(atS, { ...NOTHING_SAID, trouble: 'silent' });

/** Machines by number, 50 in a rack. */
export const listSmallSite = (machines: number): WatchedMachine[] =>
  Array.from({ length: machines }, (_, number) => ({
    id: `machine ${number}`,
    number,
    status: 'active' as const,
    model: 'S19',
    ratedHashrateThs: 100,
    worker: null,
    hasAddress: true,
    groups: [
      { scope: 'site' as const, key: '1' },
      { scope: 'rack' as const, key: `rack ${Math.floor(number / 50)}` },
    ],
  }));

/** The rules named, as they come or changed; without names all of them. */
export const toBook = (changes?: Partial<Record<RuleId, RuleChange>>): RuleBook =>
  Object.fromEntries(
    RULE_IDS.map((id) => [id, mergeSettings(id, changes === undefined ? {} : (changes[id] ?? { isEnabled: false }))]),
  ) as RuleBook;

/** `12 opened offline site 1`, with the minute since the begin; members that come and go are left out. */
export function sayChange({ kind, alert, atS, ...rest }: AlertChange): string {
  const because = 'because' in rest ? ` (${rest.because})` : '';
  return `${Math.floor((atS - BEGIN_S) / 60)} ${kind} ${alert.rule} ${alert.scope} ${alert.scopeKey}${because}`;
}

export class SmallSite {
  atS = BEGIN_S;
  watch: SiteWatch;
  readonly told: string[] = [];
  #last = 0;

  constructor(
    readonly machines: WatchedMachine[],
    readonly book: RuleBook,
  ) {
    this.watch = this.newWatch();
  }

  newWatch(): SiteWatch {
    const newId = () => {
      this.#last += 1;
      return String(this.#last);
    };
    const watch = new SiteWatch({ site: 1, cadenceS: 60, newId });
    watch.setRules(this.book, this.atS);
    watch.setMachines(this.machines, this.atS);
    return watch;
  }

  /** Every machine once a minute; null: it was not asked. Gives what was told in these minutes. */
  live(minutes: number, say: (machine: number, atS: number) => Facts | null, sweeps = true): string[] {
    const before = this.told.length;
    for (let minute = 0; minute < minutes; minute += 1) {
      this.atS += 60;
      this.watch.take(
        this.machines.flatMap(({ number }) => {
          const facts = say(number, this.atS);
          return facts === null ? [] : [{ machine: number, facts }];
        }),
      );
      if (sweeps) this.watch.tick(this.atS);
      this.tell();
    }
    return this.told.slice(before);
  }

  tell(): void {
    for (const change of this.watch.drain()) if (change.kind !== 'joined' && change.kind !== 'left') this.told.push(sayChange(change));
  }
}
