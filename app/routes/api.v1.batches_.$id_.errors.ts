// GET /api/v1/batches/{id}/errors.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerBatchErrors } from '#app/features/api/lists/batches.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerBatchErrors(args, args.params.id ?? '');
export const action = (args: ActionFunctionArgs) => answerBatchErrors(args, args.params.id ?? '');
