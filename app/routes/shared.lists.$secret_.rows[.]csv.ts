// GET /shared/lists/{secret}/rows.csv: the computed rows of a list, for whoever has its link.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { answerSharedRows } from '#app/features/batch/saved/rows-csv.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSharedRows(args);
