/**
 * The independent checker: reads a problem and an answer as JSON and proves the answer or says what is wrong with it. It shares no code with the solver
 * (`scripts/checks/boundaries` holds it to that), so that one mistake cannot be made twice.
 */
import { checkAnswer, type Finding, type Verdict } from './check-answer.ts';
import { describeVerdict } from './describe-verdict.ts';
import { Place, Unreadable } from './json-place.ts';
import { readAnswer } from './read-answer.ts';
import { readProblem } from './read-problem.ts';

export type { Finding, Verdict };
export { describeVerdict };

/** `unreadable`: not a problem and an answer; the sentence names what is wrong where. */
export type PlanCheck = { kind: 'checked'; verdict: Verdict } | { kind: 'unreadable'; sentence: string };

/** `file`: parsed JSON of the form `{ problem, answer }`: body and answer of POST /api/v1/curtailment/plan. */
export function checkPlanFile(file: unknown): PlanCheck {
  try {
    const place = new Place(file, 'file');
    const problem = readProblem(place.field('problem'));
    return { kind: 'checked', verdict: checkAnswer(problem, readAnswer(place.field('answer'), problem)) };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', sentence: error.message };
    throw error;
  }
}

export function checkPlanText(text: string): PlanCheck {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return { kind: 'unreadable', sentence: `The file is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  return checkPlanFile(file);
}
