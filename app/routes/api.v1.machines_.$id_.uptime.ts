// GET /api/v1/machines/{id}/uptime: energy and uptime of a machine.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineUptime } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineUptime(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMachineUptime(args, args.params.id);
