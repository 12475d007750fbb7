// GET and PUT /api/v1/signal-watches: which signals the caller is told about, and what was told.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSignalWatches } from '#app/features/api/market/signal-watches.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSignalWatches(args);
export const action = (args: ActionFunctionArgs) => answerSignalWatches(args);
