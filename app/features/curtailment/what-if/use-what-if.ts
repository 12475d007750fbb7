/**
 * The page's state in the browser: the form, the newest plan and how far its improvement is. Inputs go to the worker as they change; the address follows the form;
 * what does not fit the address stays in this tab, so that a reload loses nothing.
 */
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { hashpriceUsdPerPhDay } from '#app/features/market/derive-market.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { PlanProgress } from '#engine';
import { TH_PER_PH } from '#engine/units/constants.ts';
import { keepForm, readKeptForm } from './kept-form.ts';
import type { FromWorker } from './plan-messages.ts';
import { createPlanner, type Job, type Planner, type PlanWorker } from './planner.ts';
import { type ProblemDeps, type Setting, toPlanProblem } from './to-plan-problem.ts';
import type { Outcome, WhatIfPage } from './what-if.server.ts';
import type { FormError, WhatIfForm } from './what-if-form.ts';
import { parseWhatIfUrl, replaceWhatIfParams } from './what-if-url.ts';

export function useFormat(): Format {
  return createFormat(useLocale());
}

export function useTexts() {
  return useTranslation('what-if').t;
}
export type Texts = ReturnType<typeof useTexts>;

const isHydrated = () => true;
const isNotHydrated = () => false;
const subscribeToNothing = () => () => undefined;

/** True once the scripts of the page run. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(subscribeToNothing, isHydrated, isNotHydrated);
}

export type EngineState = 'loading' | 'ready' | 'failed';

export type WhatIf = {
  page: WhatIfPage;
  formElement: RefObject<HTMLFormElement>;
  form: WhatIfForm;
  errors: FormError[];
  outcome: Outcome | null;
  /** The outcome belongs to earlier inputs. */
  isStale: boolean;
  /** The inputs are good and their plan is still to come. */
  isPending: boolean;
  engineState: EngineState;
  /** Of the improvement under way; null: none. */
  progress: PlanProgress | null;
  change: (part: Partial<WhatIfForm> | ((form: WhatIfForm) => Partial<WhatIfForm>)) => void;
  stop: () => void;
  writeFile: Planner<SettingJob>['writeFile'];
};

type SettingJob = Job & { setting: Setting };

function startPlanWorker(): PlanWorker {
  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => worker.postMessage(message),
    listen(listener) {
      worker.addEventListener('message', (event: MessageEvent<FromWorker>) => listener(event.data));
      worker.addEventListener('error', (event) => listener({ kind: 'failed', message: event.message }));
    },
    end: () => worker.terminate(),
  };
}

/** What stands in the page's fields, by the names of the URL; they are in every form that the server sends. */
function readTypedForm(element: HTMLFormElement | null): WhatIfForm | null {
  if (element === null) return null;
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(element)) if (typeof value === 'string') params.set(name, value);
  return parseWhatIfUrl(params);
}

/** Browsers refuse more than some 200 changes of address in 30 s; a slider asks for 60 a second. */
const ADDRESS_DELAY_MS = 250;

function writeAddress(form: WhatIfForm): void {
  const { pathname, search, hash } = window.location;
  const params = replaceWhatIfParams(new URLSearchParams(search), form).toString();
  const next = `${pathname}${params === '' ? '' : `?${params}`}${hash}`;
  // The router's own state is passed on, so that Back still finds its way.
  if (next !== `${pathname}${search}${hash}`) window.history.replaceState(window.history.state, '', next);
  keepForm(window.location.search, form);
}

/** Keeps address and kept form equal to the form: shortly after the last change, and at once before anybody can leave or copy it. */
function useAddress(form: WhatIfForm, hasChanged: boolean): void {
  const written = useRef(form);
  useEffect(() => {
    if (!hasChanged || form === written.current) return;
    const write = () => {
      if (form === written.current) return;
      written.current = form;
      writeAddress(form);
    };
    const timer = setTimeout(write, ADDRESS_DELAY_MS);
    const moments = ['pointerdown', 'keydown', 'focusin', 'pagehide'] as const;
    for (const moment of moments) window.addEventListener(moment, write, { capture: true });
    return () => {
      clearTimeout(timer);
      for (const moment of moments) window.removeEventListener(moment, write, { capture: true });
    };
  }, [form, hasChanged]);
}

export function useWhatIf(page: WhatIfPage): WhatIf {
  const [form, setForm] = useState(page.form);
  const [hasChanged, setHasChanged] = useState(false);
  const [outcome, setOutcome] = useState(page.outcome);
  const [engineState, setEngineState] = useState<EngineState>('loading');
  const [progress, setProgress] = useState<PlanProgress | null>(null);
  const planner = useRef<Planner<SettingJob> | null>(null);
  const formElement = useRef<HTMLFormElement>(null);

  const deps = useMemo<ProblemDeps>(() => {
    const hashprice = hashpriceUsdPerPhDay(page.market);
    return {
      sampleDays: page.sampleDays,
      storedDays: page.storedDays,
      withoutRate: page.withoutRate,
      marketHashpriceUsdPerThDay: hashprice === null ? null : hashprice / TH_PER_PH,
      cnyPerUsd: page.market.cnyPerUsd.value,
      nowMs: Date.parse(page.nowAt),
    };
  }, [page]);
  const made = useMemo(() => toPlanProblem(form, deps), [form, deps]);

  useEffect(() => {
    const own = createPlanner<SettingJob>(startPlanWorker, {
      onAnswer(job, view) {
        setEngineState('ready');
        setOutcome({ setting: job.setting, view });
      },
      onProgress: setProgress,
      onFailed: () => setEngineState('failed'),
    });
    planner.current = own;
    return () => {
      planner.current = null;
      own.end();
    };
  }, []);

  // What was typed in this tab and did not fit the address comes back after a reload; so does what was typed before the scripts ran.
  useEffect(() => {
    const found = readKeptForm(window.location.search) ?? readTypedForm(formElement.current);
    if (found === null || JSON.stringify(found) === JSON.stringify(page.form)) return;
    setForm(found);
    setHasChanged(true);
  }, [page]);

  useEffect(() => {
    if (made.kind === 'invalid') {
      planner.current?.stop();
      return;
    }
    const { setting } = made;
    planner.current?.plan({ setting, problem: setting.problem, normal: setting.classes.map(({ normal }) => normal) });
  }, [made]);

  useAddress(form, hasChanged);

  const change = useCallback((part: Partial<WhatIfForm> | ((form: WhatIfForm) => Partial<WhatIfForm>)) => {
    setHasChanged(true);
    setForm((current) => ({ ...current, ...(typeof part === 'function' ? part(current) : part) }));
  }, []);
  const stop = useCallback(() => planner.current?.stop(), []);
  const writeFile = useCallback<WhatIf['writeFile']>((message) => planner.current?.writeFile(message) ?? Promise.resolve(null), []);

  return {
    page,
    formElement,
    form,
    errors: made.kind === 'invalid' ? made.errors : [],
    outcome,
    isStale: made.kind === 'invalid' || (hasChanged && engineState === 'failed'),
    isPending: made.kind === 'ok' && made.setting !== outcome?.setting && engineState !== 'failed',
    engineState,
    progress,
    change,
    stop,
    writeFile,
  };
}
