/**
 * Fair distribution: every client gives up power in proportion to what its machines draw now, rounded up to whole machines. Each client's least-loss plan is a problem of its own,
 * so the order of clients and machines changes nothing. A client that cannot give up its share gives all it can, and the others share the rest.
 */
import type { Fleet } from './fleet.ts';
import { mostUnits } from './fleet.ts';
import type { Outcome, Task } from './outcome.ts';
import { countChoice, givesUp, startOutcome } from './outcome.ts';
import type { Solution } from './solver.ts';

type Client = { places: number[]; drawnUnits: number; mostUnits: number; largestUnits: number; quotaUnits: number };

/** Clients in the order of their names; machines without one are one client more, the last. */
function listClients(fleet: Fleet): Client[] {
  const byName = new Map<string | null, Client>();
  const allows = givesUp(fleet);
  fleet.machines.forEach((machine, place) => {
    const client = byName.get(machine.client) ?? { places: [], drawnUnits: 0, mostUnits: 0, largestUnits: 0, quotaUnits: 0 };
    byName.set(machine.client, client);
    const most = mostUnits(fleet, place, allows);
    client.places.push(place);
    client.drawnUnits += fleet.currentUnits[place]!;
    client.mostUnits += most;
    client.largestUnits = Math.max(client.largestUnits, most);
  });
  const named = [...byName].sort(([left], [right]) => (left === null ? 1 : right === null ? -1 : left < right ? -1 : 1));
  return named.map(([, client]) => client);
}

/** Shares of the target that add up to it: exact proportions, rounded by largest remainder; what a client cannot give goes to the others. */
function setQuotas(clients: readonly Client[], targetUnits: number): void {
  let open = clients.filter(({ drawnUnits }) => drawnUnits > 0);
  let left = BigInt(targetUnits);
  let drawn = open.reduce((sum, { drawnUnits }) => sum + BigInt(drawnUnits), 0n);
  for (;;) {
    const short = open.filter((client) => left * BigInt(client.drawnUnits) >= BigInt(client.mostUnits) * drawn);
    if (short.length === 0) break;
    for (const client of short) client.quotaUnits = client.mostUnits;
    // Rest and draw change together, after all of this round were found with the same share.
    left -= short.reduce((sum, { mostUnits: most }) => sum + BigInt(most), 0n);
    drawn -= short.reduce((sum, { drawnUnits }) => sum + BigInt(drawnUnits), 0n);
    open = open.filter((client) => !short.includes(client));
  }
  if (open.length === 0) return;
  const remainders = open.map((client, index) => {
    const product = left * BigInt(client.drawnUnits);
    client.quotaUnits = Number(product / drawn);
    return { client, index, remainder: product % drawn };
  });
  let missing = left - open.reduce((sum, { quotaUnits }) => sum + BigInt(quotaUnits), 0n);
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { client } of remainders) {
    if (missing <= 0n) break;
    client.quotaUnits += 1;
    missing -= 1n;
  }
}

/** Gives machines back, dearest first, until a client is at most one machine above its quota: each step is no larger than that machine. */
function trimToCeiling(fleet: Fleet, client: Client, choice: Int32Array): Int32Array {
  const trimmed = choice.slice();
  let { reached } = countChoice(fleet, client.places, choice);
  const order = client.places.map((_, index) => index).sort((a, b) => fleet.cost[choice[b]!]! - fleet.cost[choice[a]!]! || a - b);
  for (const index of order) {
    if (reached <= client.quotaUnits + client.largestUnits) break;
    reached -= fleet.units[trimmed[index]!]!;
    trimmed[index] = fleet.starts[client.places[index]!]!;
  }
  return trimmed;
}

function solveClient({ fleet, solver, stateBudget }: Task, client: Client): Solution {
  const question = {
    places: client.places,
    allows: givesUp(fleet),
    costOf: (option: number) => fleet.cost[option]!,
    targetUnits: client.quotaUnits,
    stateBudget,
  };
  const free = solver.solve(fleet, question);
  if (free === null) throw new Error('a client was asked for more power than it has');
  if (free.reached <= client.quotaUnits + client.largestUnits) return free;
  // Machines that lose money would be stopped beyond any quota; fairness is also not giving up more than asked.
  const within = { ceilingUnits: client.largestUnits, choice: trimToCeiling(fleet, client, free.choice) };
  const fair = solver.solve(fleet, { ...question, within });
  if (fair === null) throw new Error('a client that reached its quota is out of reach under its ceiling');
  return { ...fair, states: free.states + fair.states };
}

/** `null` when the target is out of reach. */
export function shedFairly(task: Task): Outcome | null {
  const { fleet } = task;
  const clients = listClients(fleet);
  if (clients.reduce((sum, { mostUnits: most }) => sum + most, 0) < fleet.targetUnits) return null;
  setQuotas(clients, fleet.targetUnits);
  const outcome = startOutcome(fleet);
  for (const client of clients) {
    const solved = solveClient(task, client);
    outcome.lost += solved.lost;
    outcome.bound += solved.bound;
    outcome.reached += solved.reached;
    outcome.states += solved.states;
    client.places.forEach((place, index) => {
      outcome.choice[place] = solved.choice[index]!;
      outcome.marginal[place] = solved.multiplier;
    });
  }
  outcome.bound = Math.max(outcome.bound, task.leastBound);
  return outcome;
}
