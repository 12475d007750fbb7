// POST /api/v1/risk; any other method is refused by the use case.
import { answerRisk } from '#app/features/api/economics/risk.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerRisk(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerRisk(request);
}
