// GET /api/v1/clients/{id}/uptime: energy and uptime of the machines of a client.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerClientUptime } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerClientUptime(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerClientUptime(args, args.params.id);
