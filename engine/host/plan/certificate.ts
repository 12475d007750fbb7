/**
 * Proof that a problem has no plan, in integers, and the smallest change found with which it has one. The weights are the engine's; that they prove it is
 * reckoned here once more in BigInt.
 */
import { toMultipliers } from './multipliers.ts';
import { VALUE_FIELD } from './plan-memory.ts';
import type { PlanCertificate } from './problem.ts';
import { figuresOf, readTotals, type Search, tick } from './search.ts';

const COARSE_STEPS = 120;
const FULL_STEPS = 120;
const FIRST_SHARE = 0.3;

type RowsCertificate = Extract<PlanCertificate, { kind: 'rows' }>;

/** Steps until the bound is below 0, or cannot be. Returns whether it is. */
function stepBelowZero(search: Search, from: number, to: number, steps: number): boolean {
  const { wasm } = search;
  wasm.startBundle(from, to);
  wasm.setStepLength(FIRST_SHARE);
  for (let step = 0; step < steps && wasm.bundleUsd() >= 0; step++) {
    const predicted = wasm.stepBundle();
    // The scale of these bounds is watts times weights in 1e-12; a promise this small is rounding.
    if (predicted < 1e-12 || tick(search)) break;
  }
  return wasm.bundleUsd() < 0;
}

/** The bound of the weights, exact: best sums of the units plus weights times limits. */
function weigh(search: Search): bigint {
  const { wasm, views, rows, units } = search;
  wasm.evaluateBest(0, units.fleetBlocks, VALUE_FIELD);
  const figures = figuresOf(search);
  return rows.reduce(
    (sum, { kind, limit }, row) => sum + (kind === 'client' || kind === 'takeOrPay' ? -1n : 1n) * BigInt(figures[row]!) * BigInt(limit),
    views.i64(wasm.SUM_PTR.value, 1)[0]!,
  );
}

/** How far the plan in hand, the best the repair came to, is over caps and under floors. Null when it breaks a ramp too. */
function findRelaxation(search: Search): RowsCertificate['relaxation'] {
  const { problem } = search;
  const { loadW, clientOn } = readTotals(search);
  const breaksRamp = problem.sites.some(
    ({ rampW }, site) => rampW !== null && loadW[site]!.some((load, t) => t > 0 && Math.abs(load - loadW[site]![t - 1]!) > rampW),
  );
  if (breaksRamp) return null;
  return {
    caps: problem.sites.flatMap(({ id, capW, penaltyUnits }, site) =>
      capW
        .map((cap, interval) => ({
          site: id,
          interval,
          raiseW: cap === null || penaltyUnits !== null ? 0 : Math.max(0, loadW[site]![interval]! - cap),
        }))
        .filter(({ raiseW }) => raiseW > 0),
    ),
    clients: problem.clients
      .map(({ id, minMachineIntervals }, client) => ({ id, lowerByMachineIntervals: Math.max(0, minMachineIntervals - clientOn[client]!) }))
      .filter(({ lowerByMachineIntervals }) => lowerByMachineIntervals > 0),
  };
}

/** A proof that no plan exists, or null when none was found (there may still be no plan: the proof is of the relaxation). */
export function findCertificate(search: Search): RowsCertificate | null {
  const { wasm, problem, rows, units } = search;
  const relaxation = findRelaxation(search);
  wasm.forgetMoney(Math.max(1, ...problem.machines.map(({ powerW }) => Math.max(...powerW))));
  stepBelowZero(search, units.fleetBlocks, units.blocks.length, COARSE_STEPS);
  let certificate: RowsCertificate | null = null;
  if (stepBelowZero(search, 0, units.fleetBlocks, FULL_STEPS)) {
    wasm.shrinkWeights(units.fleetBlocks);
    const value = weigh(search);
    if (value < 0n) {
      const { cap, rampUp, rampDown, client } = toMultipliers(problem, rows, figuresOf(search));
      const named = rows.filter((_, row) => figuresOf(search)[row]! > 0);
      certificate = {
        kind: 'rows',
        weights: { cap, rampUp, rampDown, client },
        value: value.toString(),
        intervals: named
          .filter(({ kind }) => kind !== 'client')
          .map(({ owner, interval }) => ({ site: problem.sites[owner]!.id, interval })),
        clients: named.filter(({ kind }) => kind === 'client').map(({ owner }) => problem.clients[owner]!.id),
        relaxation,
      };
    }
  }
  wasm.recallMoney();
  return certificate;
}
