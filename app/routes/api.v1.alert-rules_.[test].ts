// POST /api/v1/alert-rules/test: what a rule would have found in the stored samples.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerAlertRuleTest } from '#app/features/api/fleet/alerts.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerAlertRuleTest(args);
export const action = (args: ActionFunctionArgs) => answerAlertRuleTest(args);
