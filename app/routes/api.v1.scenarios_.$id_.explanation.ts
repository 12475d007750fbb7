// GET /api/v1/scenarios/{id}/explanation: what changed since a scenario was saved.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerScenarioExplanation } from '#app/features/api/scenarios.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerScenarioExplanation(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerScenarioExplanation(args, args.params.id);
