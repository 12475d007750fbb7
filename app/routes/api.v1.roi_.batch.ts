// POST /api/v1/roi/batch; any other method is refused by the use case.
import { answerBatch } from '#app/features/api/economics/roi.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerBatch(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerBatch(request);
}
