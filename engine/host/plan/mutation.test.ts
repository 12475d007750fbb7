/**
 * Tests that cannot fail prove nothing: one inequality of the solver is turned round at a time, the module is compiled from the changed source, and the independent checker and the
 * list of all plans must find it out.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import { describe, expect, it } from 'vitest';
import { checkPlanFile } from '../../checker/index.ts';
import { createRandom } from '../../vectors/random-inputs.ts';
import { makeTinyProblem, solveByTryingAll, type TinyFeatures } from '../../vectors/tiny-plans.ts';
import type { Curtailment, PlanProblem } from '../index.ts';
import { instantiateCurtailment } from '../index.ts';
import { openCurtailmentModule } from '../open-module.ts';

type Mutation = { file: string; from: string; to: string; shownBy: TinyFeatures };

const UNIT = 'engine/assembly/plan/unit.ts';
/** Of the recursion of one unit, on which plan and bound rest. What only guides the search cannot make an answer wrong, and is held by the shares of optimal plans instead. */
const MUTATIONS: Mutation[] = [
  { file: UNIT, from: 'if (worth > on) {', to: 'if (worth < on) {', shownBy: {} },
  { file: UNIT, from: 'if (afterBoot > start) {', to: 'if (afterBoot < start) {', shownBy: { initial: true } },
  { file: UNIT, from: '<= maxStarts ? value', to: '>= maxStarts ? value', shownBy: { maxStarts: true, initial: true } },
  { file: UNIT, from: 'nextOff = max(on, off)', to: 'nextOff = min(on, off)', shownBy: { locks: true, initial: true } },
  { file: UNIT, from: 'up >= 0 && lastNoOn < up', to: 'up >= 0 && lastNoOn > up', shownBy: { minimumTimes: true, initial: true } },
  { file: UNIT, from: 'if (cut > value) {', to: 'if (cut < value) {', shownBy: { minimumTimes: true, initial: true } },
];
const CASES = 60;
const PAGE_BYTES = 65_536;

async function compile(mutation: Mutation | null): Promise<Curtailment> {
  let binary: Uint8Array<ArrayBuffer> | null = null;
  let isChanged = mutation === null;
  const pages = String(openCurtailmentModule('simd').memory.buffer.byteLength / PAGE_BYTES);
  const { error } = await asc.main(
    [
      'engine/assembly/curtailment.ts',
      '--outFile',
      'mutant.wasm',
      '-O1',
      '--runtime',
      'stub',
      '--noAssert',
      '--initialMemory',
      pages,
      '--maximumMemory',
      pages,
    ],
    {
      readFile(name) {
        let text: string;
        try {
          text = readFileSync(resolve(name), 'utf8');
        } catch {
          return null;
        }
        if (mutation === null || name !== mutation.file || !text.includes(mutation.from)) return text;
        isChanged = true;
        return text.replace(mutation.from, mutation.to);
      },
      writeFile(name, contents) {
        if (name === 'mutant.wasm' && typeof contents !== 'string') binary = new Uint8Array(contents);
      },
      listFiles: () => [],
    },
  );
  if (error) throw error;
  if (binary === null) throw new Error('nothing was compiled');
  if (!isChanged) throw new Error(`${mutation?.file} no longer holds: ${mutation?.from}`);
  return instantiateCurtailment(binary);
}

/** What is wrong with the module's answer; null when nothing is. */
function findFault(curtailment: Curtailment, problem: PlanProblem): string | null {
  const answer = curtailment.planCurtailment(problem, { iterations: 60 });
  if (answer.status === 'invalid') return 'a valid problem was refused';
  const check = checkPlanFile({ problem: JSON.parse(JSON.stringify(problem)), answer: JSON.parse(JSON.stringify(answer)) });
  if (check.kind === 'unreadable') return check.sentence;
  if (check.verdict.findings.length > 0) return 'the checker disagrees';
  const optimum = solveByTryingAll(curtailment.roundPlanProblem(problem));
  if (answer.status === 'infeasible') return optimum === null ? null : 'a plan exists';
  if (!('exact' in answer)) return null;
  if (optimum === null) return 'no plan exists';
  return Number(answer.exact.boundUnits) < optimum ? 'the optimum is above the bound' : null;
}

function listFaults(curtailment: Curtailment, features: TinyFeatures): string[] {
  const faults: string[] = [];
  for (let seed = 1; seed <= CASES && faults.length === 0; seed++) {
    let fault: string | null;
    try {
      fault = findFault(curtailment, makeTinyProblem(createRandom(seed * 15_485_863), features));
    } catch (error) {
      fault = String(error);
    }
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

describe('one inequality turned round', { timeout: 120_000 }, () => {
  it('is the only reason why a mutant fails: the module as it is passes', async () => {
    const curtailment = await compile(null);
    for (const { shownBy } of MUTATIONS) expect(listFaults(curtailment, shownBy)).toEqual([]);
  });

  it.each(MUTATIONS)('is found out: $from', async (mutation) => {
    expect(listFaults(await compile(mutation), mutation.shownBy)).not.toEqual([]);
  });
});
