// GET and POST /api/v1/machines: pages of the workspace's machines, and one more.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachines } from '#app/features/api/fleet/machines.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachines(args);
export const action = (args: ActionFunctionArgs) => answerMachines(args);
