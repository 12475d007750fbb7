// GET /api/v1/machines/{id}/changes: the history of a machine.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineChanges } from '#app/features/api/fleet/machines.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineChanges(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMachineChanges(args, args.params.id);
