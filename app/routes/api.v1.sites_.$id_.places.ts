// GET and POST /api/v1/sites/{id}/places: the buildings, containers and racks of a site.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerPlaces } from '#app/features/api/fleet/sites.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerPlaces(args, args.params);
export const action = (args: ActionFunctionArgs) => answerPlaces(args, args.params);
