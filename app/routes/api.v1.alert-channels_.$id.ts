// PATCH and DELETE /api/v1/alert-channels/{id}: one channel.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerAlertChannel } from '#app/features/api/fleet/alerts.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerAlertChannel(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerAlertChannel(args, args.params.id);
