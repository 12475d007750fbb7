/** A saved scenario against now: what became of its figures, which inputs moved, and which market figures stood behind it then and stand behind it now. Pure; engine, market and clock are arguments. */
import {
  type CalculatorForm,
  type FormError,
  NUMBER_FIELDS,
  type NumberFieldName,
} from '#app/features/calculator/inputs/calculator-form.ts';
import { toCanonical } from '#app/features/calculator/inputs/human-units.ts';
import type { FindMachine } from '#app/features/calculator/inputs/to-roi-inputs.ts';
import {
  EXPLAINED_FIGURE_NAMES,
  EXPLAINED_FIGURES,
  EXPLAINED_GROUPS,
  type ExchangeRates,
  type ExplainedFigure,
  explainChange,
  type FigureChange,
  MONEY_FIGURES,
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

/** Yuan for a dollar as a form has it: typed, or of its market; null: not known. */
function rateOf(form: CalculatorForm, market: MarketSnapshot): number | null {
  const typed = parseTypedNumber(form.rate);
  if (typed.kind === 'empty') return market.cnyPerUsd.value;
  return typed.kind === 'number' && typed.value > 0 ? typed.value : null;
}

/** Null: nothing was typed in yuan, or a rate of the two is not known. */
function findRates(saved: SavedScenario, now: Now): ExchangeRates | null {
  const [thenInYuan, nowInYuan] = [saved.form.currency === 'cny', now.form.currency === 'cny'];
  const [thenCnyPerUsd, nowCnyPerUsd] = [rateOf(saved.form, saved.market), rateOf(now.form, now.market)];
  if ((!thenInYuan && !nowInYuan) || thenCnyPerUsd === null || nowCnyPerUsd === null) return null;
  return { thenCnyPerUsd, nowCnyPerUsd, thenInYuan, nowInYuan };
}

type Amount = Pick<FigureExplanation, 'valueThen' | 'valueNow' | 'change' | 'contributions'>;

function toAmount(change: FigureChange): Amount {
  const { valueThen, valueNow } = change;
  if (change.kind === 'ok') return { valueThen, valueNow, change: change.change, contributions: change.contributions };
  return { valueThen, valueNow, change: valueThen === null || valueNow === null ? null : valueNow - valueThen, contributions: null };
}

function toFigure(figure: ExplainedFigure, change: FigureChange, changeInYuan: FigureChange | null): FigureExplanation {
  const inYuan = changeInYuan === null || !MONEY_FIGURES.includes(figure) ? null : toAmount(changeInYuan);
  if (change.kind === 'ok') return { figure, ...toAmount(change), notSplitBecause: null, inYuan };
  const { valueThen, valueNow } = change;
  const isKnown = valueThen !== null && valueNow !== null;
  return {
    figure,
    ...toAmount(change),
    notSplitBecause: isKnown ? 'between' : valueThen === null ? 'then' : 'now',
    inYuan,
  };
}

/** Then, now where there is one, and no change: nothing is invented for what is not known. */
function listUnsplit(
  then: RoiInputs,
  now: RoiInputs | null,
  because: 'inputs' | 'refused',
  yuan: ExchangeRates | null,
  { engine }: ExplainContext,
): FigureExplanation[] {
  const project = (inputs: RoiInputs | null): RoiResult | null => {
    const result = inputs === null ? null : engine.project(inputs);
    return result === null || result.kind === 'invalid' ? null : result;
  };
  const [before, after] = [project(then), project(now)];
  return EXPLAINED_FIGURE_NAMES.map((figure) => {
    const none = { change: null, contributions: null };
    const valueThen = before === null ? null : EXPLAINED_FIGURES[figure](before);
    const valueNow = after === null ? null : EXPLAINED_FIGURES[figure](after);
    const times = (value: number | null, rate: number) => (value === null ? null : value * rate);
    const inYuan =
      yuan === null || !MONEY_FIGURES.includes(figure)
        ? null
        : { valueThen: times(valueThen, yuan.thenCnyPerUsd), valueNow: times(valueNow, yuan.nowCnyPerUsd), ...none };
    return { figure, valueThen, valueNow, ...none, notSplitBecause: because, inYuan };
  });
}

export function explainScenario(saved: SavedScenario, now: Now, context: ExplainContext): ScenarioExplanation {
  const read = readOwnerInputs(now.form, now.market, context.findMachine, now.nowMs);
  const inputs = read.kind === 'ok' && now.errors.length === 0 ? read.inputs : null;
  const rates = findRates(saved, now);
  const shownInYuan = now.form.currency === 'cny' ? rates : null;
  const explained = inputs === null ? null : explainChange(saved.inputs, inputs, context.engine, rates);
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
          explained.changed[group].map((input): ChangedInput => {
            if (input === 'cnyPerUsd')
              return { group, input, thenInput: rates?.thenCnyPerUsd ?? null, nowInput: rates?.nowCnyPerUsd ?? null };
            return { group, input, thenInput: saved.inputs[input], nowInput: inputs[input] };
          }),
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
        ? EXPLAINED_FIGURE_NAMES.map((figure) =>
            toFigure(figure, explained.figures[figure], shownInYuan === null ? null : (explained.figuresInYuan?.[figure] ?? null)),
          )
        : listUnsplit(saved.inputs, inputs, inputs === null ? 'inputs' : 'refused', shownInYuan, context),
    changed,
    marketFigures: market,
    exchangeRate: rates === null ? null : { thenCnyPerUsd: rates.thenCnyPerUsd, nowCnyPerUsd: rates.nowCnyPerUsd },
    missing: [...now.errors, ...(read.kind === 'invalid' ? read.errors : [])].map(({ name, code }) => ({ field: name, code })),
  };
}
