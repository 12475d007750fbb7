// GET /api/v1/sites/{id}/series: a site over time.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSiteSeries } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSiteSeries(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerSiteSeries(args, args.params.id);
