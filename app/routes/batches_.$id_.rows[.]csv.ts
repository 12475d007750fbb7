// GET /batches/{id}/rows.csv: the computed rows of a saved list.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { answerOwnRows } from '#app/features/batch/saved/rows-csv.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerOwnRows(args);
