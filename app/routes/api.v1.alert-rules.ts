// GET and PUT /api/v1/alert-rules: what the rules are set to.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerAlertRules } from '#app/features/api/fleet/alerts.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerAlertRules(args);
export const action = (args: ActionFunctionArgs) => answerAlertRules(args);
