// GET /market/power/curve: the workspace's series of prices, or the hours of one, for the calculator of whoever is signed in.
import type { LoaderFunctionArgs } from '@remix-run/node';
import { readStoredCurve } from '#app/features/power-prices/stored-curves.server.ts';

const STATUS = { series: 200, curve: 200, 'no-days': 200, 'no-rate': 200, 'not-found': 404 } as const;

export async function loader({ request, context }: LoaderFunctionArgs): Promise<Response> {
  const answer = await readStoredCurve(context, new URL(request.url).searchParams.get('series'));
  return Response.json(answer, { status: STATUS[answer.kind], headers: { 'Cache-Control': 'no-store' } });
}
