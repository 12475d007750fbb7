/** What nobody hears of any more: single machines while others are heard, or the whole site. No data is not down: while nobody reads the site, nothing is known of its machines. */
import { toPatienceS } from '#app/features/telemetry/layers.ts';
import type { RuleId } from '../rules/rule-table.ts';
import { type ActiveRule, type ActiveRules, OFF_S } from './active-rules.ts';
import type { AlertLedger } from './alert-ledger.ts';
import { Hearing } from './hearing.ts';
import { NO_EVIDENCE, type OpenTroubles } from './open-troubles.ts';
import { type Entry, hasAnswered, type WatchedSite } from './watched-site.ts';

export class MissingMachines {
  #hearing = new Hearing();

  constructor(
    private readonly site: WatchedSite,
    private readonly rules: ActiveRules,
    private readonly ledger: AlertLedger,
    private readonly troubles: OpenTroubles,
    private readonly cadenceS: number,
  ) {}

  /** From here on it is looked at; later calls change nothing. */
  begin(atS: number): void {
    this.#hearing.begin(atS);
  }

  /** What a watch of the same site had heard. */
  takeOver(former: MissingMachines): void {
    this.#hearing = former.#hearing;
  }

  /** A machine was asked at this time, whoever did it. */
  hear(entry: Entry, heardAtS: number): void {
    entry.heardAtS = heardAtS;
    this.#hearing.hear(heardAtS, this.#patienceS('not-read', true));
  }

  look(nowS: number): void {
    if (this.#hearing.isUnread(nowS, this.#patienceS('not-read', this.#anyAnswered()))) this.#stepUnread(nowS);
    else this.#stepUnheard(nowS);
  }

  /** The site is read again, whatever its machines say. */
  readAgain(atS: number): void {
    const isOpen = this.ledger.open.some(({ rule }) => rule === 'not-read');
    if (!isOpen) return;
    for (const entry of this.site.entries.values())
      if (entry.troubles.has('not-read')) this.troubles.drop(entry, 'not-read', 'recovered', atS);
  }

  /** Without a reading for longer than this something is wrong with the reading. A machine that did not answer is asked less and less often, and needs more patience. */
  #patienceS(id: RuleId, answered: boolean | null): number {
    const holdS = this.rules.find(id)?.settings.timing.holdS ?? OFF_S;
    return Math.max(holdS, toPatienceS(this.cadenceS, answered));
  }

  /** Whether any machine answered when it was last asked; null: of none is that known. */
  #anyAnswered(): boolean | null {
    let any: boolean | null = null;
    for (const entry of this.site.entries.values()) {
      const answered = hasAnswered(entry);
      if (answered === true) return true;
      any ??= answered;
    }
    return any;
  }

  #stepUnread(nowS: number): void {
    const rule = this.rules.find('not-read');
    if (rule === undefined) return;
    for (const entry of this.site.entries.values()) {
      const { machine, heardAtS } = entry;
      if (machine.status === 'active' && machine.hasAddress && heardAtS !== null) this.#overdue(entry, rule, nowS, heardAtS);
    }
  }

  #stepUnheard(nowS: number): void {
    const rule = this.rules.find('offline');
    if (rule === undefined) return;
    const couldHearSinceS = this.#hearing.couldHearSinceS(nowS);
    const patienceS = { answered: this.#patienceS('offline', true), silent: this.#patienceS('offline', false) };
    for (const entry of this.site.entries.values()) {
      const { machine, heardAtS } = entry;
      if (machine.status !== 'active' || !machine.hasAddress || heardAtS === null) continue;
      const mostS = hasAnswered(entry) === true ? patienceS.answered : patienceS.silent;
      if (nowS - Math.max(heardAtS, couldHearSinceS) > mostS) this.#overdue(entry, rule, nowS, heardAtS);
    }
  }

  /** Each look is one more at which nothing had come: as many as the rule asks for have been missed by now. */
  #overdue(entry: Entry, rule: ActiveRule, nowS: number, heardAtS: number): void {
    const { timing } = rule.settings;
    if (entry.troubles.get(rule.id)?.phase === 'open') return;
    for (let look = 0; look < timing.badSamples; look += 1) this.troubles.step(entry, rule, 'bad', nowS, NO_EVIDENCE, heardAtS);
  }
}
