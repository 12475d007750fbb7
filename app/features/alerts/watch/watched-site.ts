/** The machines of a site as a watch holds them: what each is, what is known and remembered of it, and how many stand in each of their groups. */
import type { MachineStatus } from '#app/features/sites/machines/machine-fields.ts';
import { WARM_UP_S } from '../rules/checks.ts';
import type { Facts } from '../rules/facts.ts';
import { forgetStarts, type Memory, newMemory } from '../rules/memory.ts';
import type { RuleId } from '../rules/rule-table.ts';
import type { Held } from './alert-ledger.ts';
import { type Group, toGroupId } from './common-cause.ts';

/** A machine as the watch needs it. */
export type WatchedMachine = {
  id: string;
  number: number;
  status: MachineStatus;
  model: string | null;
  ratedHashrateThs: number | null;
  worker: string | null;
  /** Without one nobody can ask it. */
  hasAddress: boolean;
  /** Where it stands and hangs, from wide to narrow. */
  groups: readonly Group[];
};

export type Entry = {
  machine: WatchedMachine;
  memory: Memory;
  facts: Facts | null;
  /** Last reading, failed or not, whoever took it; null: never. */
  heardAtS: number | null;
  /** Last reading that was judged here; null: none. */
  judgedAtS: number | null;
  /** After maintenance or curtailment the hash rate may take its time. */
  quietUntilS: number;
  troubles: Map<RuleId, Held>;
};

/** Whether it answered when it was last asked; null: not known here. */
export const hasAnswered = ({ facts }: Entry): boolean | null => (facts === null ? null : facts.trouble === 'none');

export class WatchedSite {
  readonly entries = new Map<number, Entry>();
  /** Active machines by group. */
  readonly groupSizes = new Map<string, number>();

  /** The machines as they stand now. `leave` is told of those that are not named any more, before they are forgotten. */
  set(machines: readonly WatchedMachine[], atS: number, leave: (entry: Entry) => void): void {
    const named = new Set(machines.map(({ number }) => number));
    for (const entry of [...this.entries.values()]) {
      if (named.has(entry.machine.number)) continue;
      leave(entry);
      this.entries.delete(entry.machine.number);
    }
    this.groupSizes.clear();
    for (const machine of machines) {
      this.#put(machine, atS);
      if (machine.status !== 'active') continue;
      for (const group of machine.groups) this.groupSizes.set(toGroupId(group), (this.groupSizes.get(toGroupId(group)) ?? 0) + 1);
    }
  }

  #put(machine: WatchedMachine, atS: number): void {
    const entry = this.entries.get(machine.number);
    if (entry === undefined) {
      this.entries.set(machine.number, {
        machine,
        memory: newMemory(),
        facts: null,
        heardAtS: null,
        judgedAtS: null,
        quietUntilS: 0,
        troubles: new Map(),
      });
      return;
    }
    if (entry.machine.status !== 'active' && machine.status === 'active') {
      entry.quietUntilS = atS + WARM_UP_S;
      forgetStarts(entry.memory);
    }
    entry.machine = machine;
  }
}
