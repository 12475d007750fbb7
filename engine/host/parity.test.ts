/**
 * The engine against the reference and against its own other build. Golden cases carry values from elsewhere; random cases only ask
 * that two independent pieces of code agree. With the engine's own month path the reference's money must be equal to the last bit:
 * only + - x / stand between them.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { CashFlowPath } from '../reference/cashflow.ts';
import { computeNetworkPath } from '../reference/network-path.ts';
import { projectMoney, projectReference } from '../reference/project.ts';
import { BUILD_NAMES, loadBuild } from '../vectors/built-engines.ts';
import { listDeviations, listVectorCases } from '../vectors/cases.ts';
import { listShares } from '../vectors/compare-results.ts';
import { listRandomInputs } from '../vectors/random-inputs.ts';
import type { Engine, MonthPath, Projection, RoiInputs, RoiResult } from './index.ts';

const SEED = 20_090_103;
const RANDOM_CASES = 1000;

const cases = listVectorCases();
const allInputs = [...cases.map(({ input }) => input), ...listRandomInputs(RANDOM_CASES, SEED)];
const engines = new Map<string, Engine>();

beforeAll(async () => {
  for (const name of BUILD_NAMES) engines.set(name, await loadBuild(name));
});

function projectOk(engine: Engine, inputs: RoiInputs): RoiResult {
  const result = engine.project(inputs);
  if (result.kind !== 'ok') throw new Error(`valid inputs were refused: ${JSON.stringify(result.errors)}`);
  return result;
}

function toCashFlowPath(path: MonthPath): CashFlowPath {
  const months = Array.from(path.btcPerThs, (btcPerThs, index) => ({
    btcPerThs,
    usdPerThs: path.usdPerThs[index]!,
    meanPriceUsdPerBtc: path.meanPriceUsdPerBtc[index]!,
  }));
  return { months, exitPriceUsdPerBtc: path.exitPriceUsdPerBtc };
}

/** What no power and no solver has touched: all but NPV (its monthly factor is a power) and IRR. */
function exactPart({ npvUsd: _npv, irrRatioPerYear: _irr, ...exact }: Projection) {
  return exact;
}

describe.each(BUILD_NAMES)('%s build', { timeout: 60_000 }, (build) => {
  it('is the build its name says', () => {
    expect(engines.get(build)!.usesSimd).toBe(build === 'simd');
    expect(engines.get(build)!.selfTest()).toMatchObject({ ok: true });
  });

  it.each(cases)('agrees with: $name', ({ input, expected, toleranceRelative }) => {
    const deviations = listDeviations(expected, projectOk(engines.get(build)!, input));
    expect(deviations.filter(({ relative }) => !(relative <= toleranceRelative))).toEqual([]);
  });

  it('agrees with the reference over golden and random cases: 1e-12 of the absolute flows, IRR 1e-9, the same nulls', () => {
    const disagreements = allInputs.flatMap((inputs, index) =>
      listShares(inputs, projectReference(inputs), projectOk(engines.get(build)!, inputs))
        .filter(({ share }) => !(share <= 1))
        .map((disagreement) => ({ index, ...disagreement })),
    );
    expect(disagreements).toEqual([]);
  });

  it('warns that blocks never arrive exactly when the path says so', () => {
    for (const [index, inputs] of allInputs.entries()) {
      const { warnings } = projectOk(engines.get(build)!, inputs);
      expect(warnings.includes('blocks_never_arrive'), `case ${index}`).toBe(computeNetworkPath(inputs).blocksNeverArrive);
    }
  });

  it('has the bits of the reference when both reckon on the same month path', () => {
    for (const [index, inputs] of allInputs.entries()) {
      const engine = engines.get(build)!;
      const actual = projectOk(engine, inputs);
      const path = engine.path(inputs);
      if (path.kind !== 'ok') throw new Error('a path was refused that a projection ran on');
      const expected = projectMoney(inputs, toCashFlowPath(path));
      for (const side of ['projection', 'client', 'host'] as const) {
        const [left, right] = [expected[side], actual[side]];
        expect(right === null, `case ${index} ${side}`).toBe(left === null);
        if (left === null || right === null) continue;
        expect(dropSignOfZero(exactPart(right)), `case ${index} ${side}`).toEqual(dropSignOfZero(exactPart(left)));
        // Without a discount the factor is 1 and NPV is a plain sum.
        if (inputs.discountRatioPerYear === 0) expect(right.npvUsd, `case ${index} ${side}`).toBe(left.npvUsd);
      }
    }
  });
});

/** -0 and 0 are the same amount; `toEqual` would tell them apart, JSON does not. */
function dropSignOfZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('the two builds', { timeout: 60_000 }, () => {
  it('give the same bits', () => {
    for (const [index, inputs] of allInputs.entries()) {
      const simd = projectOk(engines.get('simd')!, inputs);
      const scalar = projectOk(engines.get('scalar')!, inputs);
      expect(simd, `case ${index}`).toEqual(scalar);
    }
  });
});
