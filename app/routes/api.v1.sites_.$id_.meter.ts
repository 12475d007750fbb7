// POST /api/v1/sites/{id}/meter: what the site's own meter counted.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSiteMeter } from '#app/features/api/fleet/meter.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSiteMeter(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerSiteMeter(args, args.params.id);
