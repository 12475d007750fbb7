// GET /api/v1/models; any other method is refused by the use case.
import { answerModels } from '#app/features/api/reading.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerModels(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerModels(request);
}
