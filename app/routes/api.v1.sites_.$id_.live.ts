// GET /api/v1/sites/{id}/live: what happens on a site, as it happens.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSiteLive } from '#app/features/api/fleet/live.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSiteLive(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerSiteLive(args, args.params.id);
