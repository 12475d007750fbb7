// POST /api/v1/curtailment/plan; any other method is refused by the use case.
import { answerPlan } from '#app/features/api/curtailment/curtailment.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerPlan(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerPlan(request);
}
