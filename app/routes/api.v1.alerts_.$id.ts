// GET and PATCH /api/v1/alerts/{id}: one alert with its history, and what people do about it.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerAlert } from '#app/features/api/fleet/alerts.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerAlert(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerAlert(args, args.params.id);
