/** An alert as the watch of a site holds it, and what may happen to it. The rows are written from these. */
import type { Evidence } from '../rules/checks.ts';
import type { RuleId, Severity } from '../rules/rule-table.ts';
import type { AlertScope, Group } from './common-cause.ts';

/**
 * `recovered`: every machine is well again. `maintenance`, `curtailed`: announced since, so it is no fault. `grouped`: it went up in the alert of its common cause.
 * `adopted`: it has stood for so long that it is how the machine is now. `retired`: its machines left. `switched-off`: the rule did. `stale`: for a day nothing was heard that could tell.
 */
export const RESOLUTIONS = ['recovered', 'maintenance', 'curtailed', 'grouped', 'adopted', 'retired', 'switched-off', 'stale'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export type SiteAlert = {
  id: string;
  rule: RuleId;
  severity: Severity;
  scope: AlertScope;
  /** Machine number, id of the place, network or site number. */
  scopeKey: string;
  openedAtS: number;
  resolvedAtS: number | null;
  /** 1, and one more for each return within the cool-down. */
  occurrences: number;
  /** Numbers of the machines that are in it now. */
  members: Set<number>;
  /** Of a common cause: machines that had failed when it was told last, and when that was. */
  toldMachines: number;
  toldAtS: number;
};

/** In the order in which they happened. */
export type AlertChange =
  | { kind: 'opened'; atS: number; alert: SiteAlert; evidence: Evidence }
  | { kind: 'reopened'; atS: number; alert: SiteAlert }
  | { kind: 'grown'; atS: number; alert: SiteAlert; machines: number }
  | { kind: 'raised'; atS: number; alert: SiteAlert; from: Severity }
  | { kind: 'joined'; atS: number; alert: SiteAlert; machine: number; sinceS: number; openings: readonly number[]; evidence: Evidence }
  | { kind: 'left'; atS: number; alert: SiteAlert; machine: number; because: Resolution }
  /** `tellAtS`: until then the same alert may go on, and nobody is told that it was over. */
  | { kind: 'resolved'; atS: number; alert: SiteAlert; because: Resolution; tellAtS: number };

export const isAbout = ({ scope, scopeKey }: SiteAlert, group: Group): boolean => scope === group.scope && scopeKey === group.key;
