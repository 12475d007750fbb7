// GET and DELETE /api/v1/power-prices/{id}: one series with its prices.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerPowerPriceSeries } from '#app/features/api/market/power-prices.server.ts';

export const loader = (args: LoaderFunctionArgs) => answerPowerPriceSeries(args, args.params.id);
export const action = (args: ActionFunctionArgs) => answerPowerPriceSeries(args, args.params.id);
