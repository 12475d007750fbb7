/** Simulated paths for the inputs at rest: first what the server sent, then whatever the simulation thread answers. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Answer, toOwnerInputs } from '#app/features/calculator/answer/compute-answer.ts';
import { type ReadRiskOptions, readRiskOptions } from '#app/features/calculator/inputs/read-part-options.ts';
import { useCalculator } from '#app/features/calculator/use-calculator.ts';
import { useSettledState } from '#app/features/calculator/when-seen.ts';
import { createRiskRunner, openRiskThread, type RiskRequest, type RiskRunner } from '#app/features/risk/risk-runner.ts';
import type { Risk } from '#engine';

/** What is on the screen: the paths, and the answer and request they belong to. */
export type ShownRisk = { risk: Risk; answer: Answer; request: RiskRequest };

export type RiskState = {
  read: ReadRiskOptions;
  answer: Answer | null;
  shown: ShownRisk | null;
  /** `ready`: what is shown belongs to the present inputs. */
  progress: 'ready' | 'running' | 'failed' | 'invalid';
};

type Reply = { request: RiskRequest; shown: ShownRisk | null; outcome: 'ready' | 'failed' | 'invalid' };

/** `first`: what the server sent for the page's own inputs; `null`: nothing. */
export function useRisk(first: Risk | null): RiskState {
  const { page, store } = useCalculator();
  const { form, answer } = useSettledState();
  const read = useMemo(() => readRiskOptions(form, page.motion), [form, page.motion]);
  const request = useMemo(
    () => (answer === null || read.kind === 'invalid' ? null : { inputs: toOwnerInputs(answer), options: read.options }),
    [answer, read],
  );
  const isFirst = first !== null && answer === store.initialState.answer && form === store.initialState.form;
  const [reply, setReply] = useState<Reply | null>(() =>
    first === null || answer === null || request === null ? null : { request, shown: { risk: first, answer, request }, outcome: 'ready' },
  );
  const runner = useRef<RiskRunner | null>(null);
  const answers = useRef(new WeakMap<RiskRequest, Answer>());

  useEffect(() => {
    const opened = createRiskRunner(openRiskThread, (done, { kind, ...rest }) => {
      const result = 'result' in rest ? rest.result : null;
      const of = answers.current.get(done);
      setReply((before) => {
        if (result === null || of === undefined) return { request: done, shown: before?.shown ?? null, outcome: 'failed' };
        if (result.kind === 'invalid') return { request: done, shown: before?.shown ?? null, outcome: 'invalid' };
        return { request: done, shown: { risk: result, answer: of, request: done }, outcome: 'ready' };
      });
    });
    runner.current = opened;
    return opened.stop;
  }, []);

  useEffect(() => {
    if (request === null || answer === null || isFirst) return;
    answers.current.set(request, answer);
    runner.current?.run(request);
  }, [request, answer, isFirst]);

  const progress = request === null ? 'ready' : isFirst || reply?.request === request ? (reply?.outcome ?? 'running') : 'running';
  return { read, answer, shown: reply?.shown ?? null, progress };
}
