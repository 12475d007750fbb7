// POST /api/v1/machines/imports: a list of machines looked at or taken over; any other method is refused by the use case.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerMachineImport } from '#app/features/api/fleet/machine-import.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerMachineImport(args);
export const action = (args: ActionFunctionArgs) => answerMachineImport(args);
