// POST /api/v1/machines/bulk: many machines changed at once; any other method is refused by the use case.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineBulk } from '#app/features/api/fleet/machines.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineBulk(args);
export const action = (args: ActionFunctionArgs) => answerMachineBulk(args);
