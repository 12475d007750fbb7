// POST /api/v1/power-prices/{id}/files: a file brought into a series.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerPowerPriceFile } from '#app/features/api/market/power-prices.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerPowerPriceFile(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerPowerPriceFile(args, args.params.id);
