// GET /api/v1/reports/{id}; any other method is refused by the use case.
import { answerReport, type ReportRouteArgs } from '#app/features/reports/report-api.server.ts';

export function loader(args: ReportRouteArgs): Promise<Response> {
  return answerReport(args);
}

export function action(args: ReportRouteArgs): Promise<Response> {
  return answerReport(args);
}
