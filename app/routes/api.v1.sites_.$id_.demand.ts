// GET /api/v1/sites/{id}/demand: quarters of an hour of a month, and its peak.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSiteDemand } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSiteDemand(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerSiteDemand(args, args.params.id);
