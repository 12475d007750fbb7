// GET /api/v1/sites/{id}/states: the machines of a site as they are.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSiteStates } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSiteStates(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerSiteStates(args, args.params.id);
