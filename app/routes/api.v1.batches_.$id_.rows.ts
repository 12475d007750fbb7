// GET /api/v1/batches/{id}/rows.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerBatchRows } from '#app/features/api/lists/batches.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerBatchRows(args, args.params.id ?? '');
export const action = (args: ActionFunctionArgs) => answerBatchRows(args, args.params.id ?? '');
