// POST /api/v1/curtailment/shed; any other method is refused by the use case.
import { answerShed } from '#app/features/api/curtailment/curtailment.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerShed(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerShed(request);
}
