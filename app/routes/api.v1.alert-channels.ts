// GET and POST /api/v1/alert-channels: where alerts are told.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerAlertChannels } from '#app/features/api/fleet/alerts.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerAlertChannels(args);
export const action = (args: ActionFunctionArgs) => answerAlertChannels(args);
