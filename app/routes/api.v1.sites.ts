// GET and POST /api/v1/sites: the sites of the workspace.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerSites } from '#app/features/api/fleet/sites.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerSites(args);
export const action = (args: ActionFunctionArgs) => answerSites(args);
