/** The flexible part inside React: sample or own prices, the engine once it is here, and the answer for the inputs at rest. */
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { type Answer, toOwnerInputs } from '#app/features/calculator/answer/compute-answer.ts';
import { findRate } from '#app/features/calculator/inputs/convert-currency.ts';
import { moneyPerUsd } from '#app/features/calculator/inputs/human-units.ts';
import { type ReadFlexibleOptions, readFlexibleOptions } from '#app/features/calculator/inputs/read-part-options.ts';
import { useCalculator } from '#app/features/calculator/use-calculator.ts';
import { useSettledState } from '#app/features/calculator/when-seen.ts';
import { computeFlexible, type FlexibleAnswer } from '#app/features/flexible-power/compute-flexible.ts';
import {
  keepOwnCurve,
  NO_CURVE,
  type OwnCurve,
  type ReadOwnCurve,
  readOwnCurve,
  restoreOwnCurve,
} from '#app/features/flexible-power/own-curve.ts';
import { loadSampleCurve, type SampleCurve } from '#app/features/flexible-power/sample-curve.ts';
import { loadEngine } from '#app/platform/engine-in-browser.ts';
import type { Engine } from '#engine';

/** What is on the screen: the figures and the answer of the page they belong to. */
export type ShownFlexible = { flexible: FlexibleAnswer; answer: Answer; curve: 'sample' | 'own' };

export type FlexibleState = {
  curve: 'sample' | 'own';
  options: ReadFlexibleOptions;
  own: { curve: OwnCurve; read: ReadOwnCurve; isKept: boolean; setCurve: (curve: OwnCurve) => void };
  sample: Pick<SampleCurve, 'source' | 'startAtMs'> | null;
  answer: Answer | null;
  shown: ShownFlexible | null;
  /** `ready`: what is shown belongs to the present inputs and prices. `waiting`: there are no prices to follow, or they are wrong. */
  progress: 'ready' | 'loading' | 'waiting' | 'failed' | 'engineFailed' | 'invalid';
};

/** What the server sends when the address asks for the sample. */
export type FirstFlexible = { flexible: FlexibleAnswer; sample: Pick<SampleCurve, 'source' | 'startAtMs'> };

/** A thing fetched after the part stands: `null` until it is here. */
function useLoaded<T>(load: () => Promise<T>, isWanted: boolean): { value: T | null; isFailed: boolean } {
  const [state, setState] = useState<{ value: T | null; isFailed: boolean }>({ value: null, isFailed: false });
  useEffect(() => {
    if (!isWanted) return;
    let isMounted = true;
    load().then(
      (value) => {
        if (isMounted) setState({ value, isFailed: false });
      },
      () => {
        if (isMounted) setState({ value: null, isFailed: true });
      },
    );
    return () => {
      isMounted = false;
    };
  }, [load, isWanted]);
  return state;
}

function useOwnCurve(cnyPerUsd: number | null, adderUsdPerKwh: number): FlexibleState['own'] {
  const [curve, setState] = useState<OwnCurve>(NO_CURVE);
  const [isKept, setIsKept] = useState(true);
  // The server and the first rendering know nothing of the tab's storage.
  useEffect(() => setState(restoreOwnCurve(window.sessionStorage)), []);
  const setCurve = useCallback((next: OwnCurve) => {
    setState(next);
    setIsKept(keepOwnCurve(window.sessionStorage, next));
  }, []);
  // Reading a year of lines must not hold up the typing.
  const late = useDeferredValue(curve);
  const read = useMemo(() => readOwnCurve(late, cnyPerUsd, adderUsdPerKwh), [late, cnyPerUsd, adderUsdPerKwh]);
  return { curve, read, isKept, setCurve };
}

type Computed = { kind: 'ok'; shown: ShownFlexible } | { kind: 'invalid' } | null;

/** `first`: what the server sent for the page's own inputs; `null`: nothing. */
export function useFlexible(first: FirstFlexible | null): FlexibleState {
  const { page, store } = useCalculator();
  const settled = useSettledState();
  const { form, answer } = settled;
  const curve = form.curve === 'own' ? 'own' : 'sample';
  const rate = findRate(form, page.market);
  const options = useMemo(() => readFlexibleOptions(form, moneyPerUsd(form.currency, rate)), [form, rate]);
  const own = useOwnCurve(rate, options.kind === 'ok' ? options.adderUsdPerKwh : 0);
  const engine = useLoaded<Engine>(loadEngine, true);
  const sample = useLoaded(loadSampleCurve, curve === 'sample');
  const usdPerKwh = curve === 'sample' ? (sample.value?.usdPerKwh ?? null) : own.read.kind === 'ok' ? own.read.usdPerKwh : null;

  const computed = useMemo((): Computed => {
    if (answer === null || options.kind === 'invalid' || usdPerKwh === null || engine.value === null) return null;
    const { adderUsdPerKwh, restart } = options;
    const request = { inputs: toOwnerInputs(answer), startMs: answer.startMs, usdPerKwh, adderUsdPerKwh, restart };
    const flexible = computeFlexible(engine.value, request);
    return flexible === null ? { kind: 'invalid' } : { kind: 'ok', shown: { flexible, answer, curve } };
  }, [answer, options, usdPerKwh, engine.value, curve]);

  const sent = useMemo<ShownFlexible | null>(
    () =>
      first === null || store.initialState.answer === null
        ? null
        : { flexible: first.flexible, answer: store.initialState.answer, curve: 'sample' },
    [first, store],
  );
  const isSent = sent !== null && settled === store.initialState;
  const [last, setLast] = useState<ShownFlexible | null>(sent);
  const now = computed?.kind === 'ok' ? computed.shown : null;
  // What was right before stays in sight, dimmed, while nothing better can be said.
  if (now !== null && now !== last) setLast(now);

  const isReady = now !== null || isSent;
  const progress = ((): FlexibleState['progress'] => {
    if (isReady) return 'ready';
    if (computed?.kind === 'invalid') return 'invalid';
    if (engine.isFailed) return 'engineFailed';
    if (curve === 'sample' && sample.isFailed) return 'failed';
    if (options.kind === 'invalid' || (curve === 'own' && own.read.kind !== 'ok')) return 'waiting';
    return 'loading';
  })();
  const kept = last !== null && last.curve === curve ? last : null;
  return { curve, options, own, sample: sample.value ?? first?.sample ?? null, answer, shown: now ?? kept, progress };
}
