/** What the rules look at of one reading, in one flat shape, so that a stored sample can be judged like a fresh one. Pure. */
import type { SampleFigures } from '#app/features/telemetry/store/sample-figures.ts';
import type { Announcement, Observation, SampleTrouble } from '#app/features/telemetry/store/sample-state.ts';

/** The part of telemetry's sample that rules need; its `Sample` has all of it. */
export type JudgedSample = Omit<SampleFigures, 'powerW' | 'inletTemperatureC'> & { atS: number; observation: number; trouble: number };

/** Null: not reported, or not kept in the history. */
export type Facts = Omit<JudgedSample, 'observation' | 'trouble'> & {
  observation: Observation;
  trouble: SampleTrouble;
  /** Boards that the firmware says do not work, or that stand at zero while another hashes. */
  boardsDead: number | null;
  /** Chips that the boards should have, of boards that tell both figures. */
  chipsMissing: number | null;
  mode: string | null;
  firmware: string | null;
  /** Host of the pool that is mined on, without port. */
  poolHost: string | null;
  /** Hosts of every pool that it is set up for, the firmware maker's own excepted. */
  poolHosts: readonly string[];
  /** Hash rate that the firmware aims at as it is set, TH/s. */
  targetThs: number | null;
  worker: string | null;
  clockSkewS: number | null;
  /** Of a sample of the history: what had been announced then. Null: as the machine stands now. */
  announced: Announcement | null;
};

/** `stratum+tcp://Btc.Pool.example:3333/x` as `btc.pool.example`. Null for an empty address. */
export function toPoolHost(url: string): string | null {
  const host = url
    .trim()
    .toLowerCase()
    .replace(/^[a-z0-9+.-]+:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '');
  return host === '' ? null : host;
}
