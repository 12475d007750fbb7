import { describe, expect, it } from 'vitest';
import { draw } from '#collectors/simulator/draw.ts';
import type { Verdict } from '../rules/checks.ts';
import type { RuleTiming } from '../rules/rule-table.ts';
import { advance, findTurn, isRecurring, type Trouble } from './trouble.ts';

const TIMING: RuleTiming = {
  badSamples: 2,
  ofSamples: 3,
  holdS: 0,
  clearSamples: 2,
  coolDownS: 600,
  recurrences: 3,
  recurrenceWindowS: 7_200,
};

/** One verdict a minute; gives the turns with their minutes. */
function follow(verdicts: readonly Verdict[], timing = TIMING): string[] {
  let trouble: Trouble | null = null;
  return verdicts.flatMap((verdict, minute) => {
    const after = advance(trouble, verdict, minute * 60, timing);
    const turn = findTurn(trouble, after, minute * 60, timing);
    trouble = after;
    return turn === 'none' ? [] : [`${turn} ${minute}`];
  });
}

const b = 'bad' as const;
const c = 'clear' as const;
const m = 'between' as const;
const u = 'unknown' as const;

describe('a trouble', () => {
  it('opens when enough of the last verdicts are bad, and not for a single one', () => {
    expect(follow([b, c, c, b, c, b])).toEqual(['opened 5']);
  });

  it('waits for as long as the rule holds, from its first bad verdict', () => {
    expect(follow([b, b, b, b, b], { ...TIMING, holdS: 180 })).toEqual(['opened 3']);
  });

  it('ends after enough clear verdicts in a row, which one between the thresholds begins anew', () => {
    expect(follow([b, b, c, m, c, c])).toEqual(['opened 1', 'resolved 5']);
  });

  it('is neither opened nor ended by readings that do not say', () => {
    expect(follow([b, u, u, u, b, u, u, u])).toEqual(['opened 4']);
  });

  it('is the same one again within the cool-down, and another after it', () => {
    const rest = (minutes: number): Verdict[] => Array.from({ length: minutes }, () => c);
    expect(follow([b, b, c, c, b, b])).toEqual(['opened 1', 'resolved 3', 'reopened 5']);
    expect(follow([b, b, c, c, ...rest(10), b, b])).toEqual(['opened 1', 'resolved 3', 'opened 15']);
  });

  it('recurs when it opened often enough within the window', () => {
    let trouble: Trouble | null = null;
    for (const [index, verdict] of [b, b, c, c, b, b, c, c, b, b].entries()) trouble = advance(trouble, verdict, index * 60, TIMING);
    expect(trouble).not.toBeNull();
    expect(isRecurring(trouble!, TIMING)).toBe(true);
    expect(isRecurring({ ...trouble!, openings: trouble!.openings.slice(1) }, TIMING)).toBe(false);
  });

  it('of a machine that is well is nothing at all', () => {
    expect(advance(null, 'clear', 0, TIMING)).toBeNull();
    let trouble = advance(null, 'bad', 0, TIMING);
    for (const atS of [60, 120, 180]) trouble = advance(trouble, 'clear', atS, TIMING);
    expect(trouble).toBeNull();
  });

  it('keeps its promises whatever comes', () => {
    const verdicts: readonly Verdict[] = [b, c, m, u];
    for (let seed = 0; seed < 40; seed += 1) {
      const timing: RuleTiming = {
        ofSamples: 1 + Math.floor(draw(seed, 1) * 16),
        badSamples: 1,
        holdS: Math.floor(draw(seed, 3) * 600),
        clearSamples: 1 + Math.floor(draw(seed, 4) * 10),
        coolDownS: Math.floor(draw(seed, 5) * 1_200),
        recurrences: 2,
        recurrenceWindowS: 3_600,
      };
      timing.badSamples = 1 + Math.floor(draw(seed, 2) * timing.ofSamples);
      let trouble: Trouble | null = null;
      let bads: number[] = [];
      let clears = 0;
      for (let step = 0; step < 100; step += 1) {
        const verdict = verdicts[Math.floor(draw(seed, 6, step) ** 2 * 4)] ?? b;
        const atS = step * 60;
        const after: Trouble | null = advance(trouble, verdict, atS, timing);
        const turn = findTurn(trouble, after, atS, timing);
        if (verdict !== u) {
          bads = [...bads, verdict === b ? 1 : 0].slice(-timing.ofSamples);
          clears = verdict === c ? clears + 1 : 0;
        } else expect(after).toBe(trouble);
        if (turn === 'opened' || turn === 'reopened') {
          expect(verdict).toBe(b);
          expect(atS - after!.badSinceS).toBeGreaterThanOrEqual(timing.holdS);
          expect(bads.reduce((sum, bad) => sum + bad, 0)).toBeGreaterThanOrEqual(timing.badSamples);
        }
        if (turn === 'resolved') expect(clears).toBeGreaterThanOrEqual(timing.clearSamples);
        if (turn === 'reopened') expect(atS - trouble!.closedAtS!).toBeLessThan(timing.coolDownS);
        expect(after?.openings.length ?? 0).toBeLessThanOrEqual(16);
        expect(after?.badSinceS ?? 0).toBeLessThanOrEqual(atS);
        trouble = after;
      }
    }
  });
});
