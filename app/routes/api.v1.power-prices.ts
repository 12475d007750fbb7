// GET and POST /api/v1/power-prices: the series of a workspace.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerPowerPrices } from '#app/features/api/market/power-prices.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerPowerPrices(args);
export const action = (args: ActionFunctionArgs) => answerPowerPrices(args);
