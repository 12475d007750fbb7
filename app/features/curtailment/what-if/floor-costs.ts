/** What the floors of clients cost: the plan's value against that of a plan without the floor. The multiplier alone says what one machine hour more would cost, not what all of them do. */
import type { Curtailment, PlanAnswer, PlanProblem } from '#engine';
import { LIVE_OPTIONS } from './plan-budget.ts';

/** Floors asked about, dearest first. */
const MOST_FLOORS = 3;
/** A plan that took longer than this is not made again for every floor. ms */
const QUICK_MS = 80;

export type FloorCost = { id: string; usd: number };

/** Empty when no floor binds, or when planning again would take too long. Both plans are certified to their gaps, so the difference is as exact as they are. */
export function findFloorCosts(curtailment: Curtailment, problem: PlanProblem, answer: PlanAnswer, elapsedMs: number): FloorCost[] {
  if (elapsedMs > QUICK_MS) return [];
  const dearest = answer.shadowPrices.clients.toSorted((a, b) => b.totalUsd - a.totalUsd).slice(0, MOST_FLOORS);
  return dearest.flatMap(({ id }) => {
    const clients = problem.clients?.map((client) => (client.id === id ? { ...client, minMachineIntervals: 0 } : client));
    const without = curtailment.planCurtailment({ ...problem, clients }, { ...LIVE_OPTIONS, warm: answer.multipliers });
    return 'machines' in without ? [{ id, usd: Math.max(0, without.valueUsd - answer.valueUsd) }] : [];
  });
}
