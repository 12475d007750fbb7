// GET /api/v1/machines/{id}/history: a machine over time.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineHistory } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineHistory(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMachineHistory(args, args.params.id);
