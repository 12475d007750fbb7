// GET and PATCH /api/v1/machines/{id}: one machine; it is retired, never deleted.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachine } from '#app/features/api/fleet/machines.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachine(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMachine(args, args.params.id);
