/**
 * Lexicographic shedding: as few watts as possible from the most protected level, then from the next, and so on; the last level, and every freedom left in the others,
 * goes by least lost money. Levels are disjoint, so each is a problem of its own: what the levels behind it can give up at most says how much it must give up at least.
 * A level that must give up something is solved twice: for the least power, then for the least money at exactly that power.
 */
import { mostUnits } from './fleet.ts';
import type { Outcome, Task } from './outcome.ts';
import { countChoice, givesUp, startOutcome } from './outcome.ts';
import type { Solution } from './solver.ts';

type Level = readonly number[];

/** `levels`: places, most protected level first. `null` when the target is out of reach. */
export function shedByLevel(task: Task, levels: readonly Level[]): Outcome | null {
  const { fleet } = task;
  const allows = givesUp(fleet);
  const behind = levels.map(() => 0);
  for (let index = levels.length - 2; index >= 0; index -= 1) {
    behind[index] = behind[index + 1]! + levels[index + 1]!.reduce((sum, place) => sum + mostUnits(fleet, place, allows), 0);
  }
  const outcome = startOutcome(fleet);
  let isWattsProven = true;
  for (const [index, level] of levels.entries()) {
    const need = fleet.targetUnits - outcome.reached - behind[index]!;
    const isLast = index === levels.length - 1;
    const solved = isLast ? solveLevel(task, level, need) : need <= 0 ? spare(task, level) : shedFewestWatts(task, level, need);
    if (solved === null) return null;
    isWattsProven &&= solved.isWattsProven;
    outcome.lost += solved.lost;
    outcome.bound += solved.bound;
    outcome.reached += solved.reached;
    outcome.states += solved.states;
    level.forEach((place, position) => {
      outcome.choice[place] = solved.choice[position]!;
      outcome.marginal[place] = solved.multiplier;
      outcome.isProtected[place] = !isLast && need <= 0 ? 1 : 0;
    });
  }
  // Without the proof that a level's watts are least, a plan with fewer could lose less or more: only the bound for any plan is left.
  outcome.bound = isWattsProven ? Math.max(outcome.bound, task.leastBound) : task.leastBound;
  return outcome;
}

type SolvedLevel = Solution & { isWattsProven: boolean };

function solveLevel({ fleet, solver, stateBudget }: Task, level: Level, need: number): SolvedLevel | null {
  const solution = solver.solve(fleet, {
    places: level,
    allows: givesUp(fleet),
    costOf: (option) => fleet.cost[option]!,
    targetUnits: need,
    stateBudget,
  });
  return solution && { ...solution, isWattsProven: true };
}

/** Nobody gives up power; of several modes with the power of now each machine takes the one that earns most. */
function spare({ fleet }: Task, level: Level): SolvedLevel {
  const choice = Int32Array.from(level, (place) => {
    let best = fleet.starts[place]!;
    for (let option = best + 1; option < fleet.starts[place + 1]!; option += 1) {
      if (fleet.units[option] === 0 && fleet.cost[option]! < fleet.cost[best]!) best = option;
    }
    return best;
  });
  const { lost } = countChoice(fleet, level, choice);
  return { choice, lost, bound: lost, reached: 0, multiplier: 0, states: 0, isWattsProven: true };
}

function shedFewestWatts(task: Task, level: Level, need: number): SolvedLevel | null {
  const { fleet, solver, stateBudget } = task;
  if (level.length === 1) return decideAlone(task, level[0]!, need);
  const allows = givesUp(fleet);
  const watts = solver.solve(fleet, {
    places: level,
    allows,
    costOf: (option) => fleet.units[option]!,
    targetUnits: need,
    stateBudget,
  });
  if (watts === null) return null;
  const money = solver.solve(fleet, {
    places: level,
    allows,
    costOf: (option) => fleet.cost[option]!,
    targetUnits: need,
    within: { ceilingUnits: watts.reached - need, choice: watts.choice },
    stateBudget,
  });
  if (money === null) throw new Error('a level that was solved for its power is out of reach for its money');
  return { ...money, states: watts.states + money.states, isWattsProven: watts.bound === watts.lost };
}

/** A level of one machine: its least sufficient power, of equal ones the cheapest. */
function decideAlone({ fleet }: Task, place: number, need: number): SolvedLevel | null {
  let best = -1;
  for (let option = fleet.starts[place]!; option < fleet.starts[place + 1]!; option += 1) {
    const units = fleet.units[option]!;
    if (units < need) continue;
    const isBetter = best < 0 || units < fleet.units[best]! || (units === fleet.units[best]! && fleet.cost[option]! < fleet.cost[best]!);
    if (isBetter) best = option;
  }
  if (best < 0) return null;
  const lost = fleet.cost[best]!;
  const reached = fleet.units[best]!;
  return { choice: Int32Array.of(best), lost, bound: lost, reached, multiplier: lost / reached, states: 0, isWattsProven: true };
}

/** Places in levels of equal keys, largest key first. */
export function groupByKey(keys: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (let place = 0; place < keys.length; place += 1) {
    const group = groups.get(keys[place]!);
    if (group) group.push(place);
    else groups.set(keys[place]!, [place]);
  }
  return [...groups].sort(([left], [right]) => right - left).map(([, places]) => places);
}
