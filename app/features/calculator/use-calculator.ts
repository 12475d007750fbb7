/**
 * The calculator inside React: one store per page, parts of the screen listen to what they show, the engine is fetched once, and the
 * address bar follows the form without asking the server for anything.
 */
import { createContext, type RefObject, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '#app/features/calculator/answer/compute-answer.ts';
import type { Say } from '#app/features/calculator/answer/say-finding.ts';
import { FORM_FIELD_NAMES, type FormError, type FormFieldName } from '#app/features/calculator/inputs/calculator-form.ts';
import { replaceCalculatorParams } from '#app/features/calculator/inputs/calculator-url.ts';
import { sayError } from '#app/features/calculator/inputs/say-error.ts';
import type { FindMachine } from '#app/features/calculator/inputs/to-roi-inputs.ts';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { loadEngine } from '#app/platform/engine-in-browser.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createAmounts } from '#app/ui/amounts.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { CalculatorPage } from './calculator.server.ts';
import { type CalculatorState, type CalculatorStore, createCalculatorStore } from './calculator-store.ts';
import { toFastTexts } from './fast-texts.ts';
import { createRest, type OnRest } from './follow.ts';

export type Calculator = {
  store: CalculatorStore;
  page: CalculatorPage;
  nowMs: number;
  /** Calls back when the inputs have come to rest. */
  onRest: OnRest;
};

export const CalculatorContext = createContext<Calculator | null>(null);

export function useCalculator(): Calculator {
  const calculator = useContext(CalculatorContext);
  if (calculator === null) throw new Error('a part of the calculator is used outside of its page');
  return calculator;
}

/** What `select` takes out of the state; the component renders again only when that changes. Must return the same value for the same state. */
export function useSelected<T>(select: (state: CalculatorState) => T): T {
  const { store } = useCalculator();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.getState()),
    () => select(store.initialState),
  );
}

export function useFormat(): Format {
  return createFormat(useLocale());
}

export function useCalculatorTexts() {
  return toFastTexts(useTranslation('calculator').t);
}

/** Everything needed to put an answer into words. */
export function createSay(t: ReturnType<typeof useCalculatorTexts>, format: Format, answer: Answer): Say {
  return { t, format, amounts: createAmounts(format, answer) };
}

/** What is wrong with a field, said; `null` when nothing is. */
export function useFieldError(name: FormFieldName): string | null {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store } = useCalculator();
  const error = useSelected((state) => findError(state.errors, name));
  return error === null ? null : sayError(t, format, error, store.getState().form);
}

function findError(errors: readonly FormError[], name: FormFieldName): FormError | null {
  return errors.find((error) => error.name === name) ?? null;
}

/** Names are looked up at every input and hardly ever change. */
function rememberMachines(find: FindMachine): FindMachine {
  const known = new Map<string, ReturnType<FindMachine>>();
  return (name) => {
    let machine = known.get(name);
    if (machine === undefined) {
      machine = find(name);
      known.set(name, machine);
    }
    return machine;
  };
}

export function useCreateCalculator(page: CalculatorPage): Calculator {
  const [calculator] = useState(() => {
    const { form, errors, answer, market } = page;
    const nowMs = Date.parse(page.nowAt);
    const store = createCalculatorStore({ form, errors, answer, market, findMachine: rememberMachines(findMachine), nowMs });
    return { page, nowMs, store, onRest: createRest(store) };
  });
  return calculator;
}

/** True once the scripts of the page run: before, only the server's answer can be shown. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(subscribeToNothing, isHydrated, isNotHydrated);
}

function subscribeToNothing() {
  return () => undefined;
}
const isHydrated = () => true;
const isNotHydrated = () => false;

export type EngineState = 'loading' | 'ready' | 'failed';

/** Fetches the engine once the page stands, and takes over what was typed meanwhile. */
export function useEngine({ store }: Calculator, form: RefObject<HTMLFormElement>): EngineState {
  const [engineState, setEngineState] = useState<EngineState>('loading');
  useEffect(() => {
    if (form.current !== null) store.adopt(readTypedFields(new FormData(form.current)));
    let isMounted = true;
    loadEngine().then(
      (engine) => {
        if (!isMounted) return;
        store.attachEngine(engine);
        setEngineState('ready');
      },
      () => {
        if (isMounted) setEngineState('failed');
      },
    );
    return () => {
      isMounted = false;
    };
  }, [store, form]);
  return engineState;
}

function readTypedFields(data: FormData): Partial<Record<FormFieldName, string>> {
  const typed: Partial<Record<FormFieldName, string>> = {};
  for (const name of FORM_FIELD_NAMES) {
    const text = data.get(name);
    if (typeof text === 'string') typed[name] = text;
  }
  return typed;
}

/** Browsers refuse more than some 200 changes of address in 30 s; a slider asks for 60 a second. */
const ADDRESS_DELAY_MS = 250;

/** Keeps the address bar equal to the form, shortly after the last change and at once before anybody can leave or copy it. */
export function useAddress({ store }: Calculator): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let written = store.getState().form;
    const write = () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const { form } = store.getState();
      if (form === written) return;
      written = form;
      const params = replaceCalculatorParams(new URLSearchParams(window.location.search), form).toString();
      const { pathname, hash } = window.location;
      // The router's own state is passed on, so that Back still finds its way.
      window.history.replaceState(window.history.state, '', `${pathname}${params === '' ? '' : `?${params}`}${hash}`);
    };
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(write, ADDRESS_DELAY_MS);
    });
    const moments = ['pointerdown', 'keydown', 'focusin', 'pagehide'] as const;
    for (const moment of moments) window.addEventListener(moment, write, { capture: true });
    return () => {
      unsubscribe();
      write();
      for (const moment of moments) window.removeEventListener(moment, write, { capture: true });
    };
  }, [store]);
}
