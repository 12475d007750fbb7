/** Everything the engine answers, written so that two machines can be compared bit for bit: JSON keeps every double but -0 and NaN. */
import type { Curtailment, Engine, PlanOptions, PlanProblem, PowerCurve, RestartCost, RiskOptions, RoiInputs } from '../host/index.ts';

const GRID_STEPS = [0.5, 0.8, 1, 1.3, 2] as const;

const RISK = { seed: 20_090_103, paths: 100, priceVolatilityPerYear: 0.6, networkVolatilityPerYear: 0.2, correlation: 0.3 };

/** Twelve days of 24 hours. */
const CURVE = Array.from({ length: 288 }, (_, hour) => ((hour * 7) % 24) / 8 - 0.2);
const RESTART = { restartUsd: 0.05, bootMinutes: 15 };

/** One line of text per input: projection, both grids, tornado, risk, an hourly curve; and one line each for all of them as a batch and as a fleet. */
export function listAnswers(engine: Engine, inputs: readonly RoiInputs[]): string[] {
  const lines = inputs.map((input) => {
    const priceUsdPerBtc = GRID_STEPS.map((step) => Math.min(1e9, input.priceUsdPerBtc * step));
    const powerUsdPerKwh = GRID_STEPS.map((step) => Math.max(-1, Math.min(10, input.powerUsdPerKwh * step)));
    const difficulty = GRID_STEPS.map((step) => Math.min(1e20, input.difficulty * step));
    return toExactText([
      engine.project(input),
      engine.priceByPowerGrid(input, { priceUsdPerBtc, powerUsdPerKwh }),
      engine.priceByDifficultyGrid(input, { priceUsdPerBtc, difficulty }),
      engine.tornado(input, [
        { field: 'priceUsdPerBtc', low: priceUsdPerBtc[1]!, high: priceUsdPerBtc[3]! },
        { field: 'networkGrowthRatioPerMonth', low: -0.01, high: 0.05 },
        { field: 'uptimeRatio', low: 0.8, high: 1 },
      ]),
      engine.risk(input, RISK),
      engine.flexible(
        input,
        { usdPerKwh: CURVE.map((step) => Math.max(-1, Math.min(10, input.powerUsdPerKwh * step))), firstPart: 3 },
        RESTART,
      ),
    ]);
  });
  const fleet = inputs.slice(0, 1).map((network) => engine.riskOfFleet({ network, machines: inputs, discountRatioPerYear: 0.1 }, RISK));
  return [...lines, toExactText(engine.projectBatch(inputs, { months: true })), toExactText(fleet)];
}

export type RiskCase = { inputs: RoiInputs; options: RiskOptions };
export type FlexibleCase = { inputs: RoiInputs; curve: PowerCurve; restart: RestartCost };
/** `options` must stop by iterations: a plan stopped by time may differ. */
export type PlanCase = { problem: PlanProblem; options: PlanOptions };

/** One line of text per case, and a last one for all machines of the cases as a fleet on the first one's network. */
export function listRiskAnswers(engine: Engine, cases: readonly RiskCase[]): string[] {
  const lines = cases.map(({ inputs, options }) => toExactText(engine.risk(inputs, options)));
  const machines = cases.map(({ inputs }) => inputs);
  const fleets = cases
    .slice(0, 1)
    .map(({ inputs, options }) => engine.riskOfFleet({ network: inputs, machines, discountRatioPerYear: 0.1 }, options));
  return [...lines, toExactText(fleets)];
}

/** As `listRiskAnswers`, for machines that follow an hourly price. */
export function listFlexibleAnswers(engine: Engine, cases: readonly FlexibleCase[]): string[] {
  const lines = cases.map(({ inputs, curve, restart }) => toExactText(engine.flexible(inputs, curve, restart)));
  const machines = cases.map(({ inputs, restart }) => ({ ...inputs, ...restart }));
  const fleets = cases
    .slice(0, 1)
    .map(({ inputs, curve }) => engine.flexibleFleet({ network: inputs, machines, discountRatioPerYear: 0.1 }, curve));
  return [...lines, toExactText(fleets)];
}

/** The whole answer of every plan: runs, money, bound, multipliers and the hash of the inputs. */
export function listPlanAnswers(curtailment: Curtailment, cases: readonly PlanCase[]): string[] {
  return cases.map(({ problem, options }) => toExactText(curtailment.planCurtailment(problem, options)));
}

function toExactText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Float64Array) return Array.from(item, spell);
    return spell(item);
  });
}

/** Numbers that JSON would turn into something else, by name. */
function spell(item: unknown): unknown {
  if (typeof item !== 'number') return item;
  if (Object.is(item, -0)) return '-0';
  return Number.isFinite(item) ? item : String(item);
}
