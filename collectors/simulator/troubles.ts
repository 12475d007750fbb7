import { draw } from './draw.ts';
import type { SimulatedUnit } from './unit.ts';

export const DAY_S = 86_400;

/**
 * What may go wrong with a machine on one of its days: `board`, a hash board drops out; `chips`, three in ten chips of a board stop answering;
 * `fan`, a fan stands still; `restart`, the mining process begins anew. Somebody has mended it by midnight UTC.
 */
export type Trouble = {
  kind: 'board' | 'chips' | 'fan' | 'restart';
  /** Which board or fan, from 0. */
  part: number;
  fromS: number;
  toS: number;
};

/** Share of a board's hash rate that goes with its chips. */
export const CHIPS_LOST_RATIO = 0.3;
/** Share of hash rate that a machine with a fan too few gives up. */
const FAN_LOSS_RATIO = 0.03;

const CHANNEL = { happens: 31, kind: 32, part: 33, from: 34 } as const;

/** Trouble of the given day (days since 1970), or null: most days nothing happens. At most one a day. */
export function troubleOfDay(unit: SimulatedUnit, day: number, troublesPerDay: number): Trouble | null {
  if (draw(unit.seed, CHANNEL.happens, day) >= troublesPerDay) return null;
  const sort = draw(unit.seed, CHANNEL.kind, day);
  const kind = sort < 0.35 ? 'board' : sort < 0.65 ? 'chips' : sort < 0.85 ? 'fan' : 'restart';
  const parts = kind === 'fan' ? unit.model.fans : unit.model.boards;
  return {
    kind,
    part: Math.floor(draw(unit.seed, CHANNEL.part, day) * parts),
    fromS: (day + 0.9 * draw(unit.seed, CHANNEL.from, day)) * DAY_S,
    toS: (day + 1) * DAY_S,
  };
}

/** Share of the machine's hash rate that is gone while the trouble lasts. */
export function lostShare(unit: SimulatedUnit, trouble: Pick<Trouble, 'kind'>): number {
  switch (trouble.kind) {
    case 'board':
      return 1 / unit.model.boards;
    case 'chips':
      return CHIPS_LOST_RATIO / unit.model.boards;
    case 'fan':
      return FAN_LOSS_RATIO;
    case 'restart':
      return 0;
  }
}
