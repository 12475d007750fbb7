// GET /api/v1/openapi.json; any other method is refused by the use case.
import { answerOpenApi } from '#app/features/api/reading.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerOpenApi(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerOpenApi(request);
}
