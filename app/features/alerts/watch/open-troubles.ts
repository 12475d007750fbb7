/** The troubles of a site's machines and the alerts that they make: alone, or together where many have one cause. */
import type { Evidence, Verdict } from '../rules/checks.ts';
import { type RuleId, raise } from '../rules/rule-table.ts';
import { type ActiveRule, type ActiveRules, OFF_S } from './active-rules.ts';
import type { AlertLedger, Held, Joining } from './alert-ledger.ts';
import { findCommonCause, type Group, isCommon, toGroupId } from './common-cause.ts';
import { isAbout, type Resolution } from './site-alert.ts';
import { advance, findTurn, isRecurring } from './trouble.ts';
import type { Entry, WatchedSite } from './watched-site.ts';

/** For so long a common alert takes in whatever fails around it; later only while its place as a whole is failing. */
const YOUNG_S = 900;

export const NO_EVIDENCE: Evidence = { seen: null, limit: null };

type Opening = { entry: Entry; rule: ActiveRule; held: Held; evidence: Evidence; atS: number };

export class OpenTroubles {
  #openings: Opening[] = [];

  constructor(
    private readonly site: WatchedSite,
    private readonly rules: ActiveRules,
    private readonly ledger: AlertLedger,
  ) {}

  /** What a verdict makes of the trouble; what opens waits for `openAll`. */
  step(entry: Entry, rule: ActiveRule, verdict: Verdict, atS: number, evidence: Evidence, sinceS = atS): void {
    const { timing } = rule.settings;
    const before = entry.troubles.get(rule.id) ?? null;
    const after = advance(before, verdict, atS, timing, sinceS);
    if (after === null) {
      entry.troubles.delete(rule.id);
      return;
    }
    const held: Held = { ...after, alertId: before?.alertId ?? null, judgedAtS: atS };
    entry.troubles.set(rule.id, held);
    const turn = findTurn(before, after, atS, timing);
    if (turn === 'opened' || turn === 'reopened') {
      if (turn === 'opened') held.alertId = null;
      this.#openings.push({ entry, rule, held, evidence, atS });
    } else if (turn === 'resolved') this.#leave(entry, rule.id, held.alertId, 'recovered', atS);
  }

  /** The trouble is forgotten with its past: what was announced is no return of the same fault. */
  drop(entry: Entry, id: RuleId, because: Resolution, atS: number): void {
    const held = entry.troubles.get(id);
    entry.troubles.delete(id);
    if (held?.phase === 'open') this.#leave(entry, id, held.alertId, because, atS);
  }

  /** Alerts of what opened in this go, after all of it is known: only together the openings show what they have in common. */
  openAll(nowS: number): void {
    const openings = this.#openings;
    this.#openings = [];
    const failed = new Map<RuleId, Map<string, number>>();
    for (const opening of openings) {
      const { entry, rule, held, atS } = opening;
      // A group that took it in meanwhile, or a rule that went off.
      if (entry.troubles.get(rule.id) !== held || held.phase !== 'open') continue;
      const former = this.ledger.find(held.alertId);
      if (former !== undefined && former.scope === 'machine') this.ledger.reopen(former, toJoining(opening));
      else if (!this.ledger.isIn(held, entry.machine.number)) {
        const group = rule.isOfSite ? (entry.machine.groups[0] ?? null) : rule.isGrouped ? this.#findGroup(opening, failed) : null;
        const alone = { scope: 'machine', key: String(entry.machine.number) } as const;
        if (group === null) this.ledger.begin(rule.id, alone, { severity: rule.settings.severity, toldMachines: 1 }, toJoining(opening));
        else this.#openGroup(opening, group, failed.get(rule.id)?.get(toGroupId(group)) ?? 0);
      }
      if (isRecurring(held, rule.settings.timing)) this.ledger.raise(held, rule.settings.severity, atS);
    }
    this.ledger.tellGrown(nowS);
    this.ledger.forget(nowS, this.rules.longestCoolDownS);
  }

  /** An open group alert of the machine's surroundings takes it in while it is the same event; else enough must have failed there together. */
  #findGroup({ entry, rule, atS }: Opening, counted: Map<RuleId, Map<string, number>>): Group | null {
    const { groups } = entry.machine;
    let failed = counted.get(rule.id);
    if (failed === undefined) {
      failed = this.#countFailed(rule.id);
      counted.set(rule.id, failed);
    }
    for (const { alert, group } of this.ledger.around(rule.id, groups)) {
      if (atS - alert.openedAtS < YOUNG_S || isCommon(group, failed, this.site.groupSizes)) return group;
    }
    return findCommonCause(groups, failed, this.site.groupSizes);
  }

  /** Machines with this trouble by group, those whose time has not come yet as well: they fail by the same cause. */
  #countFailed(id: RuleId): Map<string, number> {
    const failed = new Map<string, number>();
    for (const { machine, troubles } of this.site.entries.values()) {
      const held = troubles.get(id);
      if (held === undefined || !(held.phase === 'open' || (held.bits & 1) === 1)) continue;
      for (const group of machine.groups) failed.set(toGroupId(group), (failed.get(toGroupId(group)) ?? 0) + 1);
    }
    return failed;
  }

  /** `failedHere`: machines that have failed there by now, those included whose time has not come yet. */
  #openGroup(opening: Opening, group: Group, failedHere: number): void {
    const { entry, rule, atS } = opening;
    const [existing] = this.ledger.around(rule.id, [group]);
    if (existing !== undefined) {
      this.ledger.join(existing.alert, toJoining(opening));
      return;
    }
    // A whole place is graver than one machine of it.
    const severity = rule.isOfSite ? rule.settings.severity : raise(rule.settings.severity);
    const alert = this.ledger.begin(rule.id, group, { severity, toldMachines: failedHere }, toJoining(opening));
    for (const other of this.site.entries.values()) {
      const its = other.troubles.get(rule.id);
      if (other === entry || its?.phase !== 'open' || !other.machine.groups.some((one) => isAbout(alert, one))) continue;
      const former = its.alertId;
      this.ledger.join(alert, { machine: other.machine.number, held: its, evidence: NO_EVIDENCE, atS });
      if (former !== null && former !== alert.id) this.#leave(other, rule.id, former, 'grouped', atS);
    }
  }

  #leave({ machine }: Entry, id: RuleId, alertId: string | null, because: Resolution, atS: number): void {
    this.ledger.leave(machine.number, alertId, because, atS, this.rules.find(id)?.settings.timing.coolDownS ?? OFF_S);
  }
}

const toJoining = ({ entry, held, evidence, atS }: Opening): Joining => ({ machine: entry.machine.number, held, evidence, atS });
