// GET /api/v1/scenarios: saved scenarios of the workspace.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerScenarios } from '#app/features/api/scenarios.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerScenarios(args);
export const action = (args: ActionFunctionArgs) => answerScenarios(args);
