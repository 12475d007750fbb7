// GET /api/v1/batches/{id}/events: progress as it happens.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerBatchEvents } from '#app/features/api/lists/batches.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerBatchEvents(args, args.params.id ?? '');
export const action = (args: ActionFunctionArgs) => answerBatchEvents(args, args.params.id ?? '');
