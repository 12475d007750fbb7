/** Machines of one site by model, firmware and mode, with what each kind has in common now. */
import { steadyThs, toPeerRatio } from '../rules/checks.ts';
import type { Facts } from '../rules/facts.ts';
import { type PeerSpread, toSpread } from '../rules/peers.ts';
import type { WatchedMachine } from './watched-site.ts';

/** Sorting a fleet for every batch of readings would cost more than it tells. */
const REFRESH_S = 60;
/** A reading older than so many cadences is not of now. */
const FRESH_CADENCES = 3;

export type Peers = { hashrate: PeerSpread | null; temperatureC: PeerSpread | null };
const ALONE: Peers = { hashrate: null, temperatureC: null };

/** Null: a machine of which nobody said the model has no peers. */
const toKey = ({ model }: WatchedMachine, { firmware, mode }: Facts): string | null =>
  model === null ? null : `${model}\n${firmware ?? ''}\n${mode ?? ''}`;

export class PeerGroups {
  #groups = new Map<string, Peers>();
  #refreshedAtS = Number.NEGATIVE_INFINITY;

  refresh(entries: Iterable<{ machine: WatchedMachine; facts: Facts | null }>, nowS: number, cadenceS: number): void {
    if (nowS - this.#refreshedAtS < REFRESH_S) return;
    this.#refreshedAtS = nowS;
    const values = new Map<string, { hashrates: number[]; temperatures: number[] }>();
    for (const { machine, facts } of entries) {
      if (facts === null || machine.status !== 'active' || nowS - facts.atS > FRESH_CADENCES * cadenceS) continue;
      const key = toKey(machine, facts);
      if (key === null || steadyThs(facts) === null) continue;
      const group = values.get(key) ?? { hashrates: [], temperatures: [] };
      values.set(key, group);
      const ratio = toPeerRatio(facts, machine.ratedHashrateThs);
      if (ratio !== null) group.hashrates.push(ratio);
      if (facts.chipTemperatureC !== null) group.temperatures.push(facts.chipTemperatureC);
    }
    this.#groups = new Map();
    for (const [key, { hashrates, temperatures }] of values) {
      this.#groups.set(key, { hashrate: toSpread(hashrates), temperatureC: toSpread(temperatures) });
    }
  }

  of(machine: WatchedMachine, facts: Facts): Peers {
    const key = toKey(machine, facts);
    return key === null ? ALONE : (this.#groups.get(key) ?? ALONE);
  }
}
