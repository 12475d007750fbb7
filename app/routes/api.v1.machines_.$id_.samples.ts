// GET /api/v1/machines/{id}/samples: every reading of a machine.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineSamples } from '#app/features/api/fleet/telemetry.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineSamples(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMachineSamples(args, args.params.id);
