import { draw } from './draw.ts';

/**
 * What may be wrong with a machine on request:
 * - `dead`: takes no connection and refuses none; who connects waits until his own time-out.
 * - `refused`: nothing listens; connecting fails at once.
 * - `hang`: takes the connection and never answers.
 * - `half`: sends half of the reply and cuts the connection.
 * - `garbled`: the reply is broken beyond repair.
 * - `slow`: a reading takes three seconds longer: the first reply waits, further ones shortly after do not.
 * - `skew`: its clock is wrong by five minutes to three hours.
 * - `fake-success`: says that it did what it was told, and does nothing.
 * - `board`, `fan`: the first hash board is out, the first fan stands still.
 */
export const FAULTS = ['dead', 'refused', 'hang', 'half', 'garbled', 'slow', 'skew', 'fake-success', 'board', 'fan'] as const;
export type Fault = (typeof FAULTS)[number];

/** Share of the farm, 0 to 1, for each fault; a machine has one at most. */
export type FaultShares = Partial<Record<Fault, number>>;

export function isFault(word: string): word is Fault {
  return (FAULTS as readonly string[]).includes(word);
}

/** Reads "dead=0.05,slow=0.02". Throws naming the fault, the value and the range. */
export function parseFaultShares(text: string): FaultShares {
  const shares: FaultShares = {};
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [name = '', value = ''] = part.split('=').map((each) => each.trim());
    if (!isFault(name)) throw new Error(`faults: "${name}" is none of ${FAULTS.join(', ')}.`);
    const share = Number(value);
    if (value === '' || !(share >= 0 && share <= 1)) throw new Error(`faults: ${name} is "${value}"; a share from 0 to 1 is needed.`);
    shares[name] = share;
  }
  const sum = Object.values(shares).reduce((total, share) => total + share, 0);
  if (sum > 1 + 1e-9) throw new Error(`faults: the shares add up to ${sum}; 1 is the most.`);
  return shares;
}

/** Deals faults out: exactly the shares (rounded), on machines drawn by the seed. */
export function dealFaults(miners: number, shares: FaultShares, seed: number): (Fault | null)[] {
  const order = Array.from({ length: miners }, (_, index) => index);
  const place = order.map((index) => draw(seed, 0x7a, index));
  order.sort((a, b) => place[a]! - place[b]! || a - b);
  const dealt: (Fault | null)[] = new Array<Fault | null>(miners).fill(null);
  let next = 0;
  for (const fault of FAULTS) {
    const count = Math.min(Math.round((shares[fault] ?? 0) * miners), miners - next);
    for (const index of order.slice(next, next + count)) dealt[index] = fault;
    next += count;
  }
  return dealt;
}
