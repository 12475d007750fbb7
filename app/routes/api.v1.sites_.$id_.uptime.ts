// GET /api/v1/sites/{id}/uptime: energy and uptime of a site.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSiteUptime } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSiteUptime(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerSiteUptime(args, args.params.id);
