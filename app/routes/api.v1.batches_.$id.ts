// GET, PATCH, POST and DELETE /api/v1/batches/{id}.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerBatchById } from '#app/features/api/lists/batches.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerBatchById(args, args.params.id ?? '');
export const action = (args: ActionFunctionArgs) => answerBatchById(args, args.params.id ?? '');
