// PATCH and DELETE /api/v1/sites/{id}/places/{placeId}: one place; any other method is refused by the use case.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerPlace } from '#app/features/api/fleet/sites.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerPlace(args, args.params);
export const action = (args: ActionFunctionArgs) => answerPlace(args, args.params);
