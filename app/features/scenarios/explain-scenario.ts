/** A saved scenario against now: what became of its figures, which inputs moved, and which market figures stood behind it then and stand behind it now. Pure; engine, market and clock are arguments. */
import { type CalculatorForm, type FormError, NUMBER_FIELDS, type NumberFieldName } from '#app/features/calculator/calculator-form.ts';
import { toCanonical } from '#app/features/calculator/human-units.ts';
import type { FindMachine } from '#app/features/calculator/to-roi-inputs.ts';
import {
  EXPLAINED_FIGURE_NAMES,
  EXPLAINED_FIGURES,
  EXPLAINED_GROUPS,
  type ExplainedFigure,
  explainChange,
  type FigureChange,
} from '#app/features/explanation/explain-change.ts';
import type { MarketFigureName, MarketSnapshot } from '#app/features/market/snapshot.ts';
import { parseTypedNumber } from '#app/ui/typed-number.ts';
import type { Engine, RoiInputs, RoiResult } from '#engine';
import { readOwnerInputs, type SavedScenario } from './saved-scenario.ts';
import type { ChangedInput, FigureExplanation, MarketThenNow, ScenarioExplanation, UsedMarketFigure } from './scenario-answer.ts';

export type Now = {
  form: CalculatorForm;
  market: MarketSnapshot;
  /** Of reading the form from an address. */
  errors: readonly FormError[];
  inputsOfNow: ScenarioExplanation['inputsOfNow'];
  nowMs: number;
};

export type ExplainContext = { engine: Pick<Engine, 'project'>; findMachine: FindMachine };

/** Where the form takes each figure of the market, and which input of the engine it becomes. */
const USED: readonly { figure: MarketFigureName; field: NumberFieldName; input: keyof RoiInputs | null }[] = [
  { figure: 'priceUsdPerBtc', field: 'price', input: 'priceUsdPerBtc' },
  { figure: 'difficulty', field: 'difficulty', input: 'difficulty' },
  { figure: 'height', field: 'height', input: 'height' },
  { figure: 'epochElapsedS', field: 'epoch', input: 'epochElapsedS' },
  { figure: 'networkHashrateThs', field: 'network', input: 'networkHashrateThs' },
  { figure: 'feesBtcPerBlock', field: 'fees', input: 'feesBtcPerBlock' },
  { figure: 'cnyPerUsd', field: 'rate', input: null },
];

/** The figure behind an input. `inputs` `null`: there is no answer, and the market's own figure is shown where nothing was typed. */
function findUsed(entry: (typeof USED)[number], form: CalculatorForm, market: MarketSnapshot, inputs: RoiInputs | null): UsedMarketFigure {
  const { figure, field, input } = entry;
  const none = { value: null, source: null, sourceUrl: null, at: null };
  const text = form[field].trim();
  if (text !== '') {
    const typed = parseTypedNumber(text);
    // None of these is an amount of the form's currency, so the rate of that does not matter.
    return { ...none, value: typed.kind === 'number' ? toCanonical(NUMBER_FIELDS[field].unit, typed.value, 1) : null, origin: 'typed' };
  }
  // Hash rate and time of another network than the market's are not the market's.
  if (inputs !== null && input !== null && inputs[input] === null) return { ...none, origin: 'derived' };
  const { value, source, sourceUrl, at, origin } = market[figure];
  if (value === null) return { ...none, origin: input === 'networkHashrateThs' || input === 'epochElapsedS' ? 'derived' : 'unknown' };
  return { value, source, sourceUrl, at, origin };
}

function toFigure(figure: ExplainedFigure, change: FigureChange): FigureExplanation {
  if (change.kind === 'ok') {
    const { valueThen, valueNow, contributions } = change;
    return { figure, valueThen, valueNow, change: change.change, contributions, notSplitBecause: null };
  }
  const { valueThen, valueNow } = change;
  const isKnown = valueThen !== null && valueNow !== null;
  return {
    figure,
    valueThen,
    valueNow,
    change: isKnown ? valueNow - valueThen : null,
    contributions: null,
    notSplitBecause: isKnown ? 'between' : valueThen === null ? 'then' : 'now',
  };
}

/** Then, now where there is one, and no change: nothing is invented for what is not known. */
function listUnsplit(
  then: RoiInputs,
  now: RoiInputs | null,
  because: 'inputs' | 'refused',
  { engine }: ExplainContext,
): FigureExplanation[] {
  const project = (inputs: RoiInputs | null): RoiResult | null => {
    const result = inputs === null ? null : engine.project(inputs);
    return result === null || result.kind === 'invalid' ? null : result;
  };
  const [before, after] = [project(then), project(now)];
  return EXPLAINED_FIGURE_NAMES.map((figure) => ({
    figure,
    valueThen: before === null ? null : EXPLAINED_FIGURES[figure](before),
    valueNow: after === null ? null : EXPLAINED_FIGURES[figure](after),
    change: null,
    contributions: null,
    notSplitBecause: because,
  }));
}

export function explainScenario(saved: SavedScenario, now: Now, context: ExplainContext): ScenarioExplanation {
  const read = readOwnerInputs(now.form, now.market, context.findMachine, now.nowMs);
  const inputs = read.kind === 'ok' && now.errors.length === 0 ? read.inputs : null;
  const explained = inputs === null ? null : explainChange(saved.inputs, inputs, context.engine);
  const rows = USED.filter(({ figure }) => figure !== 'cnyPerUsd' || saved.form.currency === 'cny' || now.form.currency === 'cny');
  const market = rows.map(
    (entry): MarketThenNow => ({
      figure: entry.figure,
      thenFigure: findUsed(entry, saved.form, saved.market, saved.inputs),
      nowFigure: findUsed(entry, now.form, now.market, inputs),
    }),
  );
  const changed =
    explained?.kind === 'ok' && inputs !== null
      ? EXPLAINED_GROUPS.flatMap((group) =>
          explained.changed[group].map(
            (input): ChangedInput => ({ group, input, thenInput: saved.inputs[input], nowInput: inputs[input] }),
          ),
        )
      : [];
  return {
    id: saved.id,
    name: saved.name,
    machine: saved.machine,
    savedAt: saved.savedAt.toISOString(),
    nowAt: new Date(now.nowMs).toISOString(),
    inputsOfNow: now.inputsOfNow,
    figures:
      explained?.kind === 'ok'
        ? EXPLAINED_FIGURE_NAMES.map((figure) => toFigure(figure, explained.figures[figure]))
        : listUnsplit(saved.inputs, inputs, inputs === null ? 'inputs' : 'refused', context),
    changed,
    marketFigures: market,
    missing: [...now.errors, ...(read.kind === 'invalid' ? read.errors : [])].map(({ name, code }) => ({ field: name, code })),
  };
}
