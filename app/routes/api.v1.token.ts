// POST and DELETE /api/v1/token; any other method is refused by the use case.
import { answerToken } from '#app/features/accounts/tokens/api-token.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerToken(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerToken(request);
}
