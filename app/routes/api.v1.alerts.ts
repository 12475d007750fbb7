// GET /api/v1/alerts: pages of alerts by filter; any other method is refused by the use case.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerAlerts } from '#app/features/api/fleet/alerts.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerAlerts(args);
export const action = (args: ActionFunctionArgs) => answerAlerts(args);
