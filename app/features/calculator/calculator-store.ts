/**
 * The calculator's state in the browser, outside React: inputs go in, the engine answers in the same call, and each part of the
 * screen listens to what it shows. Nothing here touches the page or the network.
 */

import { type Answer, computeAnswer } from '#app/features/calculator/answer/compute-answer.ts';
import {
  type CalculatorForm,
  type Currency,
  FORM_FIELD_NAMES,
  type FormError,
  type FormFieldName,
} from '#app/features/calculator/inputs/calculator-form.ts';
import { convertCurrency, findRate } from '#app/features/calculator/inputs/convert-currency.ts';
import type { FindMachine } from '#app/features/calculator/inputs/to-roi-inputs.ts';
import { computeSensitivity, type Sensitivity } from '#app/features/calculator/sensitivity/compute-sensitivity.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { Engine } from '#engine';

export type CalculatorState = {
  form: CalculatorForm;
  errors: readonly FormError[];
  /** The last good answer; `null` when there never was one. */
  answer: Answer | null;
  /** The answer belongs to earlier inputs: the present ones have errors, or the engine is not here yet. */
  isStale: boolean;
  /**
   * Of `answer`, computed here when it is first read; `null` until the first input: what the server streamed still holds. The same
   * object at every call.
   */
  readSensitivity: () => Sensitivity | null;
  /** How many answers were computed here. */
  computedCount: number;
};

export type CalculatorStore = {
  /** What the server rendered; a part that hydrates late has to start from it. */
  readonly initialState: CalculatorState;
  getState: () => CalculatorState;
  subscribe: (listener: () => void) => () => void;
  setField: (name: FormFieldName, text: string) => void;
  /** Takes what stands in the page's fields: typed before the script was ready, or restored by the browser. */
  adopt: (typed: Partial<Record<FormFieldName, string>>) => void;
  replaceForm: (form: CalculatorForm) => void;
  setCurrency: (currency: Currency) => void;
  attachEngine: (engine: Engine) => void;
};

export type StoreOptions = {
  form: CalculatorForm;
  errors: readonly FormError[];
  answer: Answer | null;
  market: MarketSnapshot;
  findMachine: FindMachine;
  nowMs: number;
};

/** Maps and tornado cost more than the answer; while they are out of sight nobody reads them. */
function computeOnce(engine: Engine, answer: Answer): () => Sensitivity {
  let computed: Sensitivity | null = null;
  return () => {
    computed ??= computeSensitivity(engine, answer);
    return computed;
  };
}

export function createCalculatorStore({ form, errors, answer, market, findMachine, nowMs }: StoreOptions): CalculatorStore {
  let engine: Engine | null = null;
  const initialState: CalculatorState = { form, errors, answer, isStale: false, readSensitivity: () => null, computedCount: 0 };
  let state = initialState;
  const listeners = new Set<() => void>();

  function publish(next: CalculatorState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function compute(next: CalculatorForm): void {
    if (engine === null) {
      publish({ ...state, form: next, isStale: true });
      return;
    }
    const computed = computeAnswer(next, { engine, market, findMachine, nowMs });
    if (computed.kind === 'invalid') {
      // The last good answer stays in sight, marked as such: nothing is lost by a slip of the hand.
      publish({ ...state, form: next, errors: computed.errors, isStale: true });
      return;
    }
    publish({
      form: next,
      errors: computed.errors,
      answer: computed.answer,
      isStale: false,
      readSensitivity: computeOnce(engine, computed.answer),
      computedCount: state.computedCount + 1,
    });
  }

  return {
    initialState,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setField(name, text) {
      if (state.form[name] !== text) compute({ ...state.form, [name]: text });
    },
    adopt(typed) {
      const next = { ...state.form };
      for (const name of FORM_FIELD_NAMES) {
        const text = typed[name];
        if (text !== undefined) Object.assign(next, { [name]: text });
      }
      if (FORM_FIELD_NAMES.some((name) => next[name] !== state.form[name])) compute(next);
    },
    replaceForm: compute,
    setCurrency(currency) {
      const rate = findRate(state.form, market);
      // Without a rate the amounts cannot be carried over; the form then asks for it.
      compute(rate === null ? { ...state.form, currency } : convertCurrency(state.form, currency, rate));
    },
    attachEngine(loaded) {
      engine = loaded;
      if (state.isStale) compute(state.form);
    },
  };
}
