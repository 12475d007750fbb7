// POST /api/v1/roi; any other method is refused by the use case.
import { answerRoi } from '#app/features/api/economics/roi.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerRoi(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerRoi(request);
}
