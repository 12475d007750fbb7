// POST /api/v1/reports; any other method is refused by the use case.
import { answerOrder, type ReportRouteArgs } from '#app/features/reports/report-api.server.ts';

export function loader(args: ReportRouteArgs): Promise<Response> {
  return answerOrder(args);
}

export function action(args: ReportRouteArgs): Promise<Response> {
  return answerOrder(args);
}
