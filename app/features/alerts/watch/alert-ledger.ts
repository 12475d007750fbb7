/** The alerts of one site, open and lately ended, and what happened to them. Knows no rules and no readings: who joins, leaves and why is decided by the watch. */
import type { Evidence } from '../rules/checks.ts';
import { findRule, type RuleId, raise, type Severity } from '../rules/rule-table.ts';
import { type Group, MIN_MEMBERS } from './common-cause.ts';
import { type AlertChange, isAbout, type Resolution, type SiteAlert } from './site-alert.ts';
import type { Trouble } from './trouble.ts';

/** A common alert that goes on growing is told again, at most as often as this. */
const GROWTH_PAUSE_S = 900;

/** A trouble, the alert it is told by, and when a reading last told anything about it. */
export type Held = Trouble & { alertId: string | null; judgedAtS: number };

/** One machine that joins. */
export type Joining = { machine: number; held: Held; evidence: Evidence; atS: number };

export class AlertLedger {
  readonly #alerts = new Map<string, SiteAlert>();
  #changes: AlertChange[] = [];

  constructor(private readonly newId: () => string) {}

  restore(alerts: readonly SiteAlert[]): void {
    for (const alert of alerts) this.#alerts.set(alert.id, alert);
  }

  /** What has happened since the last call. */
  drain(): AlertChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  get open(): SiteAlert[] {
    return [...this.#alerts.values()].filter(({ resolvedAtS }) => resolvedAtS === null);
  }

  find(id: string | null): SiteAlert | undefined {
    return id === null ? undefined : this.#alerts.get(id);
  }

  isIn({ alertId }: Held, machine: number): boolean {
    return this.find(alertId)?.members.has(machine) ?? false;
  }

  /** Open alerts of the rule about one of these groups, in the order in which they opened. */
  *around(rule: RuleId, groups: readonly Group[]): Generator<{ alert: SiteAlert; group: Group }> {
    for (const alert of this.#alerts.values()) {
      if (alert.resolvedAtS !== null || alert.rule !== rule || alert.scope === 'machine') continue;
      const group = groups.find((one) => isAbout(alert, one));
      if (group !== undefined) yield { alert, group };
    }
  }

  /** `toldMachines`: as many as had failed when it was told. */
  begin(
    rule: RuleId,
    about: Group | { scope: 'machine'; key: string },
    { severity, toldMachines }: { severity: Severity; toldMachines: number },
    first: Joining,
  ): SiteAlert {
    const { atS, evidence } = first;
    const alert: SiteAlert = {
      id: this.newId(),
      rule,
      severity,
      scope: about.scope,
      scopeKey: about.key,
      openedAtS: atS,
      resolvedAtS: null,
      occurrences: 1,
      members: new Set(),
      toldMachines,
      toldAtS: atS,
    };
    this.#alerts.set(alert.id, alert);
    this.#changes.push({ kind: 'opened', atS, alert, evidence });
    this.join(alert, first);
    return alert;
  }

  join(alert: SiteAlert, { machine, held, evidence, atS }: Joining): void {
    held.alertId = alert.id;
    alert.members.add(machine);
    this.#changes.push({ kind: 'joined', atS, alert, machine, sinceS: held.badSinceS, openings: held.openings, evidence });
  }

  reopen(alert: SiteAlert, again: Joining): void {
    alert.resolvedAtS = null;
    alert.occurrences += 1;
    this.#changes.push({ kind: 'reopened', atS: again.atS, alert });
    this.join(alert, again);
  }

  raise({ alertId }: Held, usual: Severity, atS: number): void {
    const alert = this.find(alertId);
    const severity = raise(usual);
    if (alert === undefined || alert.severity <= severity) return;
    const from = alert.severity;
    alert.severity = severity;
    this.#changes.push({ kind: 'raised', atS, alert, from });
  }

  /** `returnS`: for so long the alert of a single machine that recovered may go on again. */
  leave(machine: number, alertId: string | null, because: Resolution, atS: number, returnS: number): void {
    const alert = this.find(alertId);
    if (alert === undefined || !alert.members.delete(machine)) return;
    this.#changes.push({ kind: 'left', atS, alert, machine, because });
    alert.toldMachines = Math.min(alert.toldMachines, Math.max(1, alert.members.size));
    if (alert.members.size > 0 || alert.resolvedAtS !== null) return;
    alert.resolvedAtS = atS;
    const mayReturn = alert.scope === 'machine' && because === 'recovered';
    this.#changes.push({ kind: 'resolved', atS, alert, because, tellAtS: mayReturn ? atS + returnS : atS });
  }

  /** What has spread by as many as make a group is told again. */
  tellGrown(nowS: number): void {
    for (const alert of this.#alerts.values()) {
      const { rule, members, scope, resolvedAtS, toldMachines, toldAtS } = alert;
      if (scope === 'machine' || resolvedAtS !== null || findRule(rule).isOfSite) continue;
      if (members.size < toldMachines + MIN_MEMBERS || nowS - toldAtS < GROWTH_PAUSE_S) continue;
      alert.toldMachines = members.size;
      alert.toldAtS = nowS;
      this.#changes.push({ kind: 'grown', atS: nowS, alert, machines: members.size });
    }
  }

  /** Ended alerts are kept for as long as their machines may come back to them. */
  forget(atS: number, keptS: number): void {
    for (const [id, { resolvedAtS }] of this.#alerts) if (resolvedAtS !== null && atS - resolvedAtS > keptS) this.#alerts.delete(id);
  }
}
