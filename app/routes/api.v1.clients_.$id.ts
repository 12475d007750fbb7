// PATCH /api/v1/clients/{id}; any other method is refused by the use case.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerClient } from '#app/features/api/fleet/sites.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerClient(args, args.params);
export const action = (args: ActionFunctionArgs) => answerClient(args, args.params);
