// Addresses under /api/v1/ that no other route answers: a problem document, never the HTML error page.
import { answerUnknownAddress } from '#app/features/api/reading.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerUnknownAddress(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerUnknownAddress(request);
}
