/** The rules that are on at a site, and of which machines and readings they do not speak. */
import type { MachineStatus } from '#app/features/sites/machines/machine-fields.ts';
import { CHECKS, type Check } from '../rules/checks.ts';
import type { RuleSettings } from '../rules/rule-settings.ts';
import { findRule, RULE_IDS, type RuleId } from '../rules/rule-table.ts';

export type RuleBook = Readonly<Record<RuleId, RuleSettings>>;
export type ActiveRule = {
  id: RuleId;
  check: Check;
  settings: RuleSettings;
  isGrouped: boolean;
  isOfSite: boolean;
  watchesCurtailed: boolean;
};

/** Seconds that a rule which is off waits, of whatever kind: it holds nothing back. */
export const OFF_S = 0;

/** Rules that a failed reading answers; every other needs what the machine says. */
export const OF_SILENCE: ReadonlySet<RuleId> = new Set(['offline', 'not-read', 'unknown-state']);

/** Rules that a machine which is waking up cannot answer for. */
export const OF_WAKING: ReadonlySet<RuleId> = new Set([
  'zero-hashrate',
  'low-hashrate',
  'below-baseline',
  'below-peers',
  'boards-lost',
  'chips-lost',
]);

export class ActiveRules {
  #list: readonly ActiveRule[] = [];

  get list(): readonly ActiveRule[] {
    return this.#list;
  }

  set(book: RuleBook): void {
    this.#list = RULE_IDS.filter((id) => book[id].isEnabled).map((id) => {
      const { isGrouped, isOfSite, watchesCurtailed } = findRule(id);
      return { id, check: CHECKS[id], settings: book[id], isGrouped, isOfSite, watchesCurtailed };
    });
  }

  /** Undefined: it is off. */
  find(id: RuleId): ActiveRule | undefined {
    return this.#list.find((rule) => rule.id === id);
  }

  get longestCoolDownS(): number {
    return Math.max(0, ...this.#list.map(({ settings }) => settings.timing.coolDownS));
  }
}

/** Whether the rule does not speak of a machine of which this was announced. */
export function isSilenced(status: MachineStatus, { watchesCurtailed }: ActiveRule): boolean {
  if (status === 'active') return false;
  return status === 'curtailed' ? !watchesCurtailed : true;
}
