// GET and POST /api/v1/batches: the lists of the workspace.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerBatches } from '#app/features/api/lists/batches.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerBatches(args);
export const action = (args: ActionFunctionArgs) => answerBatches(args);
