// POST /api/v1/sites/{id}/meter/files: what the site's own meter counted, as a file.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMeterFile } from '#app/features/api/fleet/meter-file.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMeterFile(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerMeterFile(args, args.params.id);
