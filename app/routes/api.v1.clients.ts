// GET and POST /api/v1/clients: the hosted clients of the workspace.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerClients } from '#app/features/api/fleet/sites.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerClients(args);
export const action = (args: ActionFunctionArgs) => answerClients(args);
