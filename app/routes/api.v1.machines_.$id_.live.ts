// GET /api/v1/machines/{id}/live: the last that is known of a machine.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineLive } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineLive(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMachineLive(args, args.params.id);
