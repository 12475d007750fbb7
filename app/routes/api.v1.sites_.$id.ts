// GET and PATCH /api/v1/sites/{id}: one site; it is closed, never deleted.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSite } from '#app/features/api/fleet/sites.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSite(args, args.params);
export const action = (args: ActionFunctionArgs) => answerSite(args, args.params);
